// @ts-check
// Pings: a peer whose cable was pulled sends no close, so silence has to end the connection.

const INTERVAL_MS = 30_000;

/**
 * Pings all connections from time to time and ends those that did not answer the last ping.
 *
 * @param {() => Iterable<import('./library.mjs').WebSocket>} connections
 * @returns {() => void} stops it
 */
export function keepAlive(connections) {
  /** @type {WeakSet<import('./library.mjs').WebSocket>} */
  const awaited = new WeakSet();
  const timer = setInterval(() => {
    for (const socket of connections()) {
      if (awaited.has(socket)) {
        socket.terminate();
        continue;
      }
      awaited.add(socket);
      socket.once('pong', () => awaited.delete(socket));
      socket.ping();
    }
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}
