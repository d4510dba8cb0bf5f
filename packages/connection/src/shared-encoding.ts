/**
 * What transforms of one kind make of a prepared message: made once, for all
 * connections that send it.
 */
import type { WriteDone } from './byte-sink.js';
import type { ApartTransform } from './transform.js';
import { callAll } from './write-callbacks.js';

/** One encoding, which may still be under way. */
export class SharedEncoding {
  /** The result, which nobody may change; undefined while it is under way and where it failed. */
  bytes: Uint8Array | undefined;
  private waiting: WriteDone[] = [];

  /** @param schedule - runs a task once the running piece of the program is over */
  constructor(private readonly schedule: (task: () => void) => void) {}

  /**
   * Starts the work; it goes on whatever becomes of those who wait for it.
   *
   * @param onFailure - called if it fails later
   * @throws what the transform throws
   */
  start(transform: ApartTransform, payload: Uint8Array, onFailure: () => void): void {
    this.bytes = transform.encodeApart(payload, (error, encoded) => {
      this.bytes = encoded;
      if (encoded === undefined) onFailure();
      this.finish(encoded === undefined ? (error ?? noBytesError()) : null);
    });
  }

  /** Calls back when the work that is under way has ended, with what went wrong if it did. */
  whenDone(callback: WriteDone): void {
    this.waiting.push(callback);
  }

  private finish(error: Error | null): void {
    const { waiting } = this;
    this.waiting = [];
    callAll(waiting, error, this.schedule);
  }
}

function noBytesError(): Error {
  return new Error('The transform gave no bytes');
}
