/** The forms in which a payload is given to a connection. */
import type { Platform } from './platform.js';

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

/** The bytes that a payload will have; a text is counted, not encoded. */
export function payloadLength(payload: Payload, platform: Pick<Platform, 'utf8Length'>): number {
  if (typeof payload === 'string') return platform.utf8Length(payload);
  return isPayloadSource(payload) ? payload.size : payload.length;
}

/** A text as UTF-8, in memory of its own. */
export function encodeText(text: string, platform: Platform): Uint8Array {
  const bytes = platform.allocate(platform.utf8Length(text));
  platform.utf8Write(text, bytes, 0);
  return bytes;
}
