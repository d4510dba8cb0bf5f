// Order statistics of round-trip times.

/**
 * The value below or at which a share of all values lies, by nearest rank.
 *
 * @param {readonly number[]} sorted - in ascending order, at least one
 * @param {number} share - above 0, up to 1
 * @returns {number} one of the values
 */
export function percentile(sorted, share) {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}

/**
 * @param {readonly number[]} values - at least one, oldest first
 * @returns {{ last: number, median: number, p99: number }}
 */
export function summarise(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    last: values[values.length - 1] ?? NaN,
    median: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  };
}
