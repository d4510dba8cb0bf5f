/** The forms in which a payload is given to a connection. */

/**
 * Bytes that can be had later, such as a `Blob`. Messages that are sent while
 * they are read wait, so that the order is kept.
 */
export interface PayloadSource {
  /** The number of bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Bytes, a text, or a source of bytes. Memory is borrowed until the message's
 * callback and never changed.
 */
export type Payload = Uint8Array | string | PayloadSource;

/** Whether the payload is read later. */
export function isPayloadSource(payload: Payload): payload is PayloadSource {
  return typeof payload !== 'string' && !(payload instanceof Uint8Array);
}
