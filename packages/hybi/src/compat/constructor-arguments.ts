/** The constructor's arguments as `ws` reads them. */
import { coerceClientOptions, coerceOptionsWithoutAddress } from './client-options.js';

/**
 * Coerces the options, in whichever of the two arguments behind the address they are.
 *
 * @throws {TypeError} if the address is null and there are no options
 */
export function coerceArguments(
  address: unknown,
  second: unknown,
  third: unknown,
): [unknown, unknown] {
  if (address === null) return [undefined, coerceOptionsWithoutAddress(third)];
  const isOptions = typeof second === 'object' && second !== null && !Array.isArray(second);
  return isOptions ? [coerceClientOptions(second), third] : [second, coerceClientOptions(third)];
}
