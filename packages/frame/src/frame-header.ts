/**
 * Writes frame headers (RFC 6455 section 5.2).
 *
 * Checks nothing: it stands on the way out of every frame. `encodeFrame` is the checked way.
 */

/** The most bytes that a frame header takes: two, a 64-bit length, a masking key. */
export const maxFrameHeaderLength = 14;

/**
 * The number of bytes of a frame's header: 2 to 14.
 *
 * @param payloadLength - bytes, 0 to 2^53 - 1
 * @param masked - whether a masking key follows the length
 */
export function frameHeaderLength(payloadLength: number, masked: boolean): number {
  const keyLength = masked ? 4 : 0;
  if (payloadLength < 126) return 2 + keyLength;
  return payloadLength < 65536 ? 4 + keyLength : 10 + keyLength;
}

/**
 * Writes a frame's header with the length minimally encoded. Nothing is checked.
 *
 * @param target - has room for {@link frameHeaderLength} bytes behind `offset`
 * @param offset - where the header starts
 * @param fin - whether the frame ends its message
 * @param opcode - 0 to 15
 * @param rsv1 - the first reserved bit
 * @param payloadLength - bytes, 0 to 2^53 - 1
 * @param masked - whether to set the MASK bit and write the key
 * @param maskingKey - 32 bits, the first key octet on top; not read unless `masked`
 * @returns the offset of the payload
 */
export function writeFrameHeader(
  target: Uint8Array,
  offset: number,
  fin: boolean,
  opcode: number,
  rsv1: boolean,
  payloadLength: number,
  masked: boolean,
  maskingKey: number,
): number {
  const maskBit = masked ? 0x80 : 0;
  let at = offset;
  target[at++] = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode;
  if (payloadLength < 126) {
    target[at++] = maskBit | payloadLength;
  } else if (payloadLength < 65536) {
    target[at++] = maskBit | 126;
    target[at++] = payloadLength >>> 8;
    target[at++] = payloadLength & 0xff;
  } else {
    target[at++] = maskBit | 127;
    at = writeUint32(target, at, Math.floor(payloadLength / 0x1_0000_0000));
    at = writeUint32(target, at, payloadLength);
  }
  return masked ? writeUint32(target, at, maskingKey) : at;
}

/** Writes the low 32 bits of an integer, the top eight first. */
function writeUint32(target: Uint8Array, offset: number, value: number): number {
  target[offset] = value >>> 24;
  target[offset + 1] = (value >>> 16) & 0xff;
  target[offset + 2] = (value >>> 8) & 0xff;
  target[offset + 3] = value & 0xff;
  return offset + 4;
}
