// @ts-check
/** The server of the npm package `ws`. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { WebSocketServer } from 'ws';
import { chooseSubprotocol, connectionId } from './request.mjs';
import { serveStdio } from './stdio.mjs';
import { connectWs } from './ws-socket.mjs';

serveStdio({
  async listen({ tls, compression }, connect) {
    const server = tls ? createSecureServer(tls) : createServer();
    const webSocketServer = new WebSocketServer({
      server,
      perMessageDeflate: compression,
      handleProtocols: (offered) => chooseSubprotocol([...offered]) ?? false,
    });
    webSocketServer.on('connection', (socket, { url }) => {
      connectWs(socket, connect(connectionId(url)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  },
});
