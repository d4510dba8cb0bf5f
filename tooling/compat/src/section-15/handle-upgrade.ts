/** handleUpgrade and what it calls. */
import { Duplex } from 'node:stream';
import { masked } from '../frames.js';
import { ManualSocket, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { answerTo, madeUpRequest, manualServer, upgradeManually } from '../upgrades.js';

const nothing = Buffer.alloc(0);

type Callback = (...args: any[]) => unknown;

export const handleUpgradeScenarios: readonly Scenario[] = [
  {
    title: 'the order of things',
    covers: ['15.handleUpgrade.order', '15.handleUpgrade.guard', '15.events.headers'],
    run(world) {
      const socket = new ManualSocket();
      const note = (what: string): void => {
        const written = socket.take().toString().split('\r\n')[0];
        world.note(what, socket.listenerCount('error'), written, server.clients.size);
      };
      class Own extends world.lib.WebSocket {
        constructor(...args: any[]) {
          super(...(args as [null]));
          note('made');
          this.on('open', () => note('open'));
        }
      }
      const server = manualServer(world, {
        WebSocket: Own,
        perMessageDeflate: true,
        verifyClient: () => note('verifyClient') === undefined,
        handleProtocols: () => note('handleProtocols') ?? 'a',
      });
      server.shouldHandle = () => note('shouldHandle') === undefined;
      server.on('headers', () => note('headers'));
      const headers = { 'Sec-WebSocket-Protocol': 'a' };
      server.handleUpgrade(madeUpRequest({ headers }), socket, nothing, () => note('callback'));
      note('after');
    },
  },
  {
    title: 'a socket that fails before it is attached',
    covers: ['15.handleUpgrade.guard'],
    async run(world) {
      const callbacks: Callback[] = [];
      const server = manualServer(world, {
        verifyClient: (_info: unknown, callback: Callback) => callbacks.push(callback),
      });
      const { socket } = upgradeManually(server, {}, () => world.note('opened'));
      socket.emit('error', new Error('reset'));
      world.note('destroyed', socket.destroyed);
      await turn();
      callbacks[0]?.(true);
      world.note('clients', server.clients.size, socket.take());
    },
  },
  {
    title: 'a socket that is gone already',
    covers: ['15.handleUpgrade.gone'],
    async run(world) {
      for (const spoil of ['destroy', 'end'] as const) {
        const server = manualServer(world);
        const socket = new ManualSocket();
        socket[spoil]();
        server.handleUpgrade(madeUpRequest(), socket, nothing, () => world.note('opened'));
        world.note(spoil, socket.destroyed, socket.take());
        await turn();
      }
    },
  },
  {
    title: 'the same socket twice',
    covers: ['15.handleUpgrade.twice'],
    run(world) {
      const server = manualServer(world);
      const other = manualServer(world);
      const { socket, request } = upgradeManually(server);
      for (const again of [server, other]) {
        world.attempt('again', () => {
          again.handleUpgrade(request, socket, nothing, () => world.note('opened'));
        });
      }
      world.note('clients', server.clients.size, other.clients.size, socket.destroyed);
    },
  },
  {
    title: 'a server that closes while a client is verified',
    covers: ['15.handleUpgrade.closing'],
    run(world) {
      const server = manualServer(world);
      server.options.verifyClient = () => {
        world.note('verified');
        server.close();
        return true;
      };
      const { socket } = upgradeManually(server, {}, () => world.note('opened'));
      world.note('answer', socket.take().toString());
    },
  },
  {
    title: 'bytes that came with the request',
    covers: ['15.handleUpgrade.head'],
    async run(world) {
      const server = manualServer(world);
      const head = Buffer.concat([masked(0x81, 'first'), masked(0x81, 'second').subarray(0, 9)]);
      const { socket } = upgradeManually(
        server,
        {},
        (websocket) => world.watch(websocket, 'websocket', ['message']),
        head,
      );
      world.note('at once');
      await socket.receive(masked(0x81, 'second').subarray(9));
    },
  },
  {
    title: 'a Duplex that has only what a Duplex has',
    covers: ['15.handleUpgrade.duplex'],
    async run(world) {
      const written: Buffer[] = [];
      const duplex = new Duplex({
        read() {},
        write(chunk, _encoding, done) {
          written.push(chunk);
          done();
        },
      });
      const server = manualServer(world);
      server.handleUpgrade(madeUpRequest(), duplex, nothing, (websocket: any) => {
        world.watch(websocket, 'websocket', ['message', 'error', 'close']);
        websocket.on('message', (data: any) => websocket.send(data));
      });
      duplex.push(masked(0x81, 'hi'));
      await turn();
      duplex.push(masked(0x88));
      await turn();
      world.note('wire', Buffer.concat(written).toString('latin1'), duplex.destroyed);
      duplex.push(null);
      await turn();
      world.note('ended', server.clients.size);
    },
  },
  {
    title: 'shouldHandle overridden',
    covers: ['15.shouldHandle.override', '15.handleUpgrade.every'],
    async run(world) {
      const server = await world.server({ path: '/never' });
      const verdicts: unknown[] = [true, 'yes', Promise.resolve(false), false, undefined, 0];
      for (const verdict of verdicts) {
        server.shouldHandle = (request) => {
          world.note('asked', request.url);
          return verdict as boolean;
        };
        const answer = await answerTo(world, server.port, { target: '/any' });
        world.note('answer', answer.split('\r\n')[0]);
      }
    },
  },
  {
    title: 'handleUpgrade and completeUpgrade overridden',
    covers: ['15.handleUpgrade.every', '15.completeUpgrade'],
    async run(world) {
      class Own extends (world.lib.WebSocketServer as any) {
        handleUpgrade(request: any, socket: any, head: Buffer, callback: Callback): void {
          world.note('handleUpgrade', request.url, head, typeof callback);
          super['handleUpgrade'](request, socket, head, callback);
        }
        completeUpgrade(...args: any[]): void {
          const [extensions, key, protocols, request, socket, head, callback, ...more] = args;
          world.note('extensions', Object.keys(extensions), key, protocols, request.url);
          world.note('others', socket === request.socket, head, typeof callback, more);
          super['completeUpgrade'](...(args as []));
        }
      }
      const server: any = new (Own as any)({ port: 0, host: '127.0.0.1', perMessageDeflate: true });
      world.cleanUp(() => server.close());
      await world.next(server, 'listening');
      const headers = {
        'Sec-WebSocket-Protocol': 'a, b',
        'Sec-WebSocket-Extensions': 'permessage-deflate',
      };
      world.note('answer', await answerTo(world, server.address().port, { headers }));
      world.note('refused', await answerTo(world, server.address().port, { method: 'POST' }));
      for (const client of server.clients) client.terminate();
    },
  },
  {
    title: 'no callback',
    covers: ['15.handleUpgrade.order'],
    because: 'The error of a callback that is not there names a variable of the implementation',
    compare: (entries) =>
      entries.map(([what, how, value]) => [
        what,
        how,
        (value as { class?: string } | undefined)?.class ?? value,
      ]),
    run(world) {
      const server = manualServer(world, { path: '/chat' });
      world.attempt('refused', () => {
        return upgradeManually(server, {}, null as any)
          .socket.take()
          .toString();
      });
      for (const callback of [null, 'x']) {
        world.attempt('opened', () =>
          upgradeManually(server, { target: '/chat' }, callback as any),
        );
      }
      world.note('clients', server.clients.size);
    },
  },
];
