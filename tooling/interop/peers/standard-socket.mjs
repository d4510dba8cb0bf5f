// @ts-check
/**
 * The WebSocket of the WHATWG standard, and what Bun adds to it.
 *
 * @import { Connection } from './endpoint.mjs'
 * @import { PeerSocket } from '../src/protocol.js'
 * @typedef {Pick<PeerSocket, 'send' | 'close' | 'ping' | 'pong' | 'terminate'>
 *   & { binaryType: string, protocol: string, extensions: string,
 *       addEventListener(type: string, listener: (event: any) => void): void }} StandardSocket
 */

/**
 * Reports what happens on a socket.
 *
 * @param {StandardSocket} socket
 * @param {Connection} connection
 * @param {string} [subprotocol] where the socket does not tell
 */
export function connectStandard(socket, connection, subprotocol) {
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () =>
    connection.opened(socket, subprotocol ?? socket.protocol, socket.extensions),
  );
  socket.addEventListener('message', ({ data }) =>
    connection.message(typeof data === 'string' ? data : new Uint8Array(data)),
  );
  socket.addEventListener('ping', ({ data }) => connection.control('ping', new Uint8Array(data)));
  socket.addEventListener('pong', ({ data }) => connection.control('pong', new Uint8Array(data)));
  socket.addEventListener('close', ({ code, reason }) => connection.closed(code, reason));
  socket.addEventListener('error', (event) => connection.failed(event.message ?? event.type));
}
