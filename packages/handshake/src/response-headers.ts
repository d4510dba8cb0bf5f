/** The headers of the server's 101 answer. */
import { checkField } from './header-field.js';
import { computeAccept } from './key.js';

/** What the server agrees to. */
export interface ResponseHeadersOptions {
  /** The client's `Sec-WebSocket-Key`. */
  key: string;
  /** The chosen subprotocol; none if absent or empty. */
  subprotocol?: string | undefined;
  /** `Sec-WebSocket-Extensions`, see {@link formatExtensions}; none if absent or empty. */
  extensions?: string | undefined;
}

/**
 * Creates the headers of a 101 answer, in the order in which they are sent.
 *
 * @returns pairs of name and value, for {@link formatResponse} after the caller's own were added
 * @throws {TypeError} if a value has a character that must not stand in a header
 * @see RFC 6455 §4.2.2, step 5
 */
export function createResponseHeaders(
  accept: ResponseHeadersOptions,
): [name: string, value: string][] {
  const headers: [string, string][] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', computeAccept(accept.key)],
  ];
  addField(headers, 'Sec-WebSocket-Protocol', accept.subprotocol);
  addField(headers, 'Sec-WebSocket-Extensions', accept.extensions);
  return headers;
}

function addField(headers: [string, string][], name: string, value: string | undefined): void {
  if (value) headers.push([name, checkField(name, value)]);
}
