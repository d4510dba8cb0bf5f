/** Servers that redirect, and what clients tell them. */
import type { WebSocket } from 'ws';
import { answeringServer, redirectTo, switching } from './answering-server.js';
import type { AnsweringOptions, AnsweringServer } from './answering-server.js';
import { dialAndEnd } from './client-events.js';
import type { World } from './world.js';

/** A server that sends its clients on, in turn, and at the end opens. */
export function hops(
  world: World,
  locations: readonly string[],
  options: AnsweringOptions = {},
): Promise<AnsweringServer> {
  const answer = (exchange: Parameters<Parameters<typeof answeringServer>[1]>[0]): string => {
    const location = locations[exchange.index];
    return location === undefined ? switching(exchange) : redirectTo(location);
  };
  return answeringServer(world, answer, options);
}

/** Dials with redirects followed, notes what happens, and ends the connection if it opens. */
export async function follow(
  world: World,
  url: string,
  options: object = {},
  prepare?: (client: WebSocket) => void,
): Promise<WebSocket> {
  const client = await dialAndEnd(world, [url, [], { followRedirects: true, ...options }], prepare);
  world.note('url', client.url);
  return client;
}

/** Notes the requests that came to servers. */
export function noteRequests(world: World, ...servers: AnsweringServer[]): void {
  for (const { exchanges } of servers) {
    world.note('requests', ...exchanges.map(({ lines }) => lines));
  }
}

/** Notes, of the requests that came to servers, one header that is secret and one that is not. */
export function noteRedirectedSecrets(world: World, ...servers: AnsweringServer[]): void {
  for (const { target, headers } of servers.flatMap(({ exchanges }) => exchanges)) {
    world.note('sent', target, headers['proxy-authorization'], headers.a);
  }
}

/** Headers that only one host may know, and one that everybody may. */
export const secrets = {
  Authorization: 'secret',
  Cookie: 'secret',
  Host: 'own.test',
  Custom: 'kept',
};
