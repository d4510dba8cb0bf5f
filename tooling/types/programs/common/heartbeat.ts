/** Ends connections that are silent; the flag stands on the WebSocket itself. */
import WebSocket, { WebSocketServer } from 'ws';

interface ExtWebSocket extends WebSocket {
  isAlive: boolean;
}

const server = new WebSocketServer({ port: 8080 });

server.on('connection', (ws: ExtWebSocket) => {
  ws.isAlive = true;
  ws.on('error', console.error);
  ws.on('pong', () => {
    ws.isAlive = true;
  });
});

server.on('connection', (socket, request) => {
  const ws = socket as ExtWebSocket;
  console.log(request.socket.remoteAddress?.length);
  ws.on('pong', function (this: WebSocket) {
    (this as ExtWebSocket).isAlive = true;
  });
});

const interval = setInterval(() => {
  server.clients.forEach((ws) => {
    const client = ws as ExtWebSocket;
    if (!client.isAlive) return client.terminate();
    client.isAlive = false;
    client.ping();
  });
  for (const client of server.clients as Set<ExtWebSocket>) client.isAlive = false;
}, 30_000);

server.on('close', () => clearInterval(interval));

/** The same for a client, with a type of an intersection. */
type Client = WebSocket & { timeout?: NodeJS.Timeout };

function heartbeat(this: Client): void {
  clearTimeout(this.timeout);
  this.timeout = setTimeout(() => this.terminate(), 31_000);
}

const client: Client = new WebSocket('wss://example.com/');
client.on('error', console.error);
client.on('open', heartbeat.bind(client));
client.on('ping', heartbeat.bind(client));
client.on('close', () => clearTimeout(client.timeout));
