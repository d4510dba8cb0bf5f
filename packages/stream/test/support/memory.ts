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

/** The resident memory of this process as a transfer goes on, measured at each mebibyte. */
export class ResidentMemory {
  private readonly before: number;
  private readonly samples: number[] = [];
  private bytes = 0;

  constructor() {
    collectGarbage();
    this.before = process.memoryUsage.rss();
  }

  /** So many bytes have come through. */
  passed(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes < (this.samples.length + 1) * 1024 * 1024) return;
    this.samples.push(process.memoryUsage.rss() - this.before);
  }

  /** The most that was added to what there was before the transfer. */
  get peakGrowth(): number {
    return Math.max(...this.samples);
  }

  /** How much more there is in the last quarter of the transfer than in the second. */
  get trend(): number {
    const quarter = Math.floor(this.samples.length / 4);
    return median(this.samples.slice(-quarter)) - median(this.samples.slice(quarter, 2 * quarter));
  }
}
