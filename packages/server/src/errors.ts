/**
 * What becomes of the two kinds of errors before a connection is open: those of
 * the client's request, and those of the application while it is answered.
 */
import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { InvalidRequest } from './opening.js';
import { endWith, formatRefusal } from './rejection.js';

/** Whose `'wsClientError'` event it is. */
type Server = Pick<EventEmitter, 'emit' | 'listenerCount'>;

/**
 * Answers an invalid request, or has a `'wsClientError'` listener do that.
 *
 * @param toClientError - makes what listeners get of the error
 */
export function answerInvalid(
  server: Server,
  invalid: InvalidRequest,
  toClientError: (error: Error) => Error,
  socket: Duplex,
  request: IncomingMessage,
): void {
  if (server.listenerCount('wsClientError') > 0) {
    server.emit('wsClientError', toClientError(createClientError(invalid)), socket, request);
  } else {
    const { status, message, headers } = invalid;
    endWith(socket, formatRefusal({ status, body: message, headers }));
  }
}

function createClientError({ message, code, cause }: InvalidRequest): Error {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause });
  return Object.assign(error, { code });
}

/**
 * Ends an upgrade that fails by what the application gave: options, or a value that must not stand
 * in the answer.
 *
 * Such a value may stem from the client, so it must not end the process: the error goes to the
 * `'wsClientError'` listeners, or out as a warning. The answer is 500 unless a listener ended the
 * socket.
 */
export function answerFault(
  server: Server,
  error: Error,
  socket: Duplex,
  request: IncomingMessage,
): void {
  const isTold = server.emit('wsClientError', error, socket, request);
  if (!isTold) process.emitWarning(error);
  if (socket.writable) endWith(socket, formatRefusal({ status: 500 }));
}
