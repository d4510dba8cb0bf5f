// @ts-check
/**
 * A WebSocket of the npm package `ws`.
 *
 * @import { WebSocket } from 'ws'
 * @import { Connection } from './endpoint.mjs'
 */

/**
 * Reports what happens on a socket.
 *
 * @param {WebSocket} socket
 * @param {Connection} connection
 */
export function connectWs(socket, connection) {
  const opened = () => connection.opened(peerSocket(socket), socket.protocol, socket.extensions);
  if (socket.readyState === socket.OPEN) opened();
  else socket.on('open', opened);
  socket.on('message', (data, isBinary) => {
    const bytes = /** @type {Buffer<ArrayBuffer>} */ (data);
    connection.message(isBinary ? bytes : bytes.toString());
  });
  socket.on('ping', (payload) => connection.control('ping', payload));
  socket.on('pong', (payload) => connection.control('pong', payload));
  socket.on('close', (code, reason) => connection.closed(code, reason.toString()));
  socket.on('error', (error) => connection.failed(error));
}

/**
 * @param {WebSocket} socket
 * @returns {import('../src/protocol.js').PeerSocket}
 */
function peerSocket(socket) {
  return {
    send: (payload, plain) => socket.send(payload, { compress: !plain }),
    sendFragment: (bytes, kind, fin, plain) =>
      socket.send(bytes, { binary: kind === 'binary', fin, compress: !plain }),
    ping: (payload) => socket.ping(payload),
    pong: (payload) => socket.pong(payload),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}
