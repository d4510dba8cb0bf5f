/** The constructor's arguments, of which the middle one may be left out. */
import type { ClientOptions } from './options.js';

/** What the constructor was given besides the address. */
export interface DialArguments {
  /** Not checked yet: anything may stand in it. */
  readonly subprotocols: readonly string[];
  readonly options: ClientOptions | null | undefined;
}

/**
 * Sorts the second and the third argument out.
 *
 * | second argument   | subprotocols        | options         |
 * | ----------------- | ------------------- | --------------- |
 * | undefined         | `options.protocols` | third argument  |
 * | an array          | the array           | third argument  |
 * | another object    | `options.protocols` | second argument |
 * | anything else     | that one            | third argument  |
 */
export function readArguments(
  second: unknown,
  third: ClientOptions | null | undefined,
): DialArguments {
  if (second === undefined) return fromOptions(third);
  if (!Array.isArray(second) && typeof second === 'object' && second !== null) {
    return fromOptions(second);
  }
  return { subprotocols: toList(second), options: third };
}

function fromOptions(options: ClientOptions | null | undefined): DialArguments {
  const protocols = options?.protocols;
  return { subprotocols: protocols === undefined ? [] : toList(protocols), options };
}

/** A copy: redirects ask for the same, whatever becomes of the caller's array. */
function toList(protocols: unknown): string[] {
  return Array.isArray(protocols) ? [...(protocols as string[])] : [protocols as string];
}
