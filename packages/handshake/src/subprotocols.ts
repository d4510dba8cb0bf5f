/**
 * Lists of subprotocols: the grammar of `Sec-WebSocket-Protocol` in a request,
 * and the check of a list before it is sent.
 */
import { FieldScanner } from './field-scanner.js';
import { isToken } from './token.js';

const COMMA = 0x2c;

/**
 * Parses the value of a request's `Sec-WebSocket-Protocol` header, in linear time.
 *
 * @returns the subprotocols in the client's order of preference
 * @throws {SyntaxError} if `header` is not a list of different tokens
 * @see RFC 6455 §11.3.4
 */
export function parseSubprotocols(header: string): Set<string> {
  const subprotocols = new Set<string>();
  const scanner = new FieldScanner(header);
  do {
    const subprotocol = scanner.element();
    scanner.expectDelimiter(',');
    if (subprotocols.has(subprotocol)) {
      throw new SyntaxError(`The "${subprotocol}" subprotocol is duplicated`);
    }
    subprotocols.add(subprotocol);
  } while (scanner.take(COMMA));
  return subprotocols;
}

/**
 * Checks the subprotocols that a client wants to ask for.
 *
 * @throws {SyntaxError} if one is not a string, not a token or there twice
 * @see RFC 6455 §4.1
 */
export function checkSubprotocols(subprotocols: readonly string[]): void {
  const seen = new Set<string>();
  for (const subprotocol of subprotocols) {
    if (typeof subprotocol !== 'string' || !isToken(subprotocol) || seen.has(subprotocol)) {
      throw new SyntaxError('An invalid or duplicated subprotocol was specified');
    }
    seen.add(subprotocol);
  }
}
