/**
 * A server of raw sockets that answers opening requests with what the scenario
 * says, byte for byte. In records its port, or its path, has the server's name.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { acceptOf } from './accept.js';
import type { World } from './world.js';

/** A request as it came. */
export interface Exchange {
  /** The lines of its head. */
  readonly lines: readonly string[];
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly socket: net.Socket;
  /** How many came before. */
  readonly index: number;
}

export interface AnsweringServer {
  readonly url: string;
  readonly port: number;
  /** The path of the socket, if it is no TCP server. */
  readonly path: string;
  readonly exchanges: Exchange[];
  /** Resolves once a request has come, if none has yet; `index` picks a later one. */
  request(index?: number): Promise<Exchange>;
  /** Resolves once there is a connection. */
  connected(): Promise<void>;
  /** Resolves once all connections are gone. */
  idle(): Promise<void>;
}

export interface AnsweringOptions {
  readonly tls?: tls.TlsOptions;
  /** Listens on a Unix socket. */
  readonly unix?: boolean;
  /** The name in records. */
  readonly name?: string;
}

/** Starts a server; `answer` returns what is written, or nothing. */
export async function answeringServer(
  world: World,
  answer: (exchange: Exchange) => string | void,
  { tls: tlsOptions, unix = false, name = 'SERVER' }: AnsweringOptions = {},
): Promise<AnsweringServer> {
  const exchanges: Exchange[] = [];
  const sockets = new Set<net.Socket>();
  const server = tlsOptions ? tls.createServer(tlsOptions) : net.createServer();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) server.emit('idle');
    });
  });
  server.on(tlsOptions ? 'secureConnection' : 'connection', (socket: net.Socket) => {
    let received = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const exchange = readHead(received.slice(0, end), socket, exchanges.length);
      received = received.slice(end + 4);
      world.record.hide(exchange.headers['sec-websocket-key'] ?? 'no key', 'KEY');
      exchanges.push(exchange);
      const reply = answer(exchange);
      if (reply !== undefined) socket.write(reply, 'latin1');
      server.emit('exchange');
    });
  });
  world.cleanUp(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const path = unix ? await freePath(world) : '';
  if (unix) server.listen(path);
  else server.listen(0, '127.0.0.1');
  await world.next(server, 'listening');
  const port = unix ? 0 : (server.address() as net.AddressInfo).port;
  if (unix) world.record.hide(path, name);
  else world.record.hide(`:${port}`, `:${name}`);
  return {
    url: unix ? `ws+unix:${path}` : `${tlsOptions ? 'wss://localhost' : 'ws://127.0.0.1'}:${port}`,
    port,
    path,
    exchanges,
    async request(index = 0) {
      while (exchanges[index] === undefined) await world.next(server, 'exchange');
      return exchanges[index];
    },
    async connected() {
      if (sockets.size === 0) await world.next(server, 'connection');
    },
    async idle() {
      while (sockets.size > 0) await world.next(server, 'idle');
    },
  };
}

async function freePath(world: World): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'compat-'));
  world.cleanUp(() => rm(directory, { recursive: true }));
  return join(directory, 'a.sock');
}

function readHead(head: string, socket: net.Socket, index: number): Exchange {
  const lines = head.split('\r\n');
  const headers = lines.slice(1).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const target = lines[0]?.split(' ')[1] ?? '';
  return { lines, target, headers: Object.fromEntries(headers), socket, index };
}

/** The right answer; `changes` adds headers, replaces them or, by null, leaves them out. */
export function switching(
  { headers }: Pick<Exchange, 'headers'>,
  changes: Readonly<Record<string, string | null>> = {},
): string {
  const fields = {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Accept': acceptOf(headers['sec-websocket-key'] ?? ''),
    ...changes,
  };
  return response('101 Switching Protocols', fields);
}

/** A response with these headers and this body. */
export function response(
  status: string,
  headers: Readonly<Record<string, string | null>> = {},
  body = '',
): string {
  const fields = Object.entries(headers).filter(([, value]) => value !== null);
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`;
}

/** A redirect without a body. */
export function redirectTo(location: string, status = '302 Found'): string {
  return response(status, { Location: location, 'Content-Length': '0' });
}
