// A server that greets its clients and prints what they send.
//
//   node docs/examples/simple-server.mjs
//
// Then, in another terminal: node docs/examples/text.mjs
//
// PORT and HOST say where to listen.

import { WebSocketServer } from 'hybi';

const server = new WebSocketServer({
  host: process.env.HOST ?? 'localhost',
  port: Number(process.env.PORT ?? 8080),
});

server.on('listening', () => console.log('listening on %d', server.address().port));

server.on('connection', (websocket) => {
  // Without this listener, a client that breaks the protocol would end the program.
  websocket.on('error', console.error);
  websocket.on('message', (data) => console.log('received: %s', data.toString()));
  websocket.send('Good to see you');
});

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of server.clients) websocket.close(1001);
});
