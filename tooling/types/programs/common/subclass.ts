/** Classes that extend those of the module, and a server that makes WebSockets of such a class. */
import { createServer, IncomingMessage } from 'node:http';
import WebSocket, { WebSocketServer } from 'ws';
import type { ClientOptions, RawData, ServerOptions } from 'ws';

export class MySocket extends WebSocket {
  isAlive = true;
  readonly id = Math.random().toString(36);
  user: { name: string } | undefined;

  sendJson(value: unknown): void {
    this.send(JSON.stringify(value), { compress: false }, (error) => {
      if (error) this.emit('error', error);
    });
  }

  override close(code?: number, data?: string | Buffer): void {
    super.close(code ?? 1000, data);
  }
}

export class MyRequest extends IncomingMessage {
  startedAt = Date.now();
}

const server = new WebSocketServer<typeof MySocket>({ WebSocket: MySocket, noServer: true });
server.on('connection', (ws) => {
  ws.isAlive = true;
  ws.sendJson({ id: ws.id });
  ws.on('message', (data: RawData) => ws.sendJson(data.toString()));
});
for (const ws of server.clients) ws.sendJson(ws.isAlive);

const http = createServer({ IncomingMessage: MyRequest });
const typed = new WebSocketServer<typeof MySocket, typeof MyRequest>({
  server: http,
  WebSocket: MySocket,
  verifyClient: ({ req }: { req: MyRequest }) => req.startedAt > 0,
  handleProtocols: (protocols, request) => (request.startedAt > 0 ? [...protocols][0]! : false),
});
typed.on('connection', (ws, request) => ws.sendJson(request.startedAt));
typed.handleUpgrade(new MyRequest(http as never), http as never, Buffer.alloc(0), (ws, request) => {
  ws.sendJson(request.startedAt);
});

/** Dials. */
export class Api extends WebSocket {
  private pending = new Map<number, (value: unknown) => void>();

  constructor(url: string | URL, options?: ClientOptions) {
    super(url, ['api.v1'], options);
    this.on('message', (data) => this.take(data));
    this.once('close', (code, reason) => this.fail(`${code.toFixed()} ${reason.toString('utf8')}`));
    this.onerror = (event) => this.fail(event.message);
  }

  take(data: RawData): void {
    const { id, value } = JSON.parse(data.toString()) as { id: number; value: unknown };
    this.pending.get(id)?.(value);
  }

  fail(reason: string): void {
    this.pending.clear();
    this.emit('failed', reason);
  }
}

export class MyServer extends WebSocketServer {
  constructor(options: ServerOptions) {
    super({ ...options, clientTracking: true }, () => console.log('listening'));
    this.on('connection', this.welcome);
  }

  welcome(ws: WebSocket, request: IncomingMessage): void {
    ws.send(`welcome to ${request.url}`);
  }

  override shouldHandle(request: IncomingMessage): boolean {
    return request.url !== '/forbidden' && super.shouldHandle(request) === true;
  }

  broadcast(text: string): void {
    for (const client of this.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(text);
    }
  }
}

/** A hub for WebSockets of any class. */
export class Hub<T extends typeof WebSocket = typeof WebSocket> {
  readonly server: InstanceType<typeof WebSocketServer<T>>;

  constructor(WebSocketClass: T) {
    this.server = new WebSocketServer<T>({ port: 0, WebSocket: WebSocketClass });
  }
}
new Hub(MySocket).server.on('connection', (ws) => ws.sendJson(1));
