/** The members of the classes, where `require` brings them. */
import WebSocket = require('ws');

const { Server, WebSocketServer, createWebSocketStream, CONNECTING, CLOSING, CLOSED } = WebSocket;
const server = new Server({ port: 0 }, () => console.log('listening'));
new WebSocketServer({ server: undefined, noServer: true }).close();
console.log(CONNECTING, CLOSING, CLOSED, createWebSocketStream.length, server.path);

const options: WebSocket.ClientOptions = {
  headers: { cookie: 'a=b' },
  finishRequest: (request, websocket) => {
    websocket.on('open', () => request.end());
  },
};
const deflate: WebSocket.PerMessageDeflateOptions = { zlibDeflateOptions: { level: 9 } };
const ws = new WebSocket('ws://localhost', ['a'], { ...options, perMessageDeflate: deflate });
ws.on('message', function (this: WebSocket, data: WebSocket.Data) {
  this.send(data);
});
ws.addEventListener('close', (event) => console.log(event.code, event.target === ws));
const verify: WebSocket.VerifyClientCallbackSync = (info) => info.origin !== '' && info.secure;
server.options.verifyClient = verify;
const sockets = new Map<string, WebSocket>([['first', ws]]);
for (const [, socket] of sockets) socket.terminate();
export = sockets;
