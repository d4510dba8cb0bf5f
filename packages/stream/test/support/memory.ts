/** How much memory buffers hold, garbage not counted. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export function liveBufferBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

/** The middle one: a sweep that is still under way makes a measurement too high. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Remembers the highest of the numbers that it was shown. */
export class Peak {
  value = 0;

  see(value: number): void {
    this.value = Math.max(this.value, value);
  }
}
