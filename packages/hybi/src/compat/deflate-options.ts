/**
 * The options of permessage-deflate as a client of `ws` reads them: it offers
 * what stands there, and leaves it to the server to refuse.
 */
import { isWindowBits } from '@hybi/permessage-deflate';

type Options = Record<string, unknown>;

/** Returns a new object, or a boolean if the options are no object. */
export function coerceDeflateOptions(given: unknown): Options | boolean {
  if (typeof given !== 'object' || given === null) return Boolean(given);
  const options: Options = { ...given };
  const { concurrencyLimit, serverMaxWindowBits, clientMaxWindowBits } = options;
  return {
    ...options,
    concurrencyLimit: coerceConcurrencyLimit(concurrencyLimit),
    serverMaxWindowBits: coerceWindowBits(serverMaxWindowBits),
    clientMaxWindowBits: coerceWindowBits(clientMaxWindowBits),
  };
}

/** The number of jobs never equals a limit that is no whole number. */
function coerceConcurrencyLimit(value: unknown): unknown {
  if (value === undefined) return undefined;
  return Number.isInteger(value) && (value as number) > 0 ? value : 0;
}

/** As text, a window that no zlib has is offered and has no other effect. */
function coerceWindowBits(value: unknown): unknown {
  if (typeof value !== 'number' || isWindowBits(value)) return value;
  return value ? String(value) : false;
}
