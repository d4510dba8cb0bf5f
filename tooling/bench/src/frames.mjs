// @ts-check
/**
 * Frames of the generator: encoded before anything is measured, with code that
 * belongs to none of the libraries that are measured.
 *
 * @see RFC 6455 section 5.2
 */

export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;

/**
 * @param {number} payloadLength
 * @param {boolean} masked
 * @returns {number} bytes of the header, masking key included
 */
export function headerLength(payloadLength, masked) {
  const extended = payloadLength < 126 ? 0 : payloadLength < 65536 ? 2 : 8;
  return 2 + extended + (masked ? 4 : 0);
}

/**
 * One whole message in one frame.
 *
 * @param {number} opcode
 * @param {Uint8Array} payload - copied
 * @param {{ rsv1?: boolean, maskingKey?: number }} [options] - the key's first octet in the top
 *   eight bits; without a key it is a frame of a server
 * @returns {Uint8Array}
 */
export function encodeFrame(opcode, payload, { rsv1 = false, maskingKey } = {}) {
  const masked = maskingKey !== undefined;
  const { length } = payload;
  const start = headerLength(length, masked);
  const frame = new Uint8Array(start + length);
  const view = new DataView(frame.buffer);
  frame[0] = 0x80 | (rsv1 ? 0x40 : 0) | opcode;
  frame[1] = (masked ? 0x80 : 0) | (length < 126 ? length : length < 65536 ? 126 : 127);
  if (length >= 65536) view.setBigUint64(2, BigInt(length));
  else if (length >= 126) view.setUint16(2, length);
  frame.set(payload, start);
  if (masked) {
    view.setUint32(start - 4, maskingKey);
    for (let i = 0; i < length; i++) {
      frame[start + i] = (frame[start + i] ?? 0) ^ (frame[start - 4 + (i & 3)] ?? 0);
    }
  }
  return frame;
}

/**
 * @typedef Frame
 * @property {number} opcode
 * @property {boolean} fin
 * @property {boolean} rsv1
 * @property {Uint8Array} payload - a view
 *
 * @param {Uint8Array} bytes
 * @returns {{ frames: Frame[], rest: number }} the whole unmasked frames, and where they end
 */
export function decodeServerFrames(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const first = view.getUint8(at);
    const short = view.getUint8(at + 1);
    if (short > 127) throw new Error('A server must not mask its frames');
    const start = at + 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
    if (start > bytes.length) break;
    const length =
      short < 126
        ? short
        : short === 126
          ? view.getUint16(at + 2)
          : Number(view.getBigUint64(at + 2));
    if (start + length > bytes.length) break;
    frames.push({
      opcode: first & 0x0f,
      fin: (first & 0x80) !== 0,
      rsv1: (first & 0x40) !== 0,
      payload: bytes.subarray(start, start + length),
    });
    at = start + length;
  }
  return { frames, rest: at };
}
