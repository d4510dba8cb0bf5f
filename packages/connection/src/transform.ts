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

  /**
   * For messages that go to many connections: transforms with the same key have
   * the same `encodeApart`, so that its result serves all of them. A transform
   * without this key, `encodeApart` or `sentApart` encodes such messages as others.
   */
  readonly sharingKey?: object | undefined;
  /** Whether a message of so many bytes is to be encoded apart; default: as `shouldEncode`. */
  shouldEncodeApart?(bytes: number): boolean;
  /**
   * Encodes a whole message without reference to earlier ones, and without a
   * trace in this transform: fragments may be under way, and `close` does not
   * end it, because others may wait for it too.
   *
   * @param payload - borrowed until the result is there
   * @param done - as of `encode`; the result is shared, so nobody may change it
   */
  encodeApart?(payload: Uint8Array, done: TransformDone): Uint8Array | undefined;
  /**
   * A message that was encoded apart is sent now, between two messages of
   * `encode`: from here on the peer knows its payload.
   */
  sentApart?(payload: Uint8Array): void;
}

/** A transform whose messages can be encoded for many connections at once. */
export type ApartTransform = MessageTransform &
  Required<Pick<MessageTransform, 'encodeApart' | 'sentApart'>> & { readonly sharingKey: object };

export function canEncodeApart(transform: MessageTransform): transform is ApartTransform {
  return (
    transform.sharingKey !== undefined &&
    transform.encodeApart !== undefined &&
    transform.sentApart !== undefined
  );
}
