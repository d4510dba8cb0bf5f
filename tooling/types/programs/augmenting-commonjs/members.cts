/** Members that a program adds where the module is a class. */
import WebSocket = require('ws');

declare module 'ws' {
  interface WebSocket {
    isAlive: boolean;
  }
  interface ServerOptions {
    heartbeat?: number | undefined;
  }
}

const options: WebSocket.ServerOptions = { noServer: true, heartbeat: 10 };
new WebSocket.Server(options).on('connection', (client) => {
  const socket = client as WebSocket.WebSocket;
  socket.isAlive = true;
});
