/** Who is told what a `MessageReader` reads, and how one is set up. */
import type { DataOpcode } from '@hybi/frame';
import type { Platform } from './platform.js';
import type { MessageTransform } from './transform.js';

/**
 * What went wrong on the way in. `code` is stable; `closeCode` belongs into
 * the close frame that tells the peer.
 */
export interface ReadError extends Error {
  readonly code?: string;
  readonly closeCode: number;
}

/** Told what arrives. Payloads belong to the handler. */
export interface MessageHandler {
  onMessage(opcode: DataOpcode, payload: Uint8Array): void;
  /** Instead of `onMessage` while `deliverFragments` is set. */
  onFragments?(opcode: DataOpcode, fragments: Uint8Array[]): void;
  onPing?(payload: Uint8Array): void;
  onPong?(payload: Uint8Array): void;
  /**
   * The peer's close frame; nothing follows it.
   *
   * @param code - 1005 where the frame had none
   */
  onClose(code: number, reason: Uint8Array): void;
  /** Bad bytes; called once, and nothing follows. */
  onError(error: ReadError): void;
  /** After `push` returned false: there is room again. */
  onDrain?(): void;
}

/** Settings of a `MessageReader`. */
export interface MessageReaderOptions {
  role: 'client' | 'server';
  /** Decodes messages whose RSV1 is set; default: none, RSV1 is an error. */
  transform?: MessageTransform | undefined;
  /** Bytes of a message, decoded or not; 0 or absent: no limit. */
  maxPayloadBytes?: number | undefined;
  /** Frames of a message; 0 or absent: no limit. */
  maxFragments?: number | undefined;
  /** Chunks that may wait for the rest of a frame; 0 or absent: no limit. */
  maxBufferedChunks?: number | undefined;
  /** Takes texts and close reasons as they come, malformed or not. */
  skipUtf8Validation?: boolean | undefined;
  /** Runs a task in a later turn: each message, ping and pong then gets one of its own. */
  deliverLater?: ((task: () => void) => void) | undefined;
  /** Brackets each burst of handler calls, so that answers leave together. */
  burst?: { begin(): void; end(): void } | undefined;
  /** Default: `portablePlatform()`. */
  platform?: Platform | undefined;
}
