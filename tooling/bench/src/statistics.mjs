// @ts-check
/** Numbers out of rounds. */

/**
 * @typedef Spread
 * @property {number} median
 * @property {number} min
 * @property {number} max
 */

/**
 * @param {readonly number[]} values - in any order
 * @returns {Spread} of NaN where there are none
 */
export function spreadOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? NaN) : upper;
  return { median: (lower + upper) / 2, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/**
 * How many times as much one has as another. Each value is held against the
 * other's of the same round, since the machine changes its mind between rounds.
 *
 * @param {readonly number[]} values
 * @param {readonly number[]} others
 * @returns {Spread}
 */
export function ratioOf(values, others) {
  if (values.length !== others.length) {
    throw new RangeError(`Rounds do not pair: ${values.length} and ${others.length}`);
  }
  return spreadOf(values.map((value, round) => value / (others[round] ?? NaN)));
}
