/**
 * Gathers frames and writes them together.
 *
 * | moment                      | what happens                                   |
 * | --------------------------- | ---------------------------------------------- |
 * | between `begin` and `end`   | frames gather; `end` writes them               |
 * | first frame of a tick       | written at once: one message is not held up    |
 * | later frames of that tick,  | gather; written together at the tick's end     |
 * | and all while another       |                                                |
 * | connection reads            |                                                |
 * | a full slab, or much by     | written at once: memory stays bounded          |
 * | reference                   |                                                |
 * | the program ends            | the platform has everything written            |
 *
 * Small payloads are copied into a slab behind their header, masked on the
 * way. Large ones go by reference. It knows frames and their bytes, but
 * neither messages nor the state of the connection.
 */
import { frameHeaderLength, maxFrameHeaderLength, writeFrameHeader } from '@hybi/frame';
import type { ByteSink, WriteDone } from './byte-sink.js';
import type { Platform } from './platform.js';
import { largeSlabBytes, smallSlabBytes } from './slab-pool.js';
import { callAll } from './write-callbacks.js';

/** Payloads up to this size are copied: cheaper than another part in the write. */
const copyLimit = 16 * 1024;
/** A batch is written once it holds this much, whatever the moment. */
const batchLimit = 256 * 1024;
/** UTF-8 needs at most three bytes for each UTF-16 code unit. */
const maxBytesPerUnit = 3;

export class WriteBatch {
  /** Bytes, headers included, that gather here and were not handed to the sink. */
  pendingBytes = 0;

  private depth = 0;
  private lastTick = 0;
  private queued = false;
  /** Whether the queue of the platform knows that frames gather in a bracket. */
  private entered = false;
  private slab: Uint8Array | undefined;
  /** Where the open region of the slab begins and ends. */
  private start = 0;
  private position = 0;
  /** What comes before the open region. */
  private parts: Uint8Array[] = [];
  private callbacks: WriteDone[] = [];

  constructor(
    private readonly sink: ByteSink,
    private readonly platform: Platform,
    /** Whether frames are masked; may change between frames. */
    public masked: boolean,
    private readonly maskingKey?: () => number,
  ) {}

  /** From here on frames gather, until the matching {@link WriteBatch.end}. */
  begin(): void {
    this.depth++;
    this.platform.ticks.brackets++;
  }

  /** Writes what gathered since the outermost {@link WriteBatch.begin}. */
  end(): void {
    this.platform.ticks.brackets--;
    if (--this.depth === 0 && this.pendingBytes > 0) this.flush();
  }

  /** Ends a bracket as if what gathered had been one frame sent outside. */
  endAsOne(): void {
    this.platform.ticks.brackets--;
    if (--this.depth === 0 && this.pendingBytes > 0) this.leave();
  }

  /**
   * Adds a frame.
   *
   * @param owned - whether the payload's memory is ours to change; borrowed
   *   memory is read until `done` and never written to
   */
  add(
    fin: boolean,
    opcode: number,
    rsv1: boolean,
    payload: Uint8Array,
    owned: boolean,
    done: WriteDone | undefined,
  ): void {
    const length = payload.length;
    const key = this.masked ? this.nextKey() : 0;
    if (length <= copyLimit) {
      const slab = this.room(maxFrameHeaderLength + length);
      const at = this.header(slab, fin, opcode, rsv1, length, key);
      if (key === 0) slab.set(payload, at);
      else this.platform.masking.into(payload, 0, length, slab, at, key, 0);
      this.position = at + length;
    } else {
      const slab = this.room(maxFrameHeaderLength);
      this.position = this.header(slab, fin, opcode, rsv1, length, key);
      this.closeRegion();
      this.parts.push(key === 0 ? this.lasting(payload) : this.maskedCopy(payload, owned, key));
    }
    this.added(frameHeaderLength(length, this.masked) + length, done);
  }

  /** Adds a frame whose payload is a text, encoded as UTF-8. */
  addText(fin: boolean, opcode: number, text: string, done: WriteDone | undefined): void {
    // A header has the same size for every length up to 125, so a text that
    // can't be longer is encoded straight to where it belongs.
    const isShort = text.length * maxBytesPerUnit <= 125;
    const length = isShort ? 0 : this.platform.utf8Length(text);
    if (length > copyLimit) {
      this.add(fin, opcode, false, this.encode(text, length), true, done);
      return;
    }
    const key = this.masked ? this.nextKey() : 0;
    if (isShort) {
      this.addShortText(fin, opcode, text, key, done);
      return;
    }
    const slab = this.room(maxFrameHeaderLength + length);
    const at = this.header(slab, fin, opcode, false, length, key);
    this.platform.utf8Write(text, slab, at);
    if (key !== 0) this.platform.masking.inPlace(slab, at, at + length, key, 0);
    this.position = at + length;
    this.added(frameHeaderLength(length, this.masked) + length, done);
  }

  /** Adds bytes that are frames already; they are lent until `done`. */
  addEncoded(bytes: Uint8Array, done: WriteDone | undefined): void {
    if (bytes.length <= copyLimit) {
      const slab = this.room(bytes.length);
      slab.set(bytes, this.position);
      this.position += bytes.length;
    } else {
      this.closeRegion();
      this.parts.push(this.lasting(bytes));
    }
    this.added(bytes.length, done);
  }

  /** Writes everything now. */
  flush(): void {
    if (this.entered) {
      this.entered = false;
      this.platform.ticks.leave(this);
    }
    if (this.pendingBytes === 0 && this.callbacks.length === 0) return;
    const { sink, slab, parts } = this;
    // Memory that the sink does not take at once is out of our hands: while
    // there is a backlog, it gets copies, and the slab stays with us.
    const backlog = sink.idle !== true;
    this.closeRegion();
    if (backlog && slab !== undefined) this.copyParts(slab);
    const done = this.takeCallbacks();
    this.parts = [];
    this.pendingBytes = 0;
    this.slab = undefined;
    this.start = 0;
    this.position = 0;
    if (parts.length === 1) {
      sink.write(parts[0] as Uint8Array, done);
    } else {
      sink.cork?.();
      const last = parts.length - 1;
      for (let i = 0; i < last; i++) sink.write(parts[i] as Uint8Array);
      sink.write(parts[last] as Uint8Array, done);
      sink.uncork?.();
    }
    if (slab !== undefined && (backlog || sink.idle === true)) this.platform.slabs.give(slab);
  }

  /** For the {@link TickQueue} only. */
  endOfTick(): void {
    this.queued = false;
    if (this.depth === 0) this.flush();
  }

  private addShortText(
    fin: boolean,
    opcode: number,
    text: string,
    key: number,
    done: WriteDone | undefined,
  ): void {
    const slab = this.room(maxFrameHeaderLength + text.length * maxBytesPerUnit);
    const at = this.position + frameHeaderLength(0, this.masked);
    const length = this.platform.utf8Write(text, slab, at);
    this.header(slab, fin, opcode, false, length, key);
    if (key !== 0) this.platform.masking.inPlace(slab, at, at + length, key, 0);
    const size = at + length - this.position;
    this.position = at + length;
    this.added(size, done);
  }

  private nextKey(): number {
    return this.maskingKey === undefined ? this.platform.maskingKeys.next() : this.maskingKey();
  }

  private header(
    slab: Uint8Array,
    fin: boolean,
    opcode: number,
    rsv1: boolean,
    length: number,
    key: number,
  ): number {
    return writeFrameHeader(slab, this.position, fin, opcode, rsv1, length, this.masked, key);
  }

  private maskedCopy(payload: Uint8Array, owned: boolean, key: number): Uint8Array {
    const { masking } = this.platform;
    if (owned) {
      masking.inPlace(payload, 0, payload.length, key, 0);
      return payload;
    }
    const copy = this.platform.allocate(payload.length);
    masking.into(payload, 0, payload.length, copy, 0, key, 0);
    return copy;
  }

  /** Memory that can change its size is copied: the header has told how much follows. */
  private lasting(bytes: Uint8Array): Uint8Array {
    const memory = bytes.buffer as { resizable?: boolean; growable?: boolean };
    if (memory.resizable !== true && memory.growable !== true) return bytes;
    const copy = this.platform.allocate(bytes.length);
    copy.set(bytes);
    return copy;
  }

  private encode(text: string, length: number): Uint8Array {
    const bytes = this.platform.allocate(length);
    this.platform.utf8Write(text, bytes, 0);
    return bytes;
  }

  /** A slab with `size` free bytes behind `position`. */
  private room(size: number): Uint8Array {
    const { slab } = this;
    if (slab !== undefined && slab.length - this.position >= size) return slab;
    if (slab !== undefined && slab.length === largeSlabBytes) {
      this.flush();
      return this.takeSlab(largeSlabBytes);
    }
    return slab === undefined ? this.firstSlab(size) : this.growSlab(slab);
  }

  private firstSlab(size: number): Uint8Array {
    // In a read batch the slab is back in the pool before anyone else needs
    // one; outside, thousands of connections may hold one until the tick ends.
    return this.takeSlab(this.depth > 0 || size > smallSlabBytes ? largeSlabBytes : smallSlabBytes);
  }

  private growSlab(small: Uint8Array): Uint8Array {
    const { start, position: end } = this;
    const large = this.takeSlab(largeSlabBytes);
    large.set(small.subarray(start, end));
    this.position = end - start;
    // Parts may still point into the small slab; then it isn't free yet.
    if (start === 0) this.platform.slabs.give(small);
    return large;
  }

  private takeSlab(size: number): Uint8Array {
    this.start = 0;
    this.position = 0;
    this.slab = this.platform.slabs.take(size);
    return this.slab;
  }

  private closeRegion(): void {
    const { slab, start, position: end } = this;
    if (slab === undefined || start === end) return;
    this.parts.push(slab.subarray(start, end));
    this.start = end;
  }

  private copyParts(slab: Uint8Array): void {
    const { parts } = this;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as Uint8Array;
      if (part.buffer !== slab.buffer) continue;
      const copy = this.platform.allocate(part.length);
      copy.set(part);
      parts[i] = copy;
    }
  }

  private added(bytes: number, done: WriteDone | undefined): void {
    if (this.depth > 0 && !this.entered) {
      this.entered = true;
      this.platform.ticks.enter(this);
    }
    this.pendingBytes += bytes;
    if (done !== undefined) this.callbacks.push(done);
    if (this.pendingBytes >= batchLimit) this.flush();
    else if (this.depth === 0) this.leave();
  }

  private leave(): void {
    const { ticks } = this.platform;
    const tick = ticks.current();
    // Where another connection reads, more is likely to come for this one: a broadcast.
    if (this.lastTick !== tick && ticks.brackets === 0) {
      this.lastTick = tick;
      this.flush();
    } else if (!this.queued) {
      this.queued = true;
      ticks.atEnd(this);
    }
  }

  private takeCallbacks(): WriteDone | undefined {
    const { callbacks } = this;
    if (callbacks.length === 0) return undefined;
    this.callbacks = [];
    if (callbacks.length === 1) return callbacks[0];
    return (error) => {
      callAll(callbacks, error, this.platform.schedule);
    };
  }
}
