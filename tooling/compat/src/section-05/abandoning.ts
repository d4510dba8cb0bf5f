/** `close` and `terminate` while CONNECTING. */
import * as net from 'node:net';
import type { WebSocket } from 'ws';
import { answeringServer, redirectTo, response, switching } from '../answering-server.js';
import type { AnsweringServer } from '../answering-server.js';
import { noteEvents } from '../client-events.js';
import { dialManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** Dials, and calls `act` in one state of the opening handshake. */
type Reach = (world: World, act: (client: WebSocket) => void) => Promise<AnsweringServer>;

const states: [name: string, reach: Reach][] = [
  [
    'while TCP connects',
    async (world, act) => {
      const server = await answeringServer(world, () => {});
      act(world.client(server.url));
      return server;
    },
  ],
  [
    'while the name is looked up',
    async (world, act) => {
      const server = await answeringServer(world, () => {});
      const url = server.url.replace('127.0.0.1', 'name.invalid');
      const callback: any = await new Promise((resolve) => {
        const lookup = (...args: unknown[]): void => resolve(args[2]);
        const client = world.client(url, [], { lookup });
        setImmediate(() => act(client));
      });
      setImmediate(callback, null, [{ address: '127.0.0.1', family: 4 }]);
      return server;
    },
  ],
  [
    'while TLS shakes hands',
    async (world, act) => {
      const server = await answeringServer(world, () => {});
      const client = world.client(server.url.replace('ws:', 'wss:'));
      await server.connected();
      act(client);
      return server;
    },
  ],
  [
    'when the request was sent',
    async (world, act) => {
      const server = await answeringServer(world, () => {});
      const client = world.client(server.url);
      await server.request();
      act(client);
      return server;
    },
  ],
  [
    'when the answer has begun',
    async (world, act) => {
      const server = await answeringServer(world, () => 'HTTP/1.1 101 Switching');
      const createConnection = (): net.Socket => {
        const socket = net.connect(server.port, '127.0.0.1');
        return socket.on('data', () => act(client));
      };
      const client = world.client(server.url, [], { createConnection });
      return server;
    },
  ],
  [
    'in finishRequest',
    async (world, act) => {
      const server = await answeringServer(world, () => {});
      const finishRequest = (request: any, client: any): void => {
        setImmediate(() => request.end());
        act(client);
      };
      world.client(server.url, [], { finishRequest });
      return server;
    },
  ],
  [
    'in a listener of redirect',
    async (world, act) => {
      const server = await answeringServer(world, () => redirectTo('/'));
      const client = world.client(server.url, [], { followRedirects: true });
      client.on('redirect', () => act(client));
      return server;
    },
  ],
  [
    'in a listener of unexpected-response',
    async (world, act) => {
      const server = await answeringServer(world, () => response('401 x', {}, 'endless'));
      const client = world.client(server.url);
      client.on('unexpected-response', () => act(client));
      return server;
    },
  ],
  [
    'in a listener of upgrade',
    async (world, act) => {
      const server = await answeringServer(world, switching);
      const client = world.client(server.url);
      client.on('upgrade', () => act(client));
      return server;
    },
  ],
];

function abandon(method: 'close' | 'terminate', reach: Reach): Scenario['run'] {
  return async (world) => {
    const server = await new Promise<AnsweringServer>((resolve) => {
      let closed: Promise<void> | undefined;
      const started = reach(world, (client) => {
        closed = noteEvents(world, client);
        client[method]();
        world.note(method, client.readyState);
        client.close(4999, 'late');
        client.terminate();
        process.nextTick(() => world.note('next tick'));
        void closed.then(async () => {
          world.note('at last', client.readyState, client.bufferedAmount);
          resolve(await started);
        });
      });
    });
    await server.idle();
  };
}

export const abandoningScenarios: readonly Scenario[] = [
  ...states.flatMap(([name, reach]) =>
    (['close', 'terminate'] as const).map((method) => ({
      title: `${method}() ${name}`,
      covers: ['5.early.state', '5.early.error', '5.early.aborted', '5.failed.states'],
      run: abandon(method, reach),
    })),
  ),
  {
    title: 'close with a code that is none',
    covers: ['5.early.state', '5.early.error'],
    async run(world) {
      const { websocket } = dialManually(world);
      const closed = noteEvents(world, websocket);
      world.attempt('close', () => websocket.close(1, 'x'.repeat(200)));
      await closed;
    },
  },
  {
    title: 'send, ping and pong before and after it is given up',
    covers: ['5.early.state', '5.early.error'],
    async run(world) {
      const { websocket } = dialManually(world);
      const closed = noteEvents(world, websocket);
      const callback = (error?: Error): void => world.note('callback', error);
      for (const method of ['send', 'ping', 'pong'] as const) {
        world.attempt(method, () => (websocket as any)[method]('x', callback));
      }
      websocket.terminate();
      for (const method of ['send', 'ping', 'pong'] as const) {
        world.attempt(method, () => (websocket as any)[method]('x', callback));
      }
      await closed;
    },
  },
  {
    title: 'the order of close and of what waits for the next tick',
    covers: ['5.early.error'],
    async run(world) {
      const { websocket } = dialManually(world);
      process.nextTick(() => world.note('a tick before'));
      const closed = noteEvents(world, websocket);
      websocket.close();
      process.nextTick(() => world.note('a tick after'));
      await closed;
    },
  },
];
