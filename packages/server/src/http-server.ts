/** The HTTP server below a WebSocket server: one of our own, or one that belongs to the application. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { reasonPhrase } from '@hybi/handshake';

/** Where to listen, or what is there already. */
export interface HttpServerOptions {
  port?: number | null | undefined;
  host?: string | null | undefined;
  backlog?: number | null | undefined;
  server?: object | null | undefined;
}

/** Told what happens on the HTTP server. */
export interface HttpServerListeners {
  listening(): void;
  error(error: Error): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** An HTTP server that a WebSocket server listens to. */
export class HttpServerLink {
  readonly #server: Server;
  /** Ours is closed with us. */
  readonly #isOwn: boolean;
  readonly #listeners: HttpServerListeners;

  /** @param callback - told when our own server listens */
  constructor(
    options: HttpServerOptions,
    listeners: HttpServerListeners,
    callback: (() => void) | undefined,
  ) {
    const { port, host, backlog, server } = options;
    this.#isOwn = !server;
    this.#server = server ? (server as Server) : createServer(requireUpgrade);
    this.#listeners = listeners;
    if (this.#isOwn) {
      // The callback is first to know, as it is the first listener.
      this.#server.listen(port as number, host as string, backlog as number, callback);
    }
    this.#server.on('listening', listeners.listening);
    this.#server.on('error', listeners.error);
    this.#server.on('upgrade', listeners.upgrade);
  }

  get address(): AddressInfo | string | null {
    return this.#server.address();
  }

  /**
   * Leaves the HTTP server as it was, or closes our own.
   *
   * @param closed - called when our own has closed, thus after its last connection
   * @returns whether `closed` will be called
   */
  release(closed: () => void): boolean {
    this.#server.removeListener('listening', this.#listeners.listening);
    this.#server.removeListener('error', this.#listeners.error);
    this.#server.removeListener('upgrade', this.#listeners.upgrade);
    if (this.#isOwn) this.#server.close(closed);
    return this.#isOwn;
  }
}

function requireUpgrade(_request: IncomingMessage, response: ServerResponse): void {
  const body = reasonPhrase(426);
  response.writeHead(426, { 'Content-Length': body.length, 'Content-Type': 'text/plain' });
  response.end(body);
}
