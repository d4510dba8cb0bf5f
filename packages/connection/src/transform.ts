/**
 * The seam for an extension that changes whole messages and owns RSV1, such as
 * permessage-deflate (RFC 7692). This module knows no such extension.
 */

/**
 * Receives the outcome of an asynchronous step of a {@link MessageTransform}.
 *
 * @param error - what went wrong, or null; may carry `closeCode` and `code`
 * @param payload - the result; ownership passes to the receiver
 */
export type TransformDone = (error: Error | null, payload?: Uint8Array) => void;

/**
 * An extension that encodes messages on their way out and decodes them on
 * their way in.
 *
 * Both steps work on one fragment at a time, in order; at most one `encode`
 * and one `decode` are under way. A step returns its bytes when they are ready
 * at once. Otherwise it returns `undefined` and calls `done` exactly once,
 * later and never before it returned. It may throw instead of either.
 *
 * @see RFC 6455 §5.8, RFC 7692 §6
 */
export interface MessageTransform {
  /** Whether a message whose first fragment has this many bytes is to be encoded. */
  shouldEncode(firstFragmentBytes: number): boolean;
  /** Encodes a fragment; `payload` is borrowed until the result is there. */
  encode(payload: Uint8Array, fin: boolean, done: TransformDone): Uint8Array | undefined;
  /**
   * Decodes a fragment; `payload` is borrowed until the result is there.
   * An error's `closeCode` is sent to the peer, 1007 where it has none.
   */
  decode(payload: Uint8Array, fin: boolean, done: TransformDone): Uint8Array | undefined;
  /** Frees everything; a pending `done` is called with an error. */
  close(): void;
}
