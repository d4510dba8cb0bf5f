/**
 * `Sec-WebSocket-Key` and the `Sec-WebSocket-Accept` that answers it.
 */
import { sha1 } from '#sha1';
import { encodeBase64 } from './base64.js';

const KEY_BYTES = 16;
const ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const KEY = /^[A-Za-z0-9+/]{22}==$/;

/**
 * Creates the value of a `Sec-WebSocket-Key` header: 16 random bytes in base64.
 *
 * @param randomFill - fills its argument with random bytes; by default
 *   `crypto.getRandomValues` of the platform
 * @throws {TypeError} if there is no `randomFill` and the platform has no `crypto`
 * @see RFC 6455 §4.1
 */
export function createKey(randomFill: (target: Uint8Array) => void = fillFromCrypto): string {
  const bytes = new Uint8Array(KEY_BYTES);
  randomFill(bytes);
  return encodeBase64(bytes);
}

function fillFromCrypto(target: Uint8Array): void {
  const { crypto } = globalThis as { crypto?: { getRandomValues(target: Uint8Array): unknown } };
  if (crypto === undefined) {
    throw new TypeError('This platform has no global crypto: a randomFill function must be given');
  }
  crypto.getRandomValues(target);
}

/**
 * Tells whether `key` is base64 of 16 bytes. The four bits that the last digit
 * has over may be set.
 */
export function isKey(key: string): boolean {
  return KEY.test(key);
}

/**
 * Computes the value of the `Sec-WebSocket-Accept` header for a key.
 *
 * @param key - the value of the `Sec-WebSocket-Key` header, as it was sent
 * @see RFC 6455 §4.2.2, step 5
 */
export function computeAccept(key: string): string {
  return sha1(key + ACCEPT_GUID);
}
