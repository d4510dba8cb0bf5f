/** Servers and clients on free ports, gone when their test is over. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { rawClient } from '@hybi/testkit';
import type { RawSocket } from '@hybi/testkit';
import { onTestFinished } from 'vitest';
import * as ws from 'ws';
import type { ServerOptions, WebSocketServer } from '../../src/index.js';

export interface Listening<Server = HttpServer> {
  server: Server;
  port: number;
}

/** Starts an HTTP server. */
export async function startHttp<Server extends HttpServer>(
  server: Server = createServer() as Server,
): Promise<Listening<Server>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  });
  return { server, port: (server.address() as AddressInfo).port };
}

export interface RunningServer extends Listening {
  wss: WebSocketServer;
}

/** Starts a WebSocket server on an HTTP server. */
export async function start(
  Server: typeof WebSocketServer,
  options: ServerOptions = {},
  http?: HttpServer,
): Promise<RunningServer> {
  const { server, port } = await startHttp(http);
  return { wss: new Server({ server, ...options }), server, port };
}

/** Starts a WebSocket server with an HTTP server of its own. */
export async function startOnPort(
  Server: typeof WebSocketServer,
  options: ServerOptions = {},
): Promise<{ wss: WebSocketServer; port: number }> {
  const wss = new Server({ port: 0, host: '127.0.0.1', ...options });
  onTestFinished(async () => {
    for (const client of wss.clients ?? []) client.terminate();
    wss.close();
    await once(wss, 'close');
  });
  await once(wss, 'listening');
  return { wss, port: (wss.address() as AddressInfo).port };
}

/** Connects a client of the npm package `ws`. */
export function dial(
  port: number,
  { path = '/', protocols, ...options }: DialOptions = {},
): ws.WebSocket {
  const scheme = options.ca === undefined ? 'ws' : 'wss';
  const client = new ws.WebSocket(`${scheme}://127.0.0.1:${port}${path}`, protocols, options);
  onTestFinished(() => {
    client.on('error', () => {});
    client.terminate();
  });
  return client;
}

interface DialOptions extends ws.ClientOptions {
  path?: string;
  protocols?: string[];
}

/** Connects a client of the npm package `ws` and waits until it is open. */
export async function open(port: number, options?: DialOptions): Promise<ws.WebSocket> {
  const client = dial(port, options);
  await once(client, 'open');
  return client;
}

/** Connects a socket that can say anything. */
export async function connect(port: number): Promise<RawSocket> {
  const socket = await rawClient(port);
  onTestFinished(() => socket.destroy());
  return socket;
}
