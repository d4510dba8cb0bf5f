/** A server on an HTTP server, one on an HTTPS server, and what they answer. */
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo as NetAddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { AddressInfo, WebSocket } from 'ws';

const server = http.createServer((request, response) => response.end(request.url));
const wss = new WebSocketServer({ server, path: '/chat' });

wss.on('connection', function connection(ws, req) {
  const ip = req.headers['x-forwarded-for'];
  const key = req.headers['sec-websocket-key']?.toLowerCase();
  ws.on('message', function message(data, isBinary) {
    const answer: string = isBinary ? 'binary' : data.toString();
    this.send(`${answer} ${String(ip)} ${key}`);
  });
});

wss.on('headers', (headers, request) => {
  headers.push('Set-Cookie: a=b', `X-Url: ${request.url?.toUpperCase()}`);
});

wss.on('wsClientError', (error, socket, request) => {
  socket.end(`HTTP/1.1 400 Bad Request\r\n\r\n${error.message}${request.method}`);
});

server.listen(0, () => {
  const address = wss.address();
  if (address === null || typeof address === 'string') return;
  const { port, family, address: host }: AddressInfo = address;
  const same: NetAddressInfo = address;
  console.log(port.toFixed(), family.toLowerCase(), host.length, same.port);
  console.log((wss.address() as AddressInfo).port);
});

const secure = https.createServer({ cert: readFileSync('cert.pem'), key: readFileSync('key.pem') });
const secureWss: WebSocketServer = new WebSocketServer({ server: secure });
secureWss.once('listening', () => console.log('ready'));

/** Closes both, and waits for it. */
export async function close(): Promise<void> {
  const clients: WebSocket[] = [...wss.clients, ...Array.from(secureWss.clients)];
  for (const client of clients) client.close(1001, 'going away');
  await new Promise<void>((resolve, reject) => {
    wss.close((error) => (error ? reject(error) : resolve()));
  });
  wss.close();
}
