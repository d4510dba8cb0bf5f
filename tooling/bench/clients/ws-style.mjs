// @ts-check
/** The client for libraries with the API of `ws`. */

/**
 * @param {any} WebSocket
 * @returns {import('./run-client.mjs').Connect}
 */
export function wsStyleClient(WebSocket) {
  return (url, onMessage) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('open', () => resolve(socket));
      socket.on('message', (/** @type {Buffer} */ data) => onMessage(data.length));
      socket.on('error', reject);
    });
}
