/** The events of the server and the typed EventEmitter that emits them; it has no code of its own. */
import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { TypedEmitter } from '@hybi/connection/node';

/**
 * The events of a `WebSocketServer` and their arguments.
 *
 * @typeParam Client - a WebSocket of this server
 * @typeParam Request - the HTTP request that opened it
 */
export interface WebSocketServerEvents<Client, Request> {
  /** The HTTP server listens. Not without an HTTP server. */
  listening: [];
  /** A WebSocket is open. Not for those whom `handleUpgrade` was called for: its callback is told. */
  connection: [websocket: Client, request: Request];
  /**
   * The lines of the 101 answer, status line first, before they are written. They may be changed in
   * place; a line with CR, LF or NUL, or an empty one, fails the upgrade.
   */
  headers: [lines: string[], request: Request];
  /**
   * There is an error before the connection is open: the request is not a valid opening request, or
   * the application gave something that must not stand in the answer. With a listener nothing is
   * answered to an invalid request: the listener must answer and end the socket.
   */
  wsClientError: [error: Error, socket: Duplex, request: Request];
  /** The HTTP server failed, for instance because the port is taken. */
  error: [error: Error];
  /** The server has closed, and with client tracking all its WebSockets too. */
  close: [];
}

/** EventEmitter itself, under the type that knows the events. */
export type ServerEmitter = new <Client, Request>() => TypedEmitter<
  WebSocketServerEvents<Client, Request>
>;

export const ServerEmitter: ServerEmitter = EventEmitter as unknown as ServerEmitter;
