/** Our classes where a library asks for those of `@types/ws`, and theirs where one asks for ours. */
import type * as ws from 'ws';
import * as hybi from 'hybi';

declare function useServer<T extends ws.WebSocketServer>(server: T): T;
declare function handle(socket: ws.WebSocket, message: ws.RawData): void;
declare function ours(socket: hybi.WebSocket, data: hybi.RawData): void;
declare const theirs: ws.WebSocket;
declare const theirOptions: ws.ServerOptions;
declare const theirClientOptions: ws.ClientOptions;

const socket = new hybi.WebSocket('ws://localhost');
const server = new hybi.WebSocketServer({ noServer: true });
useServer(server).on('connection', (client, request) => client.send(request.url ?? ''));
server.on('connection', (client) => {
  client.on('message', (data) => {
    handle(client, data);
    ours(client, data);
  });
});
server.handleUpgrade(undefined as never, undefined as never, Buffer.alloc(0), (client) => {
  const callback: ws.FinishRequestCallback = (_request, given) => handle(given, []);
  callback(undefined as never, client);
});
ours(theirs, Buffer.alloc(1));
hybi.createWebSocketStream(theirs);
new hybi.WebSocketServer({ ...theirOptions, WebSocket: undefined });
new hybi.WebSocket('ws://localhost', theirClientOptions);

export const event: ws.MessageEvent = { type: 'message', target: socket, data: '' };
export const events: ws.CloseEvent[] = [] as hybi.CloseEvent[];
export const verify: ws.VerifyClientCallbackAsync = (() =>
  undefined) as hybi.VerifyClientCallbackAsync;
export const map = new Map<string, ws.WebSocket>([['ours', socket]]);
export const set: Set<ws.WebSocket> = server.clients;
export const address: ws.AddressInfo = server.address() as hybi.AddressInfo;
