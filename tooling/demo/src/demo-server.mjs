// @ts-check
// The demo's server: one HTTP server with the page, and an endpoint for each demonstration
// behind its 'upgrade' event. Knows which connection goes where, not what is said on it.
import { once } from 'node:events';
import { createServer, STATUS_CODES } from 'node:http';
import { Bursts } from './burst.mjs';
import { ChatRoom } from './chat.mjs';
import { echo } from './echo.mjs';
import { keepAlive } from './heartbeat.mjs';
import { WebSocketServer } from './library.mjs';
import { isSameHost } from './origin.mjs';
import { loadPage } from './page.mjs';
import { printable } from './printable.mjs';

// Loopback only: the demo is for the person who started it.
const HOST = '127.0.0.1';
const MAX_PAYLOAD_BYTES = 16 * 1024;
const MAX_CONNECTIONS = 200;
const CLOSE_TIMEOUT_MS = 2000;

/**
 * @typedef {import('./library.mjs').WebSocket} WebSocket
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:net').Socket} Socket
 */

/** The running demo. */
export class DemoServer {
  #http;
  #log;
  #stopHeartbeat = () => {};
  #bursts = new Bursts();
  #chat;
  #plain = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES });
  // The demo's messages are short: without a threshold of 0 hardly any would be compressed.
  #compressing = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD_BYTES,
    perMessageDeflate: { threshold: 0 },
  });

  /**
   * Listens on loopback.
   *
   * @param {{ port: number, log?: (line: string) => void }} options - port 0 takes a free one;
   *   `log` gets lines without control characters
   * @returns {Promise<DemoServer>} once it listens
   * @throws {NodeJS.ErrnoException} `EADDRINUSE`, `EACCES`
   */
  static async start({ port, log = () => {} }) {
    const demo = new DemoServer(await loadPage(), log);
    demo.#http.listen(port, HOST);
    await once(demo.#http, 'listening');
    demo.#stopHeartbeat = keepAlive(() => demo.#connections());
    return demo;
  }

  /**
   * @param {import('node:http').RequestListener} page
   * @param {(line: string) => void} log
   */
  constructor(page, log) {
    this.#log = log;
    this.#chat = new ChatRoom(log);
    this.#http = createServer(page);
    this.#http.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, /** @type {Socket} */ (socket), head);
    });
  }

  /** `127.0.0.1:8080`, for URLs. */
  get host() {
    const { address, port } = /** @type {import('node:net').AddressInfo} */ (this.#http.address());
    return `${address}:${port}`;
  }

  /**
   * Says goodbye to everybody with 1001 and stops; ends those that do not answer in time.
   *
   * @returns {Promise<void>} once the last connection is gone
   */
  async close() {
    this.#stopHeartbeat();
    this.#plain.close();
    this.#compressing.close();
    const closed = once(this.#http, 'close');
    this.#http.close();
    for (const socket of this.#connections()) socket.close(1001, 'the demo is going away');
    const deadline = setTimeout(() => this.#abandon(), CLOSE_TIMEOUT_MS);
    await closed;
    clearTimeout(deadline);
  }

  #abandon() {
    for (const socket of this.#connections()) socket.terminate();
    this.#http.closeAllConnections();
  }

  /** @returns {WebSocket[]} */
  #connections() {
    return [...this.#plain.clients, ...this.#compressing.clients];
  }

  /**
   * @param {IncomingMessage} request
   * @param {Socket} socket
   * @param {Buffer} head
   */
  #upgrade(request, socket, head) {
    const url = targetOf(request);
    if (url === undefined) return refuse(socket, 400);
    const serve = this.#endpoint(url, socket);
    if (serve === undefined) return refuse(socket, 404);
    if (!isSameHost(request.headers)) return refuse(socket, 403);
    if (this.#connections().length >= MAX_CONNECTIONS) return refuse(socket, 503);

    const compress = url.searchParams.get('compress') === '1';
    const server = compress ? this.#compressing : this.#plain;
    server.handleUpgrade(request, socket, head, (webSocket) => {
      // The library closes a connection that broke the rules; here it is only told.
      webSocket.on('error', (error) => this.#log(`closed: ${printable(error.message)}`));
      serve(webSocket);
    });
  }

  /**
   * @param {URL} url
   * @param {Socket} socket
   * @returns {((webSocket: WebSocket) => void) | undefined}
   */
  #endpoint(url, socket) {
    switch (url.pathname) {
      case '/chat':
        return (webSocket) => this.#chat.join(webSocket, url.searchParams.get('tab'));
      case '/echo':
        return echo;
      case '/burst':
        return (webSocket) => this.#bursts.start(webSocket, socket);
      default:
        return undefined;
    }
  }
}

/** @param {IncomingMessage} request */
function targetOf({ url = '' }) {
  return url.startsWith('/') && URL.canParse(url, 'http://demo')
    ? new URL(url, 'http://demo')
    : undefined;
}

/**
 * Answers an upgrade with a plain HTTP error.
 *
 * @param {Socket} socket
 * @param {400 | 403 | 404 | 503} status
 */
function refuse(socket, status) {
  // Nobody else listens to this socket any more: a reset would end the process.
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
