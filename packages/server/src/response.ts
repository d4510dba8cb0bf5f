/**
 * The 101 answer: a list of lines that the application may change, and the text
 * that they become. Nothing that ends a line may get in (attack class of
 * CVE-2026-1527), wherever it comes from.
 */
import type { IncomingMessage } from 'node:http';
import { createResponseHeaders } from '@hybi/handshake';
import type { ServerOptions, WebSocketConstructor } from './options.js';

const forbiddenInLine = /[\r\n\0]/;

/**
 * Chooses the subprotocol.
 *
 * @param offered - what the client asks for, in its order; empty if it asks for none
 * @returns what the option `handleProtocols` returns, else the first; something falsy for none
 */
export function chooseSubprotocol<U extends typeof IncomingMessage>(
  options: Pick<ServerOptions<WebSocketConstructor, U>, 'handleProtocols'>,
  offered: Set<string>,
  request: InstanceType<U>,
): string | false | undefined {
  if (offered.size === 0) return undefined;
  if (options.handleProtocols) return options.handleProtocols(offered, request);
  return offered.values().next().value;
}

/** What the server agrees to. */
export interface Acceptance {
  /** The client's `Sec-WebSocket-Key`. */
  key: string;
  subprotocol: string | false | undefined;
  /** The value of `Sec-WebSocket-Extensions`; empty for none. */
  extensions: string;
}

/**
 * Creates the lines of the answer, status line first.
 *
 * @throws {TypeError} when the subprotocol is no string, or has a character that must not stand in a
 *   header
 * @see RFC 6455 §4.2.2
 */
export function createResponseLines({ key, subprotocol, extensions }: Acceptance): string[] {
  if (subprotocol && typeof subprotocol !== 'string') {
    throw new TypeError(
      `handleProtocols must return a string, or false for none; it returned ${describe(subprotocol)}`,
    );
  }
  const headers = createResponseHeaders({
    key,
    subprotocol: subprotocol || undefined,
    extensions,
  });
  return [
    'HTTP/1.1 101 Switching Protocols',
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
}

/**
 * Joins the lines of the answer, after the application may have changed them.
 *
 * @throws {TypeError} when a line is empty, which would end the answer, or has a CR, LF or NUL
 * @see RFC 9112 §2.2
 */
export function joinResponseLines(lines: readonly unknown[]): string {
  let text = '';
  for (const [index, given] of lines.entries()) {
    const line = String(given);
    const forbidden = forbiddenInLine.exec(line);
    if (line === '' || forbidden !== null) {
      const what = forbidden
        ? `has a character that is not allowed, ${JSON.stringify(forbidden[0])} at index ${forbidden.index}`
        : 'is empty';
      throw new TypeError(`Line ${index} of the response, as the 'headers' event left it, ${what}`);
    }
    text += `${line}\r\n`;
  }
  return `${text}\r\n`;
}

function describe(value: unknown): string {
  return Object.prototype.toString.call(value);
}
