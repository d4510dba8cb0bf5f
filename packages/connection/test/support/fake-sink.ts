/** A sink that remembers: what was written, in how many writes, and who waits for it. */
import type { ByteSink, WriteDone } from '../../src/index.js';

export class FakeSink implements ByteSink {
  /** One entry for each write that a transport would see; a corked group is one. */
  readonly writes: Uint8Array[] = [];
  /** The parts as they were handed over, not copied. */
  readonly parts: Uint8Array[] = [];
  ended = 0;
  destroyed = false;
  /** Bytes that the transport takes at once; what it can't take it reads later, from where it is. */
  room = Infinity;

  private corked = 0;
  private group: Uint8Array[] = [];
  private waiting: WriteDone[] = [];
  private backlog = 0;

  get idle(): boolean {
    return this.backlog === 0;
  }

  /** Everything written, in one piece. */
  get bytes(): Uint8Array {
    return Buffer.concat(this.writes);
  }

  write(bytes: Uint8Array, done?: WriteDone): void {
    this.parts.push(bytes);
    if (this.backlog === 0 && bytes.length <= this.room) {
      this.room -= bytes.length;
      this.add(Buffer.from(bytes));
      if (done !== undefined) queueMicrotask(() => done(null));
    } else {
      // Not copied: whoever changes the memory before it was taken is found out.
      this.add(bytes);
      this.backlog += bytes.length;
      if (done !== undefined) this.waiting.push(done);
    }
  }

  cork(): void {
    this.corked++;
  }

  uncork(): void {
    if (--this.corked > 0) return;
    const group = this.group;
    this.group = [];
    if (group.length > 0) this.writes.push(group.length === 1 ? group[0]! : concat(group));
  }

  end(): void {
    this.ended++;
  }

  destroy(): void {
    this.destroyed = true;
  }

  /** The transport takes what waits. */
  drain(error: Error | null = null): void {
    this.backlog = 0;
    const waiting = this.waiting;
    this.waiting = [];
    for (const done of waiting) done(error);
  }

  private add(bytes: Uint8Array): void {
    if (this.corked > 0) this.group.push(bytes);
    else this.writes.push(bytes);
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
