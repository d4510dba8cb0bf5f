/** What the scenarios share: servers on free ports, and events as promises. */
import { once } from 'node:events';
import http from 'node:http';

/**
 * Listens on a free port of the loopback interface.
 *
 * @param {http.Server} [server]
 */
export async function listen(server = http.createServer()) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, host: `127.0.0.1:${server.address().port}` };
}

/** A WebSocket that is open, with everything that it receives in `received`. */
export async function open(WebSocket, url, ...more) {
  const socket = new WebSocket(url, ...more);
  const received = [];
  socket.on('message', (data, isBinary) => {
    received.push(isBinary ? data.toString('hex') : data.toString());
    socket.emit(`received ${received.length}`);
  });
  await once(socket, 'open');
  return { socket, received };
}

/** Waits until `count` messages have come to a socket of `open`. */
export async function receivedAll({ socket, received }, count) {
  if (received.length < count) await once(socket, `received ${count}`);
  return received;
}

/** Waits for the end of a connection, after an error or without: `code reason`. */
export function closed(socket) {
  return new Promise((resolve) => {
    socket.on('close', (code, reason) => resolve(`${code} ${reason}`.trim()));
  });
}
