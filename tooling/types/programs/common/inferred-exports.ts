/** Exports without a type of their own: the compiler has to be able to write the declaration. */
import WebSocket, { createWebSocketStream, WebSocketServer } from 'ws';
import type { ClientOptions, ServerOptions } from 'ws';

export const socket = new WebSocket('ws://localhost');
export const server = new WebSocketServer({ noServer: true });
export const options = server.options;
export const clients = server.clients;
export const first = [...server.clients][0];
export const address = server.address();
export const deflate = ({ perMessageDeflate }: ServerOptions) => perMessageDeflate;
export const verify = ({ verifyClient }: ServerOptions) => verifyClient;
export const finish = ({ finishRequest }: ClientOptions) => finishRequest;
export const connection = ({ createConnection }: ClientOptions) => createConnection;
export const identity = ({ checkServerIdentity }: ClientOptions) => checkServerIdentity;
export const handler = socket.onmessage;
export const listen = (ws: WebSocket) => ws.on('message', (data) => data);
export const stream = () => createWebSocketStream(socket);
export const send = socket.send.bind(socket);
export const ping = socket.ping.bind(socket);
export const upgrade = server.handleUpgrade.bind(server);
export const addEventListener = socket.addEventListener.bind(socket);
export const on = socket.on.bind(socket);
export const states = { open: WebSocket.OPEN, state: socket.readyState };
export const type = socket.binaryType;
export const classes = { WebSocket, WebSocketServer };
export const arrow = (given: ClientOptions) => ({ ...given, origin: 'https://example.com' });
export class Sub extends WebSocket {
  copy = this.on('open', () => undefined);
}
export const sub = new WebSocketServer({ noServer: true, WebSocket: Sub });
export default class extends WebSocketServer<typeof Sub> {}
