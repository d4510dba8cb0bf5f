/**
 * Close codes and the payload of a close frame (RFC 6455 sections 5.5.1 and 7.4).
 *
 * Knows nothing of the closing handshake: who sends what when is the connection's part.
 */
import { allocateZeroed, checkUint8Array } from './bytes.js';
import type { Allocate } from './bytes.js';

/** A control frame holds 125 bytes, of which the code takes two. */
const maxReasonLength = 123;

/**
 * The close codes that are registered by name.
 *
 * `NoStatusReceived`, `AbnormalClosure` and `TlsHandshake` tell the application what happened and
 * never stand in a close frame.
 *
 * @see RFC 6455 section 7.4.1 and the IANA registry it founded
 */
export const CloseCode = {
  NormalClosure: 1000,
  GoingAway: 1001,
  ProtocolError: 1002,
  UnsupportedData: 1003,
  NoStatusReceived: 1005,
  AbnormalClosure: 1006,
  InvalidPayload: 1007,
  PolicyViolation: 1008,
  MessageTooBig: 1009,
  MandatoryExtension: 1010,
  InternalError: 1011,
  ServiceRestart: 1012,
  TryAgainLater: 1013,
  BadGateway: 1014,
  TlsHandshake: 1015,
} as const;

/**
 * Whether a code may stand in a close frame: 1000 to 1003, 1007 to 1014, 3000 to 4999.
 *
 * @see RFC 6455 section 7.4.2
 */
export function isValidCloseCode(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  if (code >= 3000) return code <= 4999;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
}

/**
 * Encodes the payload of a close frame: the code in network byte order, then the reason.
 *
 * @param code - a code for which {@link isValidCloseCode} is true
 * @param reason - UTF-8, at most 123 bytes; copied, not checked for being UTF-8
 * @param allocate - gives the memory for the result, which belongs to the caller
 * @throws {TypeError} if `code` is not a number or `reason` not a `Uint8Array`
 * @throws {RangeError} if the code may not be sent or the reason is too long
 * @see RFC 6455 section 5.5.1
 */
export function encodeClosePayload(
  code: number,
  reason: Uint8Array,
  allocate: Allocate = allocateZeroed,
): Uint8Array {
  if (typeof code !== 'number') throw new TypeError('The close code must be a number');
  if (!isValidCloseCode(code)) {
    throw new RangeError(
      `Close code ${code} can not be sent: 1000-1003, 1007-1014 and 3000-4999 are allowed`,
    );
  }
  checkUint8Array(reason, 'The close reason');
  if (reason.length > maxReasonLength) {
    throw new RangeError(
      `The close reason has ${reason.length} bytes, at most ${maxReasonLength} are allowed`,
    );
  }
  const payload = allocate(2 + reason.length);
  payload[0] = code >>> 8;
  payload[1] = code & 0xff;
  payload.set(reason, 2);
  return payload;
}
