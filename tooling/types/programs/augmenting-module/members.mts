/** Members that a program adds to the classes and interfaces of the module. */
import WebSocket, { WebSocket as Named, WebSocketServer } from 'ws';
import type { ClientOptions, MessageEvent, ServerOptions } from 'ws';

declare module 'ws' {
  interface WebSocket {
    isAlive: boolean;
    user?: { name: string };
    // Private to the module, and known to everybody.
    _socket: import('node:net').Socket;
  }
  interface ServerOptions {
    heartbeat?: number | undefined;
  }
  interface ClientOptions {
    retries?: number | undefined;
  }
  interface WebSocketServer {
    room?: string;
  }
}

const ws = new WebSocket('ws://localhost', { retries: 3 });
ws.isAlive = true;
ws._socket.setKeepAlive(true);
const named: Named = ws;
console.log(named.user?.name.length);

const options: ServerOptions = { noServer: true, heartbeat: 10 };
const server: WebSocketServer = new WebSocketServer(options);
console.log(server.room?.length);
server.on('connection', (client) => {
  client.isAlive = client._socket.remoteAddress !== undefined;
});
for (const client of server.clients) client.user = { name: 'somebody' };
ws.onmessage = ({ target }: MessageEvent) => console.log(target.isAlive);
export const retries = ({ retries }: ClientOptions): number => retries ?? 0;
