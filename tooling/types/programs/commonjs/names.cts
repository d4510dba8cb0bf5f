/** Every name of the class that the CommonJS module is. */
import http = require('node:http');
import WebSocket = require('ws');

export type Members = [
  WebSocket.AddressInfo,
  WebSocket.CertMeta,
  WebSocket.ClientOptions,
  WebSocket.CloseEvent,
  WebSocket.Data,
  WebSocket.ErrorEvent,
  WebSocket.Event,
  WebSocket.EventListenerOptions,
  WebSocket.FinishRequestCallback,
  WebSocket.MessageEvent,
  WebSocket.PerMessageDeflateOptions,
  WebSocket.RawData,
  WebSocket.Server,
  WebSocket.ServerOptions,
  WebSocket.VerifyClientCallbackAsync,
  WebSocket.VerifyClientCallbackSync,
  WebSocket.WebSocket,
  WebSocket.WebSocketEventMap,
  WebSocket.WebSocketServer,
];
export const members = (given: Members): unknown => given;

const httpServer = http.createServer();
const wss = new WebSocket.Server({ server: httpServer, perMessageDeflate: false });
const server: WebSocket.Server = new WebSocket.WebSocketServer({ noServer: true });
const other: WebSocket.WebSocketServer = wss;
wss.on('connection', (ws: WebSocket, request: http.IncomingMessage) => {
  ws.on('message', (message: WebSocket.RawData, isBinary: boolean) => {
    wss.clients.forEach((client) => {
      if (client !== ws && client.readyState === WebSocket.OPEN) {
        client.send(message, { binary: isBinary });
      }
    });
  });
  ws.send(request.url ?? '');
});
httpServer.on('upgrade', (request, socket, head) => {
  server.handleUpgrade(request, socket, head, (ws) => other.emit('connection', ws, request));
});

const ws: WebSocket = new WebSocket('ws://localhost');
const same: WebSocket.WebSocket = new WebSocket.WebSocket('ws://localhost');
const assigned: WebSocket = same;
export const constants: number[] = [WebSocket.OPEN, WebSocket.WebSocket.OPEN];
export const stream = WebSocket.createWebSocketStream(ws).pipe(process.stdout);
ws.onmessage = (event: WebSocket.MessageEvent) => assigned.send(event.data);

export class MySocket extends WebSocket.WebSocket {
  id = 0;
}
export class MyServer extends WebSocket.Server<typeof MySocket> {
  named = new Map<number, MySocket>();
}
new MyServer({ noServer: true, WebSocket: MySocket }).on('connection', (client) => client.id++);
export interface ChatServer extends WebSocket.Server {
  room: string;
}
export const typed = new WebSocket.Server<typeof MySocket, typeof http.IncomingMessage>();
export const generic: WebSocket.Server<typeof MySocket> = typed;
export type Instance = InstanceType<typeof WebSocket.WebSocketServer>;
export const wssOptions: WebSocket.ServerOptions<typeof MySocket> = { WebSocket: MySocket };

/** Loaded by hand, as in a function that may fail. */
export function load(): typeof WebSocket {
  return require('ws') as typeof import('ws');
}
