/** The option verifyClient. */
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { manualServer, upgradeManually } from '../upgrades.js';

type Callback = (...args: any[]) => unknown;

export const verifyClientScenarios: readonly Scenario[] = [
  {
    title: 'what it is told',
    covers: ['15.verifyClient.info', '15.verifyClient.origin', '15.verifyClient.sync'],
    run(world) {
      const server = manualServer(world);
      server.options.verifyClient = function (this: unknown, info: any, ...more: unknown[]) {
        const { req, ...others } = info;
        world.note('info', Object.keys(info), others, req.url, more, this === server.options);
        return true;
      } as any;
      const origins = { Origin: 'http://13.test', 'Sec-WebSocket-Origin': 'http://8.test' };
      for (const headers of [
        {},
        origins,
        { ...origins, 'Sec-WebSocket-Version': '8' },
        { Origin: 'null' },
        { Origin: 'http://13.test', 'Sec-WebSocket-Version': '8' },
        { ...origins, 'Sec-WebSocket-Version': '0x08' },
      ]) {
        upgradeManually(server, { headers, target: '/a' });
      }
    },
  },
  {
    title: 'sockets that are secure',
    covers: ['15.verifyClient.secure'],
    run(world) {
      const server = manualServer(world);
      for (const socket of [{}, { authorized: true }, { encrypted: 1 }, { authorized: false }]) {
        server.options.verifyClient = ({ req, secure }: any) => {
          world.note('secure', secure, req.socket);
          return true;
        };
        server.shouldHandle = (request) => {
          (request as any).socket = socket;
          return true;
        };
        upgradeManually(server);
      }
    },
  },
  {
    title: 'what it returns, and how many parameters it has',
    covers: ['15.verifyClient.sync', '15.verifyClient.length'],
    run(world) {
      const server = manualServer(world);
      const verifiers: Callback[] = [
        () => true,
        () => 'yes',
        () => 0,
        async () => false,
        (...args: unknown[]) => world.note('rest', args.length) === undefined,
        (_a: unknown, _b: unknown, _c: unknown) => world.note('three', typeof _b) === undefined,
        (_a: unknown, _b?: unknown) => world.note('optional', typeof _b) === undefined,
        (_a: unknown, _b = 1) => world.note('default', _b) === undefined,
      ];
      for (const verifyClient of verifiers) {
        server.options.verifyClient = verifyClient as any;
        const { socket } = upgradeManually(server, {}, () => world.note('opened'));
        world.note('answer', verifyClient.length, socket.take().toString().split('\r\n')[0]);
      }
    },
  },
  {
    title: 'calling back at once, later, and twice',
    covers: ['15.verifyClient.callback'],
    async run(world) {
      const callbacks: Callback[] = [];
      const server = manualServer(world, {
        verifyClient: (_info: unknown, callback: Callback) => callbacks.push(callback),
      });
      const { socket } = upgradeManually(server, {}, () => world.note('opened'));
      world.note('asked', callbacks.length, callbacks[0]?.length, socket.take(), server.clients);
      await turn();
      world.attempt('call back', () => callbacks[0]?.(true));
      world.note('answer', socket.take().toString(), server.clients.size);
      world.attempt('once more', () => callbacks[0]?.(true));

      const refused = upgradeManually(server);
      callbacks[1]?.(false);
      world.note('refused', refused.socket.take().toString());
      await turn();
      world.attempt('and yet', () => callbacks[1]?.(true));
      world.note('wire', refused.socket.take().toString(), refused.socket.destroyed);

      const truthy = upgradeManually(server, {}, () => world.note('opened'));
      callbacks[2]?.('yes', 403, 'ignored');
      world.note('truthy', truthy.socket.take().toString());
    },
  },
  {
    title: 'a client that leaves meanwhile',
    covers: ['15.verifyClient.callback', '15.handleUpgrade.gone'],
    async run(world) {
      for (const leave of ['receiveEnd', 'destroy'] as const) {
        const callbacks: Callback[] = [];
        const server = manualServer(world, {
          verifyClient: (_info: unknown, callback: Callback) => callbacks.push(callback),
        });
        const { socket } = upgradeManually(server, {}, () => world.note('opened'));
        socket.resume();
        await socket[leave]();
        await turn();
        world.attempt('call back', () => callbacks[0]?.(true));
        world.note('socket', socket.destroyed, socket.take(), server.clients.size);
      }
    },
  },
  {
    title: 'one that throws',
    covers: ['15.verifyClient.sync'],
    run(world) {
      const server = manualServer(world, {
        verifyClient() {
          throw new Error('no idea');
        },
      });
      world.attempt('upgrade', () => upgradeManually(server));
    },
  },
];
