/** Reads frames back with code that shares nothing with the packages. */

export interface PlainFrame {
  fin: boolean;
  rsv1: boolean;
  opcode: number;
  masked: boolean;
  payload: Buffer;
}

/** Splits bytes into frames; the plainest reading of RFC 6455 §5.2. */
export function readFrames(bytes: Uint8Array): PlainFrame[] {
  const data = Buffer.from(bytes);
  const frames: PlainFrame[] = [];
  let at = 0;
  while (at < data.length) {
    const first = data.readUInt8(at);
    const second = data.readUInt8(at + 1);
    at += 2;
    let length = second & 0x7f;
    if (length === 126) {
      length = data.readUInt16BE(at);
      at += 2;
    } else if (length === 127) {
      length = Number(data.readBigUInt64BE(at));
      at += 8;
    }
    const masked = (second & 0x80) !== 0;
    const key = masked ? data.subarray(at, at + 4) : Buffer.alloc(4);
    if (masked) at += 4;
    if (at + length > data.length) throw new Error('The bytes end inside a frame');
    const payload = Buffer.from(data.subarray(at, at + length));
    for (let i = 0; i < length; i++)
      payload.writeUInt8(payload.readUInt8(i) ^ key.readUInt8(i & 3), i);
    at += length;
    frames.push({
      fin: (first & 0x80) !== 0,
      rsv1: (first & 0x40) !== 0,
      opcode: first & 0x0f,
      masked,
      payload,
    });
  }
  return frames;
}
