/**
 * What was written, frame by frame. A compressed message is shown by what it
 * says: for empty fragments there are several right ways to compress nothing,
 * and the implementations differ in them.
 */
import { constants, inflateRawSync } from 'node:zlib';

/** Stands for a compressed message whose last fragment is missing. */
export const unfinished = 'an unfinished compressed message';

const windowBytes = 32_768;

interface Frame {
  fin: boolean;
  rsv1: boolean;
  opcode: number;
  masked: boolean;
  payload: Buffer;
}

/** Splits bytes into frames; whatever is left at the end comes as hex. */
export function describeWire(bytes: Buffer): unknown[] {
  const described: unknown[] = [];
  let parts: Buffer[] | undefined;
  let opcode = 0;
  let at = 0;
  /** What the peer's window may hold; messages that do not need it are not harmed. */
  let dictionary: Buffer = Buffer.alloc(0);
  for (let next = readFrame(bytes, at); next !== undefined; next = readFrame(bytes, at)) {
    const { frame } = next;
    at = next.end;
    const isData = frame.opcode < 8;
    if (isData && frame.opcode !== 0) {
      parts = frame.rsv1 ? [] : undefined;
      opcode = frame.opcode;
    }
    if (!isData || parts === undefined) {
      described.push({ ...frame, payload: frame.payload.toString('hex') });
      continue;
    }
    parts.push(frame.payload);
    if (!frame.fin) continue;
    const inflated = inflate(Buffer.concat(parts), dictionary);
    dictionary = Buffer.concat([dictionary, inflated]).subarray(-windowBytes);
    described.push(['compressed', opcode, frame.masked, inflated.toString('hex')]);
    parts = undefined;
  }
  if (parts !== undefined) described.push(unfinished);
  if (at < bytes.length) described.push(['rest', bytes.subarray(at).toString('hex')]);
  return described;
}

function inflate(payload: Buffer, dictionary: Buffer): Buffer {
  const tail = Buffer.of(0, 0, 0xff, 0xff);
  return inflateRawSync(Buffer.concat([payload, tail]), {
    finishFlush: constants.Z_SYNC_FLUSH,
    ...(dictionary.length > 0 ? { dictionary } : {}),
  });
}

function readFrame(bytes: Buffer, start: number): { frame: Frame; end: number } | undefined {
  let at = start + 2;
  if (at > bytes.length) return undefined;
  const [first, second] = [bytes.readUInt8(start), bytes.readUInt8(start + 1)];
  let length = second & 0x7f;
  if (length === 126) {
    length = bytes.readUInt16BE(at);
    at += 2;
  } else if (length === 127) {
    length = Number(bytes.readBigUInt64BE(at));
    at += 8;
  }
  const masked = second >= 0x80;
  // The programs mask with zeros.
  if (masked) at += 4;
  if (at + length > bytes.length) return undefined;
  const frame = {
    fin: first >= 0x80,
    rsv1: (first & 0x40) !== 0,
    opcode: first & 0x0f,
    masked,
    payload: bytes.subarray(at, at + length),
  };
  return { frame, end: at + length };
}
