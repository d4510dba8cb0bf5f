/**
 * The constructor's options as `ws` reads them: one that is there counts, even
 * if it is undefined, and what is out of range is taken.
 */
import { coerceDeflateOptions } from './deflate-options.js';
import { toLimit } from './limits.js';

type Options = Record<string, unknown>;

/** The options that are read in another manner below, with what `ws` would make of them. */
const coercions: Readonly<Record<string, (value: unknown) => unknown>> = {
  autoPong: Boolean,
  closeTimeout: toDelay,
  maxBufferedChunks: toLimit,
  maxFragments: toLimit,
  maxPayload: toLimit,
  maxPendingAutoPongs: toLimit,
  maxRedirects: (value) => (value === undefined ? Infinity : value),
  perMessageDeflate: coerceDeflateOptions,
  // Not the same as absent: it is no version that is supported.
  protocolVersion: (value) => (value === undefined ? String(value) : value),
};

/** Returns a new object; only own properties count, but for `protocols`. */
export function coerceClientOptions(given: unknown): Options {
  const options: Options = { ...(given as object) };
  for (const [name, coerce] of Object.entries(coercions)) {
    if (Object.hasOwn(options, name)) options[name] = coerce(options[name]);
  }
  const protocols = (given as Options | null | undefined)?.protocols;
  if (protocols !== undefined) options.protocols = protocols;
  return options;
}

/**
 * The options of a WebSocket that does not dial, which has no defaults.
 *
 * @throws {TypeError} if there are none
 */
export function coerceOptionsWithoutAddress(given: unknown): Options {
  const options = given as Options;
  return {
    autoPong: Boolean(options.autoPong),
    closeTimeout: toDelay(options.closeTimeout),
    maxPendingAutoPongs: toLimit(options.maxPendingAutoPongs),
  };
}

/** `setTimeout` waits a millisecond where it gets nothing. */
function toDelay(value: unknown): unknown {
  return value ?? 1;
}
