/** The module as a namespace that can be called, as it was imported before `esModuleInterop`. */
import * as http from 'http';
import * as WebSocket from 'ws';
import { Server, WebSocket as Named, WebSocketServer, createWebSocketStream } from 'ws';
import type { MessageEvent, RawData, ServerOptions } from 'ws';

const server = http.createServer();
const wss = new WebSocket.Server({ server });
wss.on('connection', (ws: WebSocket, request: http.IncomingMessage) => {
  const extended = ws as ExtWebSocket;
  extended.isAlive = true;
  ws.on('pong', () => (extended.isAlive = true));
  ws.on('message', (message: string) => ws.send(`${message} ${request.url}`));
  ws.on('message', (data: RawData) => ws.send(data));
});

interface ExtWebSocket extends WebSocket {
  isAlive: boolean;
}

const client: WebSocket = new WebSocket('ws://localhost');
const options: ServerOptions = { noServer: true };
const servers: Server[] = [new Server(options), new WebSocketServer(options), wss];
const named: Named = new Named('ws://localhost');
client.onmessage = (event: MessageEvent) => createWebSocketStream(named).write(event.data);
server.listen(0, () => console.log(servers.length, (wss.address() as WebSocket.AddressInfo).port));
