/**
 * Reading header fields, from whatever the platform hands over.
 *
 * It knows two shapes: the record of Node's `IncomingMessage.headers` and the
 * `get` method of Fetch's `Headers`.
 */

/** Header fields by lower-case name, such as the `headers` of Node's `IncomingMessage`. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Header fields behind a method, such as Fetch's `Headers`. */
export interface HeaderGetter {
  /** Returns a field by a name in any case; several fields of a name joined by `', '`. */
  get(name: string): string | null | undefined;
}

/** Where header fields are read from. */
export type HeaderSource = HeaderRecord | HeaderGetter;

/**
 * Reads one header field.
 *
 * From a record only own properties count: a field named `constructor` that
 * was not sent is absent. The values of a list are joined by `', '`, as HTTP
 * does with a field that was sent several times; an empty list is absent.
 *
 * @param name - in any case; the keys of a record must be in lower case
 * @returns the value, `undefined` if the field was not sent
 * @see RFC 9110 §5.2
 */
export function getHeader(headers: HeaderSource, name: string): string | undefined {
  if (isGetter(headers)) return headers.get(name) ?? undefined;

  const key = name.toLowerCase();
  if (!Object.hasOwn(headers, key)) return undefined;

  const value = headers[key];
  if (typeof value === 'string' || value === undefined) return value;
  return value.length > 0 ? value.join(', ') : undefined;
}

// A request may carry a field named `get`, but its value is never a function.
function isGetter(headers: HeaderSource): headers is HeaderGetter {
  return typeof headers.get === 'function';
}
