// @ts-check
/** The server of Bun. */
import { chooseSubprotocol, connectionId, offeredSubprotocols } from './request.mjs';
import { serveStdio } from './stdio.mjs';

const { Bun } = /** @type {any} */ (globalThis);

const limitBytes = 100 * 1024 * 1024;

/** @type {Record<string, unknown>} */
const handlers = {
  maxPayloadLength: limitBytes,
  backpressureLimit: limitBytes,
  sendPings: false,
  /** @type {(socket: any) => void} */
  open(socket) {
    const { connection, subprotocol } = socket.data;
    connection.opened(peerSocket(socket), subprotocol, null);
  },
  /** @type {(socket: any, data: string | Uint8Array) => void} */
  message: (socket, data) => socket.data.connection.message(data),
  /** @type {(socket: any, payload: Uint8Array) => void} */
  ping: (socket, payload) => socket.data.connection.control('ping', payload),
  /** @type {(socket: any, payload: Uint8Array) => void} */
  pong: (socket, payload) => socket.data.connection.control('pong', payload),
  /** @type {(socket: any, code: number, reason: string) => void} */
  close: (socket, code, reason) => socket.data.connection.closed(code, reason),
};

/**
 * @param {any} socket
 * @returns {import('../src/protocol.js').PeerSocket}
 */
function peerSocket(socket) {
  return {
    // It compresses only what it is told to.
    send: (payload, plain) => socket.send(payload, !plain),
    ping: (payload) => socket.ping(payload),
    pong: (payload) => socket.pong(payload),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}

serveStdio({
  listen({ tls, compression }, connect) {
    const server = Bun.serve({
      hostname: '127.0.0.1',
      port: 0,
      tls,
      /** @type {(request: any, server: any) => unknown} */
      fetch(request, server) {
        const offered = request.headers.get('sec-websocket-protocol');
        const subprotocol = chooseSubprotocol(offeredSubprotocols(offered));
        const upgraded = server.upgrade(request, {
          data: { connection: connect(connectionId(request.url)), subprotocol: subprotocol ?? '' },
          headers: subprotocol ? { 'Sec-WebSocket-Protocol': subprotocol } : {},
        });
        return upgraded ? undefined : new Response('Not an opening request', { status: 400 });
      },
      websocket: { ...handlers, perMessageDeflate: compression },
    });
    return server.port;
  },
});
