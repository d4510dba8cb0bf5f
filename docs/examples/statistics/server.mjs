// Sends live figures about this process to a page, to as many browsers as look at it.
//
//   node docs/examples/statistics/server.mjs
//
// Then open http://localhost:8080 in a browser. PORT and HOST say where to listen,
// INTERVAL_MS how often figures are sent.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'hybi';

const intervalMs = Number(process.env.INTERVAL_MS ?? 1000);
const page = readFileSync(new URL('index.html', import.meta.url));

const server = createServer((request, response) => {
  if (request.url !== '/') return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
});
const sockets = new WebSocketServer({ server });

sockets.on('connection', (websocket) => {
  websocket.on('error', console.error);
  console.log('connected');
  websocket.on('close', () => console.log('closed'));
  websocket.send(statistics());
});

const timer = setInterval(() => {
  const text = statistics();
  for (const websocket of sockets.clients) {
    // Old figures are worth nothing: a slow browser misses some instead of queueing them.
    if (websocket.readyState === WebSocket.OPEN && websocket.bufferedAmount === 0)
      websocket.send(text);
  }
}, intervalMs);

function statistics() {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return JSON.stringify({
    uptimeSeconds: Math.round(process.uptime() * 10) / 10,
    connections: sockets.clients.size,
    residentBytes: rss,
    heapBytes: heapUsed,
    externalBytes: external,
    cpuMilliseconds: Math.round((user + system) / 1000),
  });
}

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? 'localhost', () => {
  console.log(`listening on ${server.address().port}`);
});

process.once('SIGTERM', () => {
  clearInterval(timer);
  server.close();
  for (const websocket of sockets.clients) websocket.close(1001);
});
