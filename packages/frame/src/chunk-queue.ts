/**
 * Chunks that wait to be read, in order. An operation takes constant time on average, so that a peer
 * gains nothing by sending many small chunks to a decoder that is held.
 */
import { noBytes } from './bytes.js';

/** A queue of chunks with room to put the rest of the one just taken back. */
export class ChunkQueue {
  /** The sum of the waiting chunks' bytes. */
  bytes: number;

  private chunks: Uint8Array[];
  private first: number;

  constructor() {
    this.bytes = 0;
    this.chunks = [];
    this.first = 0;
  }

  /** Adds a chunk that is not empty at the end. */
  push(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
  }

  /** Takes the first chunk; an empty one if none waits. */
  shift(): Uint8Array {
    const chunk = this.chunks[this.first];
    if (chunk === undefined) return noBytes;
    this.chunks[this.first] = noBytes;
    this.first += 1;
    this.bytes -= chunk.length;
    if (this.first > 16 && this.first * 2 > this.chunks.length) this.compact();
    return chunk;
  }

  /** Puts a chunk before all others. */
  unshift(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.first === 0) {
      this.chunks.unshift(chunk);
      return;
    }
    this.first -= 1;
    this.chunks[this.first] = chunk;
  }

  /** Drops the places of the chunks that were taken. */
  private compact(): void {
    this.chunks = this.chunks.slice(this.first);
    this.first = 0;
  }
}
