// Two WebSocket servers behind one HTTP server; the path says which one is meant.
//
//   node docs/examples/multiple-servers.mjs
//
// Clients: TARGET=ws://localhost:8080/echo node docs/examples/text.mjs
//          TARGET=ws://localhost:8080/shout node docs/examples/text.mjs
//
// PORT and HOST say where to listen.

import { createServer } from 'node:http';
import { WebSocketServer } from 'hybi';

const echo = new WebSocketServer({ noServer: true });
const shout = new WebSocketServer({ noServer: true });

echo.on('connection', (websocket) => {
  websocket.on('error', console.error);
  websocket.on('message', (data, isBinary) => websocket.send(data, { binary: isBinary }));
});

shout.on('connection', (websocket) => {
  websocket.on('error', console.error);
  websocket.on('message', (data) => websocket.send(data.toString().toUpperCase()));
});

const servers = new Map([
  ['/echo', echo],
  ['/shout', shout],
]);

const httpServer = createServer((request, response) => response.writeHead(404).end());

httpServer.on('upgrade', (request, socket, head) => {
  // Not new URL(request.url, base): a client may send a target for which that throws.
  const [path] = request.url.split('?', 1);
  const server = servers.get(path);
  if (server === undefined) {
    socket.on('error', console.error);
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
      socket.destroy(),
    );
    return;
  }
  server.handleUpgrade(request, socket, head, (websocket) => {
    server.emit('connection', websocket, request);
  });
});

httpServer.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? 'localhost', () =>
  console.log('listening on %d', httpServer.address().port),
);

process.once('SIGTERM', () => {
  httpServer.close();
  for (const server of servers.values()) {
    for (const websocket of server.clients) websocket.close(1001);
  }
});
