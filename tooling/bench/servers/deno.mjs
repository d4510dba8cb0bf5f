// @ts-check
/** The server of Deno. */
import { serve } from './serve.mjs';

const { Deno } = /** @type {any} */ (globalThis);

await serve(
  ({ mode }) =>
    new Promise((resolve) => {
      /** @type {Set<any>} */
      const clients = new Set();
      /** @type {(request: Request) => Response} */
      const handle = (request) => {
        const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
        socket.binaryType = 'arraybuffer';
        socket.onopen = () => clients.add(socket);
        socket.onclose = () => clients.delete(socket);
        socket.onmessage = (/** @type {MessageEvent} */ { data }) => {
          if (mode === 'echo') socket.send(data);
          else for (const client of clients) client.send(data);
        };
        return response;
      };
      /** @type {(address: { port: number }) => void} */
      const onListen = ({ port }) => resolve(port);
      Deno.serve({ hostname: '127.0.0.1', port: 0, onListen }, handle);
    }),
);
