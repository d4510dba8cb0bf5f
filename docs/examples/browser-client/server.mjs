// Serves a page whose script talks to this server with the WebSocket of the browser.
// In a browser hybi is not needed: index.html, in the same folder, is the whole client.
//
//   node docs/examples/browser-client/server.mjs
//
// Then open http://localhost:8080 in a browser. PORT and HOST say where to listen.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { WebSocketServer } from 'hybi';

const page = readFileSync(new URL('index.html', import.meta.url));

const server = createServer((request, response) => {
  if (request.url !== '/') return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
});
const sockets = new WebSocketServer({ server, path: '/socket', maxPayload: 64 * 1024 });

sockets.on('connection', (websocket) => {
  websocket.on('error', console.error);

  // Text comes to the page as a string, bytes as an ArrayBuffer.
  websocket.send('Welcome');
  websocket.send(Uint8Array.of(104, 121, 98, 105));
  websocket.on('message', (data, isBinary) => {
    console.log(isBinary ? `${data.length} bytes` : `text: ${data}`);
    websocket.send(data, { binary: isBinary });
  });
  websocket.on('close', (code, reason) => console.log(`closed: ${code} ${reason}`));
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? 'localhost', () => {
  console.log(`listening on ${server.address().port}`);
});

process.once('SIGTERM', () => {
  server.close();
  for (const websocket of sockets.clients) websocket.close(1001, 'Until later');
});
