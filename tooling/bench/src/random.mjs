// @ts-check
/** Numbers that look random and are the same in every process and every run. */

/**
 * A generator of Marsaglia's xorshift kind.
 *
 * @param {number} seed - any integer but 0
 * @returns {(limit: number) => number} gives integers from 0 to `limit - 1`
 */
export function createRandom(seed) {
  let state = seed | 0;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}
