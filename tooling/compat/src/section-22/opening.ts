/** Surprises of clients that dial. */
import { answeringServer, redirectTo, response, switching } from '../answering-server.js';
import { noteProgram } from '../installed.js';
import { turn } from '../manual-socket.js';
import { follow, hops } from '../redirecting.js';
import { unsentRequest } from '../requests.js';
import type { Scenario } from '../scenario.js';

const authorization = { headers: { Authorization: 'secret' } };

export const openingScenarios: readonly Scenario[] = [
  {
    title: 'statics after import alone',
    covers: ['22.1'],
    because: 'Section 0: the class of hybi has its statics however it was loaded',
    expected: {
      ws: [['statics', 0, ['undefined', 'undefined'], '']],
      hybi: [['statics', 0, ['function', 'function'], '']],
    },
    run: (world) =>
      noteProgram(
        world,
        'statics',
        `
import WebSocket from 'PACKAGE';
console.log(JSON.stringify([typeof WebSocket.Server, typeof WebSocket.Sender]));`,
      ),
  },
  {
    title: 'a listener for unexpected-response',
    covers: ['22.6'],
    async run(world) {
      const server = await answeringServer(world, () => response('404 Not Found'));
      const client: any = world.client(server.url);
      await world.next(client, 'unexpected-response');
      await turn();
      world.note('state', client.readyState);
      client.on('error', (error: Error) => world.note('error', error));
      const closed = new Promise((resolve) => client.on('close', resolve));
      client.close();
      await closed;
      world.note('state', client.readyState);
    },
  },
  {
    title: 'nobody listens for the error',
    covers: ['22.7'],
    run: (world) =>
      noteProgram(
        world,
        'process',
        `
const WebSocket = require('PACKAGE');
const print = (...values) => console.log(JSON.stringify(values));
process.on('uncaughtException', (error) => {
  print(error.message, client.readyState);
  setImmediate(() => print(client.readyState));
});
const client = new WebSocket('ws://example.test');
client.on('close', () => print('close'));
client.terminate();`,
        { commonjs: true },
      ),
  },
  {
    title: '304 with a Location',
    covers: ['22.16'],
    async run(world) {
      const server = await answeringServer(world, (exchange) =>
        exchange.target === '/' ? redirectTo('/there', '304 Not Modified') : switching(exchange),
      );
      await follow(world, server.url);
    },
  },
  {
    title: 'a redirect listener, and headers for another host',
    covers: ['22.17'],
    async run(world) {
      for (const listens of [true, false]) {
        const target = await hops(world, [], { name: 'TARGET' });
        const server = await hops(world, [target.url]);
        await follow(world, server.url, authorization, (client) => {
          if (listens) client.on('redirect', () => {});
        });
        world.note('sent', target.exchanges[0]?.headers['authorization']);
      }
    },
  },
  {
    title: 'back to the first host',
    covers: ['22.24'],
    async run(world) {
      const other = await answeringServer(world, () => redirectTo(`${first.url}/back`), {
        name: 'OTHER',
      });
      const first = await hops(world, [other.url]);
      await follow(world, first.url, authorization);
      for (const { exchanges } of [first, other]) {
        world.note('sent', ...exchanges.map(({ headers }) => headers['authorization']));
      }
    },
  },
  {
    title: 'handshakeTimeout and the request',
    covers: ['22.19'],
    run(world) {
      for (const handshakeTimeout of [undefined, 5000]) {
        const request: any = unsentRequest(world, 'ws://example.test', { handshakeTimeout });
        world.note('timeout', request.timeout, request.listenerCount('timeout'));
      }
    },
  },
];
