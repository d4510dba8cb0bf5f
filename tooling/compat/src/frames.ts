/** Frames for raw sockets, written out again so that nothing of ours vouches for itself. */

/** A frame as a server sends it. The first byte is FIN, RSV1 and opcode. */
export function unmasked(firstByte: number, payload: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(payload as string);
  return Buffer.concat([Buffer.from(head(firstByte, 0x00, bytes.length)), bytes]);
}

/** A frame as a client sends it; the masking key 00000000 leaves the payload readable. */
export function masked(firstByte: number, payload: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(payload as string);
  return Buffer.concat([Buffer.from(head(firstByte, 0x80, bytes.length)), Buffer.alloc(4), bytes]);
}

/** The payload of a close frame. */
export function closing(code: number, reason = ''): Buffer {
  return Buffer.concat([Buffer.from([code >>> 8, code & 0xff]), Buffer.from(reason)]);
}

/** For the option `generateMask`: the key that changes nothing. */
export function zeroKey(key: Buffer): void {
  key.fill(0);
}

function head(firstByte: number, maskBit: number, length: number): number[] {
  if (length < 126) return [firstByte, maskBit | length];
  const low = [(length >>> 8) & 0xff, length & 0xff];
  if (length <= 0xffff) return [firstByte, maskBit | 126, ...low];
  return [firstByte, maskBit | 127, 0, 0, 0, 0, length >>> 24, (length >>> 16) & 0xff, ...low];
}
