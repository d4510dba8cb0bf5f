// @ts-check
/** The server of Deno. */
import { chooseSubprotocol, connectionId, offeredSubprotocols } from './request.mjs';
import { connectStandard } from './standard-socket.mjs';
import { serveStdio } from './stdio.mjs';

const { Deno } = /** @type {any} */ (globalThis);

serveStdio({
  listen({ tls }, connect) {
    /** @type {(request: Request) => Response} */
    const handle = (request) => {
      const offered = request.headers.get('sec-websocket-protocol');
      const subprotocol = chooseSubprotocol(offeredSubprotocols(offered)) ?? '';
      const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
      // Its own option finds a name only where ', ' stands before it, and the
      // server's side never tells.
      if (subprotocol) response.headers.set('Sec-WebSocket-Protocol', subprotocol);
      connectStandard(socket, connect(connectionId(request.url)), subprotocol);
      return response;
    };
    return new Promise((resolve) => {
      /** @type {(address: { port: number }) => void} */
      const onListen = ({ port }) => resolve(port);
      Deno.serve({ hostname: '127.0.0.1', port: 0, ...tls, onListen }, handle);
    });
  },
});
