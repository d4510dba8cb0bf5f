/** Reads along what one side sends: its opening head and its frames. Knows no zlib. */
import { Buffer } from 'node:buffer';

/** A message as it went over the wire. */
export interface WireMessage {
  /** RSV1 of its first frame. */
  readonly compressed: boolean;
  readonly frames: number;
  /** Of all its frames together. */
  readonly payloadBytes: number;
}

/**
 * Into how many bytes the payload of a message is to be cut, told from its index; what is left
 * makes a last fragment. Undefined leaves the message as it is.
 */
export type Cut = (index: number) => readonly number[] | undefined;

interface Frame {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly opcode: number;
  /** 4 bytes; none from a server. */
  readonly maskingKey: Buffer | undefined;
  /** Masked, if there is a key. */
  readonly payload: Buffer;
  /** All of it. */
  readonly bytes: Buffer;
}

const headEnd = '\r\n\r\n';
const closeOpcode = 8;

/** Everything from one side to the other, over one connection. */
export class WireDirection {
  readonly messages: WireMessage[] = [];
  /** Undefined until a close frame with a code has come. */
  closeCode: number | undefined;
  /** Undefined until all of it has come. */
  head: string | undefined;
  private chunks: Buffer[] = [];
  private heldBytes = 0;
  private neededBytes = 0;
  private open: { compressed: boolean; frames: number; payloadBytes: number } | undefined;
  private started = 0;

  /** @param cut - makes fragments of the messages of who cannot send them */
  constructor(private readonly cut?: Cut) {}

  /** Returns what is to be passed on in the place of the chunk. */
  take(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.heldBytes += chunk.length;
    const passed = this.cut === undefined ? [chunk] : [];
    while (this.heldBytes >= this.neededBytes) {
      const unit = this.readUnit();
      if (unit === undefined) break;
      if (this.cut !== undefined) passed.push(...unit);
    }
    return passed;
  }

  /** The value of the extension header in the opening head; empty without one. */
  get extensions(): string {
    return /^sec-websocket-extensions: *(.*?) *$/im.exec(this.head ?? '')?.[1] ?? '';
  }

  /** The head or a frame, as it is to be passed on; undefined if it is not all there. */
  private readUnit(): Buffer[] | undefined {
    const held = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    this.chunks = [held];
    if (this.head === undefined) {
      const end = held.indexOf(headEnd);
      if (end < 0) return undefined;
      this.head = held.subarray(0, end).toString('latin1');
      return [this.drop(end + headEnd.length)];
    }
    const frame = this.parse(held);
    if (frame === undefined) return undefined;
    this.drop(frame.bytes.length);
    this.neededBytes = 2;
    return this.record(frame);
  }

  private drop(bytes: number): Buffer {
    const [held] = this.chunks as [Buffer];
    this.chunks = [held.subarray(bytes)];
    this.heldBytes -= bytes;
    return held.subarray(0, bytes);
  }

  /** RFC 6455 §5.2. */
  private parse(held: Buffer): Frame | undefined {
    if (held.length < 2) return this.needs(2);
    const length = held[1]! & 0x7f;
    const masked = held[1]! >= 0x80;
    const keyAt = length === 127 ? 10 : length === 126 ? 4 : 2;
    const payloadAt = keyAt + (masked ? 4 : 0);
    if (held.length < payloadAt) return this.needs(payloadAt);
    const payloadBytes =
      length === 127
        ? Number(held.readBigUInt64BE(2))
        : length === 126
          ? held.readUInt16BE(2)
          : length;
    const end = payloadAt + payloadBytes;
    if (held.length < end) return this.needs(end);
    return {
      fin: held[0]! >= 0x80,
      rsv1: (held[0]! & 0x40) !== 0,
      opcode: held[0]! & 0x0f,
      maskingKey: masked ? held.subarray(keyAt, payloadAt) : undefined,
      payload: held.subarray(payloadAt, end),
      bytes: held.subarray(0, end),
    };
  }

  private needs(bytes: number): undefined {
    this.neededBytes = bytes;
    return undefined;
  }

  private record(frame: Frame): Buffer[] {
    const { fin, rsv1, opcode, payload } = frame;
    if (opcode >= closeOpcode) {
      if (opcode === closeOpcode && payload.length >= 2) {
        this.closeCode = rotated(frame.maskingKey, 0).readUInt16BE() ^ payload.readUInt16BE();
      }
      return [frame.bytes];
    }
    const index = opcode === 0 ? -1 : this.started++;
    this.open ??= { compressed: rsv1, frames: 0, payloadBytes: 0 };
    this.open.frames++;
    this.open.payloadBytes += payload.length;
    if (!fin) return [frame.bytes];
    this.messages.push(this.open);
    this.open = undefined;
    const sizes = index < 0 ? undefined : this.cut?.(index);
    return sizes === undefined ? [frame.bytes] : cutFrame(frame, sizes);
  }
}

/** The frame of a whole message as fragments of these sizes, and a last one of what is left. */
function cutFrame(frame: Frame, sizes: readonly number[]): Buffer[] {
  const { payload, opcode, rsv1, maskingKey } = frame;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const size of [...sizes, payload.length]) {
    const piece = payload.subarray(at, at + size);
    const first = pieces.length === 0;
    const bits = (first && rsv1 ? 0x40 : 0) | (first ? opcode : 0);
    const fin = pieces.length === 2 * sizes.length ? 0x80 : 0;
    // The bytes stay masked as they are, so the key starts where they do.
    const key = maskingKey === undefined ? Buffer.alloc(0) : rotated(maskingKey, at);
    pieces.push(header(fin | bits, piece.length, key), piece);
    at += piece.length;
  }
  return pieces;
}

/** The key as it stands for a payload whose first `at` bytes are missing; zeros for none. */
function rotated(key: Buffer = Buffer.alloc(4), at: number): Buffer {
  return Buffer.from(key.map((_, index) => key[(index + at) % 4]!));
}

function header(first: number, payloadBytes: number, maskingKey: Buffer): Buffer {
  const mask = maskingKey.length > 0 ? 0x80 : 0;
  if (payloadBytes < 126) return Buffer.from([first, mask | payloadBytes, ...maskingKey]);
  const long = payloadBytes > 0xffff;
  const start = Buffer.alloc(long ? 10 : 4);
  start[0] = first;
  start[1] = mask | (long ? 127 : 126);
  if (long) start.writeBigUInt64BE(BigInt(payloadBytes), 2);
  else start.writeUInt16BE(payloadBytes, 2);
  return Buffer.concat([start, maskingKey]);
}
