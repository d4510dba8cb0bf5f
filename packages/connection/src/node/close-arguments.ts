/** The arguments of `close`. */
import { types } from 'node:util';
import { encodeClosePayload, isValidCloseCode } from '@hybi/frame';
import { emptyBuffer } from './data.js';

const maxReasonBytes = 123;

/**
 * Checks what was given to `close` and returns the reason's bytes.
 *
 * @param code - must be one that may stand in a close frame
 * @param reason - a string or a Uint8Array; something empty is no reason
 * @throws {TypeError} on another code, or a reason of another type
 * @throws {RangeError} on a reason of more than 123 bytes
 */
export function closeReason(code: unknown, reason: unknown): string | Uint8Array {
  if (typeof code !== 'number' || !mayBeSent(code)) {
    throw new TypeError('First argument must be a valid error code number');
  }
  if (reason === undefined || !(reason as { length?: number }).length) return '';
  if (Buffer.byteLength(reason as string) > maxReasonBytes) {
    throw new RangeError('The message must not be greater than 123 bytes');
  }
  if (typeof reason !== 'string' && !types.isUint8Array(reason)) {
    throw new TypeError('Second argument must be a string or a Uint8Array');
  }
  return reason;
}

/**
 * Makes the payload of a close frame out of what was given to `close`.
 *
 * @throws {TypeError | RangeError} as {@link closeReason}
 */
export function closePayload(code: unknown, reason: unknown): Uint8Array {
  if (code === undefined) return emptyBuffer;
  const bytes = closeReason(code, reason);
  return encodeClosePayload(
    Math.trunc(code as number),
    typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
  );
}

/** Of a fraction the whole part is sent, but one behind the last code of a range is outside of it. */
function mayBeSent(code: number): boolean {
  const isBehind = code > 4999 || (code > 1014 && code < 3000);
  return !isBehind && isValidCloseCode(Math.trunc(code));
}
