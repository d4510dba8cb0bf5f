/** Every event of a WebSocket, by every method. */
import WebSocket from 'ws';

const ws = new WebSocket('ws://localhost');
const log = (...values: unknown[]): void => console.log(...values);

ws.on('close', (code, reason) => log(code.toFixed(), reason.toString('hex')));
ws.on('error', (error) => log(error.message));
ws.on('upgrade', (request) => log(request.headers['server'], request.statusCode));
ws.on('message', (data, isBinary) => log(data.toString(), isBinary === true));
ws.on('open', () => log());
ws.on('ping', (data) => log(data.readUInt8(0)));
ws.on('pong', (data) => log(data.readUInt8(0)));
ws.on('redirect', (url, request) => log(url.length, request.path));
ws.on('unexpected-response', (request, response) => log(request.path, response.statusCode));
ws.on('own', (a, b, c) => log(a, b, c));
ws.on(Symbol('own'), (...values) => log(...values));

ws.once('close', (code, reason) => log(code.toFixed(), reason.toString('hex')));
ws.once('error', (error) => log(error.message));
ws.once('upgrade', (request) => log(request.headers['server'], request.statusCode));
ws.once('message', (data, isBinary) => log(data.toString(), isBinary === true));
ws.once('open', () => log());
ws.once('ping', (data) => log(data.readUInt8(0)));
ws.once('pong', (data) => log(data.readUInt8(0)));
ws.once('redirect', (url, request) => log(url.length, request.path));
ws.once('unexpected-response', (request, response) => log(request.path, response.statusCode));
ws.once('own', (a, b, c) => log(a, b, c));

ws.off('close', (code, reason) => log(code.toFixed(), reason.toString('hex')));
ws.off('error', (error) => log(error.message));
ws.off('upgrade', (request) => log(request.headers['server'], request.statusCode));
ws.off('message', (data, isBinary) => log(data.toString(), isBinary === true));
ws.off('open', () => log());
ws.off('ping', (data) => log(data.readUInt8(0)));
ws.off('pong', (data) => log(data.readUInt8(0)));
ws.off('redirect', (url, request) => log(url.length, request.path));
ws.off('unexpected-response', (request, response) => log(request.path, response.statusCode));
ws.off('own', (a, b, c) => log(a, b, c));

ws.addListener('close', (code, reason) => log(code.toFixed(), reason.toString('hex')));
ws.addListener('error', (error) => log(error.message));
ws.addListener('upgrade', (request) => log(request.headers['server'], request.statusCode));
ws.addListener('message', (data, isBinary) => log(data.toString(), isBinary === true));
ws.addListener('open', () => log());
ws.addListener('ping', (data) => log(data.readUInt8(0)));
ws.addListener('pong', (data) => log(data.readUInt8(0)));
ws.addListener('redirect', (url, request) => log(url.length, request.path));
ws.addListener('unexpected-response', (request, response) =>
  log(request.path, response.statusCode),
);
ws.addListener('own', (a, b, c) => log(a, b, c));

ws.removeListener('close', (code, reason) => log(code.toFixed(), reason.toString('hex')));
ws.removeListener('error', (error) => log(error.message));
ws.removeListener('upgrade', (request) => log(request.headers['server'], request.statusCode));
ws.removeListener('message', (data, isBinary) => log(data.toString(), isBinary === true));
ws.removeListener('open', () => log());
ws.removeListener('ping', (data) => log(data.readUInt8(0)));
ws.removeListener('pong', (data) => log(data.readUInt8(0)));
ws.removeListener('redirect', (url, request) => log(url.length, request.path));
ws.removeListener('unexpected-response', (request, response) => log(request.path, response));
ws.removeListener('own', (a, b, c) => log(a, b, c));

// `this`, in the functions that have one.
ws.on('message', function (this: WebSocket, data) {
  this.send(data.toString());
});
ws.on('close', function (code) {
  this.removeAllListeners('message');
  log(this.readyState, code.toFixed());
});
ws.once('open', function open() {
  this.send('hello');
});
ws.off('open', function () {
  log(this.url);
});
ws.addListener('message', function (this: { other: string }, data) {
  log(this.other, data);
});
ws.removeListener('own', function (this: Date) {
  log(this.getTime());
});

// Functions that are declared elsewhere, with fewer and other parameters.
function onMessage(data: Buffer): void {
  log(data.length);
}
const onClose = async (code: number): Promise<void> => log(await Promise.resolve(code));
ws.on('message', onMessage).once('close', onClose).off('message', onMessage);
ws.on('message', log).on('own', onMessage).setMaxListeners(20).on('open', log);
ws.removeListener('message', onMessage).removeListener('close', onClose).removeAllListeners();
const name: string = 'any';
ws.on(name, log).once(name, log).off(name, log);

// What comes from EventEmitter.
ws.emit('message', Buffer.alloc(1), false);
ws.prependListener('message', (data) => log(data)).prependOnceListener('open', () => log());
const listeners: Function[] = [...ws.listeners('message'), ...ws.rawListeners('open')];
const names: (string | symbol)[] = ws.eventNames();
log(ws.listenerCount('message').toFixed(), ws.getMaxListeners(), listeners, names);
