/** Wire bytes, what a decoder makes of them, and all the ways in which they can arrive. */
import { FrameDecoder } from '../src/index.js';
import type { FrameDecoderOptions, FrameHandler, ProtocolError } from '../src/index.js';

export interface FrameEvent {
  fin: boolean;
  opcode: number;
  rsv1: boolean;
  payload: string;
}

export interface ErrorEvent {
  error: string;
  closeCode: number;
  message: string;
}

export type Event = FrameEvent | ErrorEvent;
export type Options = Partial<FrameDecoderOptions>;

/** Bytes from hexadecimal digits; white space is for the reader. */
export function hex(digits: string): Uint8Array {
  const pairs = digits.replace(/\s/g, '').match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `count` bytes of the same hexadecimal pattern, cut where the last does not fit. */
export function repeated(digits: string, count: number): Uint8Array {
  const pattern = hex(digits);
  return Uint8Array.from({ length: count }, (_, i) => pattern[i % pattern.length] ?? 0);
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Whether two arrays hold the same bytes; on long ones much faster than a matcher. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The bytes cut at the given offsets. Each chunk is a copy, for decoders unmask in place. */
export function cut(bytes: Uint8Array, ...offsets: readonly number[]): Uint8Array[] {
  const edges = [0, ...offsets, bytes.length];
  return edges.slice(1).map((end, i) => bytes.slice(edges[i], end));
}

export function byteByByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** Whole, byte by byte, and cut in two: everywhere, or in long ones near both ends. */
export function everyWay(bytes: Uint8Array): Uint8Array[][] {
  const ways = [cut(bytes), byteByByte(bytes)];
  for (let at = 1; at < bytes.length; at++) {
    if (bytes.length < 400 || at < 20 || at > bytes.length - 20) ways.push(cut(bytes, at));
  }
  return ways;
}

export function frameEvent(
  opcode: number,
  payload: Uint8Array | string,
  { fin = true, rsv1 = false }: { fin?: boolean; rsv1?: boolean } = {},
): FrameEvent {
  return { fin, opcode, rsv1, payload: typeof payload === 'string' ? payload : toHex(payload) };
}

/** Records what a decoder reports; frames' payloads are kept as they are in `payloads`. */
export class Recorder implements FrameHandler {
  readonly events: Event[] = [];
  readonly payloads: Uint8Array[] = [];

  get errors(): string[] {
    return this.events.flatMap((event) => ('error' in event ? [event.error] : []));
  }

  onFrame(fin: boolean, opcode: number, rsv1: boolean, payload: Uint8Array): void {
    this.events.push({ fin, opcode, rsv1, payload: toHex(payload) });
    this.payloads.push(payload);
  }

  onError(error: ProtocolError): void {
    this.events.push({ error: error.code, closeCode: error.closeCode, message: error.message });
  }
}

/** What a decoder reports for these chunks. */
export function decode(chunks: readonly Uint8Array[], options: Options): Event[] {
  const recorder = new Recorder();
  const decoder = new FrameDecoder(recorder, { role: 'client', ...options });
  for (const chunk of chunks) decoder.push(chunk);
  return recorder.events;
}

/** An allocator that fills what it gives with 0xee and counts. */
export function countingAllocator(): { allocate: (size: number) => Uint8Array; sizes: number[] } {
  const sizes: number[] = [];
  const allocate = (size: number): Uint8Array => {
    sizes.push(size);
    return new Uint8Array(size).fill(0xee);
  };
  return { allocate, sizes };
}
