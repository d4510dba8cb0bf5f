// @ts-check
/** The client of Bun. */
import { runClient } from './run-client.mjs';

await runClient(
  (url, onMessage) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => resolve(/** @type {any} */ (socket));
      socket.onmessage = ({ data }) => onMessage(data.byteLength);
      socket.onerror = () => reject(new Error('The connection failed'));
    }),
);
