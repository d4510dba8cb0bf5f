/** Answers to requests that do not become a WebSocket: written raw, then the socket is destroyed. */
import type { Duplex } from 'node:stream';
import { formatResponse, reasonPhrase } from '@hybi/handshake';
import type { Refusal } from './verify-client.js';

/**
 * Checks that a refusal can be answered with.
 *
 * @throws {RangeError} when the status is none of HTTP, or has no standard text and there is no body
 */
export function checkStatus({ status, body }: Refusal): void {
  if (!Number.isInteger(status) || status < 200 || status > 999) {
    throw new RangeError(`The status of a refusal must be from 200 to 999, got ${status}`);
  }
  if (!body && reasonPhrase(status) === '') {
    throw new RangeError(`The status ${status} has no standard text: a body must be given`);
  }
}

/**
 * Formats the answer to a request that is refused.
 *
 * @param refusal - with a status that passed {@link checkStatus}
 * @throws {TypeError} when a header has a character that must not stand in it
 */
export function formatRefusal(refusal: Refusal): string {
  const reason = reasonPhrase(refusal.status);
  const body = refusal.body || reason;
  const headers = {
    Connection: 'close',
    'Content-Type': 'text/html',
    'Content-Length': Buffer.byteLength(body),
    ...refusal.headers,
  };
  const fields = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const response = formatResponse(refusal.status, fields, body);
  // Where there is no standard text `ws` writes this word, and the status line is part of its contract.
  return reason === '' ? response.replace(' \r\n', ' undefined\r\n') : response;
}

/** Writes an answer and destroys the socket once it has left. */
export function endWith(socket: Duplex, response: string): void {
  socket.once('finish', destroy);
  socket.end(response);
}

/** Keeps a socket that fails while nobody listens yet from ending the process. */
export function guard(socket: Duplex): void {
  socket.on('error', destroy);
}

/** Takes one {@link guard} back. */
export function unguard(socket: Duplex): void {
  socket.removeListener('error', destroy);
}

// Shared by all sockets; without the error, which would be emitted again.
function destroy(this: Duplex): void {
  this.destroy();
}
