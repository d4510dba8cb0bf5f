/** Counts what a socket hands to the kernel. */
import type { Duplex } from 'node:stream';

interface Writes {
  _write(chunk: Buffer, encoding: string, done: () => void): void;
  _writev?(chunks: unknown[], done: () => void): void;
}

/** Counts from now on; a corked group is one write. */
export function countWrites(socket: Duplex): { writes: number } {
  const counter = { writes: 0 };
  const inner = socket as unknown as Writes;
  const { _write, _writev } = inner;
  inner._write = function (...args) {
    counter.writes++;
    Reflect.apply(_write, this, args);
  };
  if (_writev) {
    inner._writev = function (...args) {
      counter.writes++;
      Reflect.apply(_writev, this, args);
    };
  }
  return counter;
}

/** Counts the chunks that a socket receives. */
export function countChunks(socket: Duplex): { chunks: number } {
  const counter = { chunks: 0 };
  socket.prependListener('data', () => counter.chunks++);
  return counter;
}
