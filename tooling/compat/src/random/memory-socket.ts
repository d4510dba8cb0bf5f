/**
 * A connection without a network: what one implementation writes is kept, and
 * what it reads is given to it chunk by chunk, at a known moment.
 */
import { Duplex } from 'node:stream';

export class MemorySocket extends Duplex {
  /** Everything that was written. */
  written: Buffer = Buffer.alloc(0);
  /** Whether the implementation ended its side. */
  sideEnded = false;

  constructor() {
    super({ allowHalfOpen: true, autoDestroy: true });
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.written = Buffer.concat([this.written, chunk]);
    done();
  }

  override _final(done: () => void): void {
    this.sideEnded = true;
    done();
  }

  /** What a chunk from the peer does; nothing after the end. */
  deliver(chunk: Buffer): void {
    if (!this.destroyed && !this.readableEnded) this.push(Buffer.from(chunk));
  }

  /** Drops the HTTP head that was written and returns it. */
  takeHead(): string {
    const end = this.written.indexOf('\r\n\r\n') + 4;
    const head = this.written.subarray(0, end).toString('latin1');
    this.written = this.written.subarray(end);
    return head;
  }
}
