import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A request as it came, and the socket that it came on. */
export interface Exchange {
  /** The request's head, to the letter. */
  head: string;
  method: string;
  target: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  socket: Socket;
  /** How many came before. */
  index: number;
}

export interface AnsweringServer {
  readonly port: number;
  readonly url: string;
  readonly exchanges: Exchange[];
  readonly sockets: Set<Socket>;
  /** Resolves with the next request. */
  request(): Promise<Exchange>;
  /** Resolves once no connection is left. */
  idle(): Promise<void>;
  /** Cuts all connections off and stops listening; else the end of the test does. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  tls?: TlsOptions;
  /** The path of a Unix socket to listen on; default: a free port. */
  path?: string;
}

/** A server over `node:net` that says what it is told; it ends with the test. */
export async function answeringServer(
  answer: (exchange: Exchange) => string | void,
  { tls, path }: ServerOptions = {},
): Promise<AnsweringServer> {
  const exchanges: Exchange[] = [];
  const sockets = new Set<Socket>();
  const server = tls ? createTlsServer(tls) : createServer();
  const waiting: ((exchange: Exchange) => void)[] = [];

  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('close', () => {
        sockets.delete(socket);
        server.emit('idle?');
      });
  });
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    let received = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const exchange = parse(received.slice(0, end), socket, exchanges.length);
      received = received.slice(end + 4);
      exchanges.push(exchange);
      const response = answer(exchange);
      if (response !== undefined) socket.write(response, 'latin1');
      waiting.shift()?.(exchange);
    });
  });
  await once(path === undefined ? server.listen(0, '127.0.0.1') : server.listen(path), 'listening');
  const port = path === undefined ? (server.address() as AddressInfo).port : 0;

  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    for (const socket of sockets) socket.destroy();
    await once(server.close(), 'close');
  };
  onTestFinished(stop);

  return {
    port,
    url: `${tls ? 'wss' : 'ws'}://${tls ? 'localhost' : '127.0.0.1'}:${port}`,
    exchanges,
    sockets,
    request: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    idle: async () => {
      while (sockets.size > 0) await once(server, 'idle?');
    },
    stop,
  };
}

function parse(head: string, socket: Socket, index: number): Exchange {
  const [start = '', ...lines] = head.split('\r\n');
  const [method = '', target = ''] = start.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { head, method, target, headers, socket, index };
}

/** Written out here once more: a test must not ask the code that it tests. */
function acceptFor(key: string | undefined): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** The right answer to a request; `changes` adds headers, replaces them or, by null, leaves them out. */
export function switching(
  { headers }: Exchange,
  changes: Record<string, string | null> = {},
): string {
  const lines = Object.entries({
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Accept': acceptFor(headers['sec-websocket-key']),
    ...changes,
  }).filter(([, value]) => value !== null);
  return response('101 Switching Protocols', Object.fromEntries(lines));
}

/** A whole HTTP response. */
export function response(
  status: string,
  headers: Record<string, string | null> = {},
  body = '',
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`;
}

/** A redirect without a body. */
export function redirectTo(location: string, status = '302 Found'): string {
  return response(status, { Location: location, 'Content-Length': '0' });
}
