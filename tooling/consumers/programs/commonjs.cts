/** The same in a CommonJS file. */
import WebSocket = require('hybi');

const server: WebSocket.WebSocketServer = new WebSocket.Server({ port: 0 });
server.on('connection', (socket: WebSocket) => socket.close());

export async function sameClass(): Promise<boolean> {
  const imported = await import('hybi');
  const dial = (url: string): WebSocket => new imported.WebSocket(url);
  return dial !== undefined && imported.default === WebSocket;
}
