/** Every event of a server, by every method, and every member. */
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ noServer: true });
const log = (...values: unknown[]): void => console.log(...values);

server.on('connection', (ws, request) => log(ws.url, request.url));
server.on('error', (error) => log(error.message));
server.on('headers', (headers, request) => log(headers.length, request.url));
server.on('close', () => log());
server.on('listening', () => log());
server.on('wsClientError', (error, socket, request) => log(error, socket.destroyed, request.url));
server.on('own', (a, b) => log(a, b));

server.once('connection', (ws, request) => log(ws.url, request.url));
server.once('error', (error) => log(error.message));
server.once('headers', (headers, request) => log(headers.length, request.url));
server.once('close', () => log());
server.once('listening', () => log());
server.once('wsClientError', (error, socket, request) => log(error, socket.destroyed, request.url));
server.once('own', (a, b) => log(a, b));

server.off('connection', (ws, request) => log(ws.url, request.url));
server.off('error', (error) => log(error.message));
server.off('headers', (headers, request) => log(headers.length, request.url));
server.off('close', () => log());
server.off('listening', () => log());
server.off('wsClientError', (error, socket, request) => log(error, socket.destroyed, request.url));
server.off('own', (a, b) => log(a, b));

server.addListener('connection', (ws, request) => log(ws.url, request.url));
server.addListener('error', (error) => log(error.message));
server.addListener('headers', (headers, request) => log(headers.length, request.url));
server.addListener('close', () => log());
server.addListener('listening', () => log());
server.addListener('wsClientError', (error, socket) => log(error.stack, socket.destroyed));
server.addListener('own', (a, b) => log(a, b));

server.removeListener('connection', (ws, request) => log(ws.url, request.url));
server.removeListener('error', (error) => log(error.message));
server.removeListener('headers', (headers, request) => log(headers.length, request.url));
server.removeListener('close', () => log());
server.removeListener('listening', () => log());
server.removeListener('wsClientError', (error, socket) => log(error.stack, socket.destroyed));
server.removeListener('own', (a, b) => log(a, b));

server.on('connection', function (this: WebSocketServer, ws) {
  log(this.clients.has(ws), this.clients.size);
});
server.on('listening', function () {
  log(this.address());
});
server.on('close', log).once('headers', log).setMaxListeners(5).on('own', log);
server.emit('connection', [...server.clients][0], undefined, 'more');
server.clients.clear();
log(server.options, server.path, server.address());
server.close();
server.close((error) => log(error?.message));
server.close(() => undefined);

export const handle: WebSocketServer['handleUpgrade'] = (request, socket, head, callback) =>
  server.handleUpgrade(request, socket, head, (ws, upgraded) => callback(ws, upgraded));
