/** Upgrades that the program handles itself: two servers behind one HTTP server. */
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

const servers = new Map<string, WebSocketServer>([
  ['/foo', new WebSocketServer({ noServer: true })],
  ['/bar', new WebSocketServer({ noServer: true, perMessageDeflate: false })],
]);

interface User {
  name: string;
}

declare function authenticate(
  request: IncomingMessage,
  done: (error: Error | null, user?: User) => void,
): void;

const users = new WeakMap<WebSocket, User>();
const http = createServer();

http.on('upgrade', (request, socket, head) => {
  const onError = (error: Error): void => console.error(error);
  socket.on('error', onError);
  authenticate(request, (error, user) => {
    const { pathname } = new URL(request.url ?? '/', 'ws://localhost');
    const wss = servers.get(pathname);
    if (error || user === undefined || wss === undefined || !wss.shouldHandle(request)) {
      socket.write('HTTP/1.1 401 Unauthorized\r\n\r\n');
      socket.destroy();
      return;
    }
    socket.removeListener('error', onError);
    wss.handleUpgrade(request, socket, head, (ws, upgraded) => {
      users.set(ws, user);
      wss.emit('connection', ws, upgraded, user);
    });
  });
});

servers.get('/foo')?.on('connection', (ws: WebSocket, request: IncomingMessage, user: User) => {
  ws.on('message', (data) => console.log(`${user.name}: ${data.toString()} at ${request.url}`));
});

/** As a promise. */
export function accept(
  wss: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<WebSocket> {
  return new Promise((resolve) => wss.handleUpgrade(request, socket, head, resolve));
}
