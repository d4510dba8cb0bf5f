/** Opening requests to a server of the implementation, and what it answers. */
import type { IncomingMessage } from 'node:http';
import type { WebSocketServer } from 'ws';
import { ManualSocket } from './manual-socket.js';
import type { RawPeer, World } from './world.js';

/** What makes a request differ from one that nothing is wrong with. */
export interface RequestChanges {
  readonly method?: string;
  readonly target?: string;
  /** By name as it is sent; null leaves the header out, a list sends it several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | null>>;
}

const plainHeaders = {
  Host: 'example.test',
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
};

/** A request as text. */
export function openingRequest(changes: RequestChanges = {}): string {
  const { method = 'GET', target = '/' } = changes;
  const lines = Object.entries({ ...plainHeaders, ...changes.headers }).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${name}: ${each}\r\n`),
  );
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** All that is answered on a connection of its own: the head of a 101, or all until the end. */
export async function answerTo(
  world: World,
  port: number,
  changes: RequestChanges = {},
): Promise<string> {
  const peer = await world.tcp(port, openingRequest(changes));
  return answerOn(peer);
}

/** The same for a request that was sent. */
export async function answerOn(peer: RawPeer): Promise<string> {
  const bytes = await peer.read((seen, { ended }) => ended || isSwitching(seen));
  return bytes.toString();
}

function isSwitching(bytes: Buffer): boolean {
  return bytes.includes('HTTP/1.1 101 ') && bytes.includes('\r\n\r\n');
}

/** A request that no HTTP server has seen; header names become lower-case. */
export function madeUpRequest(changes: RequestChanges = {}): IncomingMessage {
  const { method = 'GET', target = '/' } = changes;
  const headers = Object.entries({ ...plainHeaders, ...changes.headers })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return { method, url: target, headers: Object.fromEntries(headers), socket: {} } as never;
}

/** A server whose options and arguments may be anything. */
export type ManualServer = Omit<WebSocketServer, 'handleUpgrade' | 'options'> & {
  handleUpgrade(...args: any[]): void;
  options: any;
};

/** A server that upgrades are handed to. */
export function manualServer(world: World, options: object = {}): ManualServer {
  const server = new world.lib.WebSocketServer({ noServer: true, ...options });
  world.cleanUp(() => {
    for (const client of server.clients ?? []) client.terminate();
    server.close();
  });
  return server;
}

/** Hands a request over, on a socket that the scenario holds in its hands. */
export function upgradeManually(
  server: ManualServer,
  changes: RequestChanges = {},
  callback: (...args: any[]) => void = () => {},
  head: Buffer = Buffer.alloc(0),
): { socket: ManualSocket; request: IncomingMessage } {
  const socket = new ManualSocket();
  const request = madeUpRequest(changes);
  server.handleUpgrade(request, socket, head, callback);
  return { socket, request };
}
