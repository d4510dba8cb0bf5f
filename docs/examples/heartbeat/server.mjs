// Finds connections that broke without a word, and cuts them off: who has not answered
// the last ping when it is time for the next one is gone.
//
//   node docs/examples/heartbeat/server.mjs
//
// PORT and HOST say where to listen, INTERVAL_MS how long it waits from ping to ping.

import { WebSocketServer } from 'hybi';

const intervalMs = Number(process.env.INTERVAL_MS ?? 30_000);
const server = new WebSocketServer({
  host: process.env.HOST ?? 'localhost',
  port: Number(process.env.PORT ?? 8080),
});

server.on('connection', (websocket, request) => {
  const { remotePort } = request.socket;
  console.log(`connected: ${remotePort}`);

  websocket.isAlive = true;
  websocket.on('pong', () => {
    websocket.isAlive = true;
  });
  websocket.on('error', console.error);
  websocket.on('close', (code) => console.log(`closed: ${remotePort}, ${code}`));
});

const timer = setInterval(() => {
  for (const websocket of server.clients) {
    if (!websocket.isAlive) {
      // `close` would wait for an answer that does not come.
      websocket.terminate();
      continue;
    }
    websocket.isAlive = false;
    websocket.ping();
  }
}, intervalMs);

server.on('close', () => clearInterval(timer));
server.on('listening', () => console.log(`listening on ${server.address().port}`));

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of server.clients) websocket.close(1001);
});
