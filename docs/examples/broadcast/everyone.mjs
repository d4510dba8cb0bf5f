// A server that sends what a client says to all clients, the one that said it among them.
//
//   node docs/examples/broadcast/everyone.mjs
//
// PORT and HOST say where to listen.

import { WebSocket, WebSocketServer } from 'hybi';

const server = new WebSocketServer({
  host: process.env.HOST ?? 'localhost',
  port: Number(process.env.PORT ?? 8080),
});

server.on('listening', () => console.log('listening on %d', server.address().port));

server.on('connection', (websocket) => {
  websocket.on('error', console.error);

  websocket.on('message', (data, isBinary) => {
    for (const client of server.clients) {
      // Data is a Buffer for text too: `binary` keeps a text a text.
      if (client.readyState === WebSocket.OPEN) client.send(data, { binary: isBinary });
    }
  });
});

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of server.clients) websocket.close(1001);
});
