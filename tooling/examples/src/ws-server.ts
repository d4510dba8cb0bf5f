/** A server of the npm package `ws`. */
import { on, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { WsPeer } from './ws-peer.js';

export interface WsServer {
  url: string;
  /** The next client, in the order of their arrival. */
  accept(): Promise<WsPeer & { request: IncomingMessage }>;
}

/** Listens on a free port of this machine until the test is over. */
export async function listenWs(options: ServerOptions = {}): Promise<WsServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  onTestFinished(() => {
    for (const websocket of server.clients) websocket.terminate();
    server.close();
  });
  await once(server, 'listening');
  // Each is made as soon as its client comes: messages that nobody listens for are lost.
  const arrived: Awaited<ReturnType<WsServer['accept']>>[] = [];
  server.on('connection', (websocket: WebSocket, request: IncomingMessage) =>
    arrived.push(Object.assign(new WsPeer(websocket), { request })),
  );
  const arrivals = on(server, 'connection');
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    async accept() {
      await arrivals.next();
      return arrived.shift()!;
    },
  };
}
