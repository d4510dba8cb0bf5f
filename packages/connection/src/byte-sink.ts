/**
 * Where the bytes of a connection go. A driver implements it over its
 * transport; a test implements it with an array.
 */

/**
 * Called once a write has left, or with the error that prevented it. A sink
 * passes on what its transport says: `null` and `undefined` both mean success.
 */
export type WriteDone = (error?: Error | null) => void;

/** The sending half of a transport. */
export interface ByteSink {
  /**
   * Writes bytes, in the order of the calls.
   *
   * @param bytes - lent until `done`, or until {@link ByteSink.idle} is true
   * @param done - called after the bytes have left
   */
  write(bytes: Uint8Array, done?: WriteDone): void;
  /**
   * True when everything that was written has left this process and its memory
   * may be used again. A sink that can't tell leaves it out; the connection
   * then never reuses memory that it handed over.
   */
  readonly idle?: boolean;
  /** True once the transport is gone: nothing that is written reaches the peer. */
  readonly destroyed?: boolean;
  /** Opens a group of writes that should leave as one. */
  cork?(): void;
  /** Closes the group. */
  uncork?(): void;
  /** Ends the sending half after everything written so far (TCP: FIN). */
  end(): void;
  /** Drops the transport at once, in both directions. */
  destroy(): void;
}
