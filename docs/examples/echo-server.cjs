// A server that sends every message back, text as text and binary as binary.
// The programs about clients have something to talk to with it.
//
//   node docs/examples/echo-server.cjs
//
// PORT and HOST say where to listen.

const WebSocket = require('hybi');

const server = new WebSocket.Server({
  host: process.env.HOST ?? 'localhost',
  port: Number(process.env.PORT ?? 8080),
});

server.on('listening', () => console.log('listening on %d', server.address().port));

server.on('connection', (websocket) => {
  websocket.on('error', console.error);
  websocket.on('message', (data, isBinary) => websocket.send(data, { binary: isBinary }));
});

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of server.clients) websocket.close(1001);
});
