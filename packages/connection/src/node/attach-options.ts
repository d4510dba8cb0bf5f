/** How a WebSocket is set up that gets its socket. */
import type { MessageTransform } from '@hybi/connection';
import type { BinaryType } from './data.js';

/** How a WebSocket runs on a socket whose opening handshake is over. */
export interface AttachOptions {
  /** What this side is; a client masks what it sends. */
  role: 'client' | 'server';
  /** The negotiated subprotocol; default: none. */
  protocol?: string | undefined;
  /** The names of the negotiated extensions, separated by commas; default: none. */
  extensions?: string | undefined;
  /** The negotiated extension that changes messages; closed with the WebSocket. */
  transform?: MessageTransform | undefined;
  /** Bytes of a message; 0 or absent: no limit. */
  maxPayload?: number | undefined;
  /** Frames of a message; 0 or absent: no limit. */
  maxFragments?: number | undefined;
  /** Chunks that may wait for the rest of a frame; 0 or absent: no limit. */
  maxBufferedChunks?: number | undefined;
  /** Several messages may be delivered in one go; default: true. */
  allowSynchronousEvents?: boolean | undefined;
  /** Takes texts and close reasons as they come; default: false. */
  skipUTF8Validation?: boolean | undefined;
  /**
   * Makes the error that `'error'` listeners get out of what went wrong, for
   * programs that expect errors of a certain form; default: as it is.
   */
  toError?: ((error: Error) => Error) | undefined;
  /** Fills the 4-byte masking key of each frame, instead of random bytes. */
  generateMask?: ((maskingKey: Buffer) => void) | undefined;
}

/** What the WebSocket knew before it got its socket. */
export interface LinkOptions extends AttachOptions {
  autoPong: boolean;
  maxPendingAutoPongs: number;
  closeTimeout: number;
  binaryType: BinaryType;
}
