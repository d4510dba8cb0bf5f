/** Who is told what happens on a `Connection`, and how one is set up. */
import type { WriteDone } from './byte-sink.js';
import type { MessageHandler } from './message-handler.js';
import type { Platform } from './platform.js';
import type { MessageTransform } from './transform.js';

/** Told what arrives and what goes wrong. Payloads belong to the handler. */
export interface ConnectionHandler extends MessageHandler {
  /**
   * Sends the automatic pong in the connection's place, by `sendPong`.
   *
   * @param done - must be called once the pong has left
   */
  answerPing?(payload: Uint8Array, done: WriteDone): void;
  /**
   * Closes in the connection's place, by `close`: with what the peer's close
   * frame said, which may be nothing, or with the close code for bad bytes.
   */
  answerClose?(code?: number, reason?: Uint8Array): void;
  /** A payload could not be read or encoded, so its message is lost. */
  onSendFailure?(error: Error): void;
}

/** Settings of a `Connection`. */
export interface ConnectionOptions {
  /** An extension that changes messages; default: none. */
  transform?: MessageTransform | undefined;
  /** Bytes of a message; 0 or absent: no limit. */
  maxPayloadBytes?: number | undefined;
  /** Frames of a message; 0 or absent: no limit. */
  maxFragments?: number | undefined;
  /** Chunks that may wait for the rest of a frame; 0 or absent: no limit. */
  maxBufferedChunks?: number | undefined;
  /** Takes texts and close reasons as they come, malformed or not; default: false. */
  skipUtf8Validation?: boolean | undefined;
  /** Answers pings; default: true. */
  autoPong?: boolean | undefined;
  /**
   * Automatic pongs that may wait to be written; a peer that pings on without
   * reading is cut off. Default: 60; 0: no limit.
   */
  maxPendingAutoPongs?: number | undefined;
  /** Where masking keys come from, instead of the platform's randomness. */
  nextMaskingKey?: (() => number) | undefined;
  /**
   * Gives each message, ping and pong a turn of its own, by running the task
   * later. Default: events of one chunk are delivered in one go.
   */
  deliverLater?: ((task: () => void) => void) | undefined;
  /**
   * Puts off what follows from bad bytes, the close frame and `onError`, by
   * running the task later, behind what handlers of earlier messages have put
   * off themselves. Default: at once.
   */
  failLater?: ((task: () => void) => void) | undefined;
  /** Default: `portablePlatform()`. */
  platform?: Platform | undefined;
}
