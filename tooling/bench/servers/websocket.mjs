// @ts-check
/** The npm package `websocket`. */
import { createServer } from 'node:http';
import websocket from 'websocket';
import { serve } from './serve.mjs';

const limitBytes = 100 * 1024 * 1024;

await serve(
  ({ mode }) =>
    new Promise((resolve) => {
      const http = createServer();
      const server = new websocket.server({
        httpServer: http,
        autoAcceptConnections: true,
        keepalive: false,
        maxReceivedFrameSize: limitBytes,
        maxReceivedMessageSize: limitBytes,
        fragmentOutgoingMessages: false,
      });
      server.on('connect', (/** @type {any} */ connection) => {
        connection.on('message', (/** @type {any} */ message) => {
          const data = message.type === 'utf8' ? message.utf8Data : message.binaryData;
          if (mode === 'echo') connection.send(data);
          else server.broadcast(data);
        });
      });
      http.listen(0, '127.0.0.1', () => resolve(portOf(http)));
    }),
);

/** @param {import('node:http').Server} http */
function portOf(http) {
  return /** @type {import('node:net').AddressInfo} */ (http.address()).port;
}
