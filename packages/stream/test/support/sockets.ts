/** WebSockets on real sockets, from the npm package `ws`. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { onceEvent } from '@hybi/testkit';
import { WebSocket, WebSocketServer } from 'ws';
import type { ClientOptions, ServerOptions } from 'ws';

export interface TestServer {
  readonly url: string;
  readonly server: WebSocketServer;
  /** A WebSocket that is still connecting. */
  dial(options?: ClientOptions): WebSocket;
  /** An open WebSocket and its peer on the server. */
  connect(options?: ClientOptions): Promise<{ client: WebSocket; peer: WebSocket }>;
  /** The next WebSocket that the server opens. */
  nextPeer(): Promise<WebSocket>;
  /** Cuts off what is left and stops. */
  stop(): Promise<void>;
}

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', ...options });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A peer's failures are not what is tested.
  server.on('connection', (peer) => peer.on('error', () => {}));
  const dial = (clientOptions?: ClientOptions): WebSocket => new WebSocket(url, clientOptions);
  const nextPeer = async (): Promise<WebSocket> => {
    const [peer] = await onceEvent<[WebSocket]>(server, 'connection');
    return peer;
  };
  return {
    url,
    server,
    dial,
    nextPeer,
    async connect(clientOptions) {
      const peerComes = nextPeer();
      const client = dial(clientOptions);
      await onceEvent(client, 'open');
      return { client, peer: await peerComes };
    },
    async stop() {
      const closed = [...server.clients].map((peer) => once(peer, 'close'));
      for (const peer of server.clients) peer.terminate();
      await Promise.all(closed);
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

/** The TCP socket below a WebSocket. */
export function socketOf(websocket: object): Socket {
  return (websocket as { _socket: Socket })._socket;
}

/** The TCP sockets that this process has open, those that listen not counted. */
export function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

/** Waits until no more than `count` TCP sockets are open: handles go a turn after their events. */
export async function socketsGone(count: number): Promise<void> {
  while (openSockets() > count) await new Promise((resolve) => setImmediate(resolve));
}
