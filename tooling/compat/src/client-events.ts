/** What a client that dials tells, as notes. */
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { turn } from './manual-socket.js';
import type { World } from './world.js';

/**
 * Notes the events of a client, each with the readyState, and the names of an
 * error's own properties besides.
 *
 * `unexpected-response` and `redirect` are not among them: a listener for one
 * of these changes what happens.
 *
 * @returns resolves a turn after `close`
 */
export function noteEvents(world: World, client: WebSocket): Promise<void> {
  const note = (what: string, ...values: unknown[]): void => {
    world.note(what, client.readyState, ...values);
  };
  client.on('upgrade', (response: IncomingMessage) => note('upgrade', response.statusCode));
  client.on('open', () => note('open', client.protocol, client.extensions));
  client.on('message', (data, isBinary) => note('message', data, isBinary));
  client.on('error', (error) => note('error', error, Object.keys(error)));
  return new Promise((resolve) => {
    client.on('close', (code, reason) => {
      note('close', code, reason);
      void turn().then(resolve);
    });
  });
}

/** Dials, notes the events, and ends the connection if it opens. */
export async function dialAndEnd(
  world: World,
  args: [address: unknown, protocols?: unknown, options?: unknown],
  prepare: (client: WebSocket) => void = () => {},
): Promise<WebSocket> {
  const client = world.client(args[0], args[1], args[2]) as WebSocket;
  const closed = noteEvents(world, client);
  client.on('open', () => client.terminate());
  prepare(client);
  await closed;
  return client;
}
