// @ts-check
/** The npm package `faye-websocket`. */
import { createServer } from 'node:http';
import FayeWebSocket from 'faye-websocket';
import { serve } from './serve.mjs';

const maxLength = 100 * 1024 * 1024;

await serve(
  ({ mode }) =>
    new Promise((resolve) => {
      const http = createServer();
      /** @type {Set<any>} */
      const clients = new Set();
      http.on('upgrade', (request, socket, head) => {
        const client = new FayeWebSocket(request, socket, head, [], { maxLength });
        clients.add(client);
        client.on('message', (/** @type {{ data: any }} */ { data }) => {
          if (mode === 'echo') client.send(data);
          else for (const other of clients) other.send(data);
        });
        client.on('close', () => clients.delete(client));
      });
      http.listen(0, '127.0.0.1', () => {
        resolve(/** @type {import('node:net').AddressInfo} */ (http.address()).port);
      });
    }),
);
