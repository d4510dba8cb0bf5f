/**
 * Options of open connections as `ws` reads them: limits as 32-bit integers,
 * where what is not positive is no limit, and flags by whether they are truthy.
 */

/** So 2 ** 31 and Infinity mean "no limit", and `'5'` means 5. */
export function toLimit(value: unknown): number {
  return Math.max(0, (value as number) | 0);
}

/** Only undefined is absent: null means false. */
export function toFlag(value: unknown, absent: boolean): boolean {
  return value === undefined ? absent : Boolean(value);
}
