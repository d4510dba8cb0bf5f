import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { ClientOptions } from '../../src/index.js';
import { answeringServer, redirectTo, switching } from './answering-server.js';
import type { AnsweringServer, Exchange, ServerOptions } from './answering-server.js';
import type { Client } from './clients.js';
import { record } from './record.js';

export const follow = { followRedirects: true };
/** What is recorded of a connection that is ended when it opens. */
export const opened = [
  ['upgrade', 0],
  ['open', 1],
  ['close', 3, 1006, ''],
];

/** A server that sends everybody on, in turn, and at the end opens. */
export function hops(locations: string[], options?: ServerOptions): Promise<AnsweringServer> {
  return answeringServer((exchange) => {
    const location = locations[exchange.index];
    return location === undefined ? switching(exchange) : redirectTo(location);
  }, options);
}

export interface Outcome {
  events: unknown[][];
  url: string | undefined;
}

/** Dials with redirects followed; an open connection is ended. */
export async function dial(
  WebSocket: Client,
  url: string,
  options: ClientOptions = {},
  prepare: (websocket: InstanceType<Client>) => void = () => {},
): Promise<Outcome> {
  const websocket = new WebSocket(url, [], { ...follow, ...options });
  const { closed } = record(websocket);
  websocket.on('open', () => websocket.terminate());
  prepare(websocket);
  return { events: await closed, url: websocket.url };
}

/** Headers that only one host may know, and one that everybody may. */
export const secrets = {
  Authorization: 'a',
  Cookie: 'c',
  'Proxy-Authorization': 'p',
  Host: 'h.example',
  Custom: 'kept',
};

/** What a request tells of the caller. */
export function told({ headers }: Exchange): Record<string, string | undefined> {
  const { authorization, cookie, 'proxy-authorization': proxy, host, custom } = headers;
  return { authorization, cookie, proxy, host, custom };
}

/** A server on a Unix socket of its own. */
export async function unixSocket(locations: string[]) {
  const directory = await mkdtemp(path.join(tmpdir(), 'client-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = path.join(directory, 'a.sock');
  return { path: file, locations, server: await hops(locations, { path: file }) };
}
