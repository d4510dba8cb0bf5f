// @ts-check
/** Times of round trips, of which the oldest go when there are very many. */

const capacity = 1 << 20;

export class Latencies {
  #samples = new Float64Array(capacity);
  #count = 0;

  /** @param {number} nanoseconds */
  add(nanoseconds) {
    this.#samples[this.#count++ & (capacity - 1)] = nanoseconds;
  }

  clear() {
    this.#count = 0;
  }

  /** @returns {{ p50Micros: number, p99Micros: number, samples: number }} */
  summary() {
    const sorted = this.#samples.slice(0, Math.min(this.#count, capacity)).sort();
    const at = (/** @type {number} */ share) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN) / 1000;
    return { p50Micros: at(0.5), p99Micros: at(0.99), samples: this.#count };
  }
}
