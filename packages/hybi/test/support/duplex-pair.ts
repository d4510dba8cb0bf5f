/** Two Duplex streams, each of which reads what the other writes. */
import { Duplex } from 'node:stream';

class Half extends Duplex {
  other: Half | undefined;

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.other?.push(chunk);
    done();
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }
}

export function duplexPair(): [Duplex, Duplex] {
  const left = new Half();
  const right = new Half();
  left.other = right;
  right.other = left;
  return [left, right];
}
