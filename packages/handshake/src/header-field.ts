/**
 * The guard in front of every header field that is written: nothing that a
 * name or a value holds may end its line or its message (CVE-2026-1527).
 */
import { isToken } from './token.js';

// Tab, space, the visible ASCII characters and obs-text: RFC 9110 §5.5. What
// is beyond latin1 has no one form on the wire, so it is no field value.
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Checks a header field before it is written.
 *
 * @returns `value`
 * @throws {TypeError} if `name` is not a token, or `value` has a character that
 *   must not stand in a field value; names the field
 * @see RFC 9110 §5.1, §5.5
 */
export function checkField(name: string, value: string): string {
  if (!isToken(name)) {
    throw new TypeError(`A header name must be a token, got ${JSON.stringify(name)}`);
  }
  const forbidden = FORBIDDEN_IN_VALUE.exec(value);
  if (forbidden !== null) {
    throw new TypeError(
      `The value of the header "${name}" has a character that is not allowed, ` +
        `${JSON.stringify(forbidden[0])} at index ${forbidden.index}`,
    );
  }
  return value;
}
