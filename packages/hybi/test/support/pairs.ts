/** Connected pairs of one implementation's client and another's server. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import WS, { WebSocketServer as WSServer } from 'ws';
import { WebSocket, WebSocketServer } from '../../src/index.js';

interface Options {
  client?: object;
  server?: object;
}

/** Our client at a server of `ws`. */
export async function ourClient({ client = {}, server = {} }: Options = {}) {
  const wss = new WSServer({ port: 0, ...server });
  await once(wss, 'listening');
  const connection = once(wss, 'connection');
  const ours = new WebSocket(addressOf(wss), client);
  const [[theirs]] = (await Promise.all([connection, once(ours, 'open')])) as [[WS], unknown];
  return { ours, theirs, close: () => closeAll(ours, theirs, wss) };
}

/** A client of `ws` at our server. */
export async function ourServer({ client = {}, server = {} }: Options = {}) {
  const wss = new WebSocketServer({ port: 0, ...server });
  await once(wss, 'listening');
  const connection = once(wss, 'connection');
  const theirs = new WS(addressOf(wss), client);
  const [[ours]] = (await Promise.all([connection, once(theirs, 'open')])) as [
    [WebSocket],
    unknown,
  ];
  return { ours, theirs, close: () => closeAll(ours, theirs, wss) };
}

function addressOf(wss: WSServer | WebSocketServer): string {
  return `ws://127.0.0.1:${(wss.address() as AddressInfo).port}`;
}

async function closeAll(
  ours: WebSocket,
  theirs: WS,
  wss: { close(callback: () => void): void },
): Promise<void> {
  ours.terminate();
  theirs.terminate();
  await new Promise<void>((resolve) => wss.close(resolve));
}
