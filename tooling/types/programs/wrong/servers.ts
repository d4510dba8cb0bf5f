/** What no compiler should let pass, of servers. */
import { createServer } from 'node:http';
import WebSocket, { WebSocketServer } from 'ws';
import type {
  AddressInfo,
  ServerOptions,
  VerifyClientCallbackAsync,
  VerifyClientCallbackSync,
} from 'ws';

const server = new WebSocketServer({ port: 0 });

new WebSocketServer(8080); // wrong
new WebSocketServer({ port: '8080' }); // wrong
new WebSocketServer({ noSuchOption: true }); // wrong
new WebSocketServer({ port: 0 }, 5); // wrong
new WebSocketServer<typeof Date>({ port: 0 }); // wrong
new WebSocketServer<typeof WebSocket, typeof Date>({ port: 0 }); // wrong
new WebSocketServer({ port: 0, WebSocket: Date }); // wrong
new WebSocketServer({ port: 0, WebSocket: new WebSocket('ws://localhost') }); // wrong
new WebSocketServer({ server: 'http://localhost' }); // wrong

export const options: ServerOptions = {
  host: 5, // wrong
  port: '8080', // wrong
  backlog: '10', // wrong
  server: createServer, // wrong
  verifyClient: true, // wrong
  handleProtocols: () => 5, // wrong
  path: /chat/, // wrong
  noServer: 1, // wrong
  allowSynchronousEvents: 1, // wrong
  autoPong: 'yes', // wrong
  clientTracking: 1, // wrong
  perMessageDeflate: 'yes', // wrong
  maxPayload: '1', // wrong
  maxBufferedChunks: '1', // wrong
  maxFragments: '1', // wrong
  skipUTF8Validation: 'yes', // wrong
  WebSocket: Date, // wrong
};
export const verify: ServerOptions = {
  verifyClient: (_info: unknown, _callback: unknown, _more: unknown) => undefined, // wrong
};
export const sync: VerifyClientCallbackSync = () => 'yes'; // wrong
export const async: VerifyClientCallbackAsync = (_info, callback) => callback('yes'); // wrong
export const info: VerifyClientCallbackSync = ({ noSuchMember }) => noSuchMember; // wrong
export const secure: VerifyClientCallbackSync = (given) => given.secure.length > 0; // wrong

server.on('connection', (ws) => ws.noSuchMember); // wrong
server.on('connection', (_ws, request) => request.noSuchMember); // wrong
server.on('headers', (headers) => headers.toFixed()); // wrong
server.on('error', (error) => error.noSuchMember); // wrong
server.on('wsClientError', (_error, socket) => socket.noSuchMember); // wrong
server.once('connection', (ws) => ws.noSuchMember); // wrong
server.off('connection', (ws) => ws.noSuchMember); // wrong
server.addListener('connection', (ws) => ws.noSuchMember); // wrong
server.removeListener('connection', (ws) => ws.noSuchMember); // wrong
server.on('listening', function () {
  this.noSuchMember; // wrong
});
server.on('connection'); // wrong
server.clients.add('client'); // wrong
for (const client of server.clients) client.noSuchMember; // wrong
server.clients = []; // wrong
server.options.port = '8080'; // wrong
server.address().port; // wrong
export const address: AddressInfo = server.address(); // wrong
export const info2: AddressInfo = { port: 1, family: 'IPv4' }; // wrong
server.close(5); // wrong
server.close((error: string) => error); // wrong
server.shouldHandle(); // wrong
server.handleUpgrade(); // wrong
createServer().on('upgrade', (request, socket, head) => {
  server.handleUpgrade(request, socket, head); // wrong
  server.handleUpgrade(socket, request, head, () => undefined); // wrong
  server.handleUpgrade(request, socket, head, (ws) => ws.noSuchMember); // wrong
});

export class Typed extends WebSocket {
  override close = (code: Date): void => console.log(code); // wrong
  override readyState = 'open'; // wrong
}
export class Server extends WebSocketServer {
  override close = (callback: string): void => console.log(callback); // wrong
}
export const reversed: WebSocket = server; // wrong
