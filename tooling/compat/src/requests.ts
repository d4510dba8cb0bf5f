/** What a client asks, seen on a socket of the scenario's. */
import type { ClientRequest, RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { ManualSocket, dialManually, turn } from './manual-socket.js';
import type { World } from './world.js';

/** The lines of the request that comes of these arguments. */
export async function requestLines(
  world: World,
  options: object = {},
  protocols: string[] = [],
  address: string | URL = 'ws://example.test',
): Promise<string[]> {
  return linesOf(world, dialManually(world, options, protocols, address).socket);
}

/** As {@link requestLines}, with the arguments after the address as they are. */
export function requestOf(world: World, second?: unknown, third?: unknown): Promise<string[]> {
  const socket = new ManualSocket();
  const createConnection = (): Duplex => socket;
  const isOptions = typeof second === 'object' && second !== null && !Array.isArray(second);
  if (isOptions) world.client('ws://example.test', { createConnection, ...second }, third);
  else world.client('ws://example.test', second, { createConnection, ...(third as object) });
  return linesOf(world, socket);
}

async function linesOf(world: World, socket: ManualSocket): Promise<string[]> {
  await turn();
  const head = socket.take().toString('latin1');
  const key = /^sec-websocket-key: (.*)\r$/im.exec(head)?.[1];
  if (key !== undefined) world.record.hide(key, 'KEY');
  return head.trimEnd().split('\r\n');
}

/** One line of a request by the name of its header. */
export function line(lines: readonly string[], name: string): string | undefined {
  return lines.find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
}

/** Options whose connection is refused at once, and what they were called with. */
export function seeConnection(): { seen: RequestOptions[]; createConnection: () => never } {
  const seen: RequestOptions[] = [];
  const createConnection = (options: RequestOptions): never => {
    seen.push(options);
    throw new Error('no connection here');
  };
  return { seen, createConnection: createConnection as () => never };
}

/** The request that a client makes, which is not sent. */
export function unsentRequest(world: World, address: unknown, options: object): ClientRequest {
  let made: ClientRequest | undefined;
  const finishRequest = (request: ClientRequest): void => {
    made = request;
  };
  const createConnection = (): Duplex => new ManualSocket();
  world.client(address, [], { createConnection, finishRequest, ...options });
  if (made === undefined) throw new Error('finishRequest was not called');
  return made;
}
