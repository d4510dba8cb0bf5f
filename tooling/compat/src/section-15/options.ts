/** The options object: its defaults, when it is read, and what is handed to connections. */
import { EventEmitter } from 'node:events';
import * as http from 'node:http';
import { masked } from '../frames.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { answerTo, manualServer, upgradeManually } from '../upgrades.js';
import type { World } from '../world.js';

const deflate = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };

/** The WebSocket that a server with these options makes, and its socket. */
function accepted(world: World, options: object): { websocket: any; socket: any } {
  const made: any[] = [];
  const { socket } = upgradeManually(manualServer(world, options), {}, (websocket) => {
    made.push(websocket);
  });
  socket.take();
  world.watch(made[0], 'websocket', ['message', 'ping', 'error', 'close']);
  return { websocket: made[0], socket };
}

export const optionScenarios: readonly Scenario[] = [
  {
    title: 'the shape of the class',
    covers: ['15.emitter', '15.members'],
    run(world) {
      const { WebSocketServer } = world.lib;
      world.note('class', WebSocketServer.name, WebSocketServer.length);
      world.note('emitter', WebSocketServer.prototype instanceof EventEmitter);
      const server: any = manualServer(world);
      world.note('clients', server.clients);
      for (const name of [
        ...['options', 'address', 'close', 'handleUpgrade', 'shouldHandle', 'completeUpgrade'],
        'path',
      ]) {
        world.note(name, name in server, typeof server[name], server[name]?.length);
      }
    },
  },
  {
    title: 'the defaults',
    covers: ['15.options', '15.options.defaults', '15.perMessageDeflate'],
    run(world) {
      const given = { noServer: true, maxPayload: 5, own: 'kept' };
      const { options } = new world.lib.WebSocketServer(given);
      const { WebSocket: Class, ...others } = options;
      world.note('options', Object.keys(options), others);
      world.note('class', Class === world.lib.WebSocket);
      world.note('given', given, Object.is(options, given));
    },
  },
  {
    title: 'options that are undefined, null or inherited',
    covers: ['15.options', '15.options.defaults'],
    run(world) {
      const inherited = Object.assign(Object.create({ path: '/inherited' }), { noServer: true });
      world.note('inherited', new world.lib.WebSocketServer(inherited).options.path);
      const nothing = { clientTracking: undefined, maxPayload: undefined, closeTimeout: null };
      const { options, clients } = manualServer(world, nothing);
      const { clientTracking, maxPayload, closeTimeout } = options;
      world.note('nothing', { clientTracking, maxPayload, closeTimeout }, clients);
    },
  },
  {
    title: 'forms of perMessageDeflate',
    covers: ['15.options.deflate', '15.perMessageDeflate'],
    run(world) {
      const settings = { threshold: 5 };
      for (const perMessageDeflate of [true, false, null, undefined, {}, settings, 'yes', 1]) {
        const server = manualServer(world, { perMessageDeflate });
        const kept: unknown = server.options.perMessageDeflate;
        world.note('kept', kept, kept === perMessageDeflate);
        const { socket } = upgradeManually(server, { headers: deflate });
        world.note('answer', socket.take().toString());
      }
    },
  },
  {
    title: 'window bits that no header may carry',
    covers: ['15.options', '15.perMessageDeflate'],
    run(world) {
      for (const bits of [7, 16, 0, NaN, -1, 8.5]) {
        world.attempt(String(bits), () => {
          const perMessageDeflate = { serverMaxWindowBits: bits, clientMaxWindowBits: bits };
          const server = manualServer(world, { perMessageDeflate });
          // Clients that offer no compression are served.
          return upgradeManually(server).socket.take().toString();
        });
      }
    },
  },
  {
    title: 'limits out of range',
    covers: ['15.options', '15.client-options'],
    run(world) {
      for (const limit of [-1, 1.5, Infinity, NaN, '5', null, {}]) {
        world.attempt(String(limit), () => {
          const server = manualServer(world, {
            maxPayload: limit,
            maxFragments: limit,
            maxBufferedChunks: limit,
            maxPendingAutoPongs: limit,
            closeTimeout: limit,
          });
          return upgradeManually(server).socket.take().toString();
        });
      }
    },
  },
  {
    title: 'options that are changed between two upgrades',
    covers: ['15.options.every-upgrade', '15.path', '15.path.falsy', '15.perMessageDeflate'],
    async run(world) {
      const server = manualServer(world);
      const ask = (what: string): void => {
        const headers = { ...deflate, 'Sec-WebSocket-Protocol': 'a, b' };
        const { socket } = upgradeManually(server, { headers, target: '/chat?a=1' });
        world.note(what, socket.take().toString());
      };
      ask('at first');
      server.options.path = '/other';
      ask('other path');
      server.options.path = '/chat';
      ask('this path');
      server.options.path = '';
      ask('empty path');
      server.options.perMessageDeflate = true;
      ask('compression');
      server.options.handleProtocols = () => 'b';
      ask('subprotocol');
      server.options.verifyClient = () => false;
      ask('refused');
      server.options = { ...server.options, verifyClient: undefined as any };
      ask('another object');
    },
  },
  {
    title: 'limits that are changed between two upgrades',
    covers: ['15.options.every-upgrade'],
    async run(world) {
      const server = manualServer(world);
      server.options.maxPayload = 4;
      const made: any[] = [];
      const { socket } = upgradeManually(server, {}, (websocket) => made.push(websocket));
      world.watch(made[0], 'websocket', ['message', 'error']);
      socket.take();
      await socket.receive(masked(0x82, '1234'), masked(0x82, '12345'));
      world.note('wire', socket.take());
    },
  },
  {
    title: 'options that are changed too late',
    covers: ['15.options.once'],
    async run(world) {
      const server = await world.server({ clientTracking: true });
      Object.assign(server.options, {
        clientTracking: false,
        port: 1,
        server: http.createServer(),
      });
      world.note('answer', await answerTo(world, server.port));
      world.note('clients', server.clients.size);
      world.note('same port', (server.address() as any).port === server.port);
      delete (server.options as any).server;
    },
  },
  {
    title: 'autoPong and maxPendingAutoPongs',
    covers: ['15.client-options'],
    async run(world) {
      for (const options of [
        {},
        { autoPong: false },
        { autoPong: undefined },
        { maxPendingAutoPongs: 1 },
      ]) {
        const { websocket, socket } = accepted(world, options);
        socket.held = true;
        await socket.receive(masked(0x89, 'a'), masked(0x89, 'b'), masked(0x89, 'c'));
        world.note('held', websocket.readyState);
        socket.release();
        await turn();
        // How much of a pong a terminated connection got out depends on how it is written.
        const wire = websocket.readyState === 1 ? socket.take() : undefined;
        world.note('released', websocket.readyState, wire);
      }
    },
  },
  {
    title: 'skipUTF8Validation and allowSynchronousEvents',
    covers: ['15.client-options'],
    async run(world) {
      for (const skipUTF8Validation of [true, false]) {
        const { socket } = accepted(world, { skipUTF8Validation });
        await socket.receive(masked(0x81, Buffer.from('ff', 'hex')));
        world.note('wire', socket.take());
      }
      for (const allowSynchronousEvents of [true, false]) {
        const { websocket, socket } = accepted(world, { allowSynchronousEvents });
        websocket.on('message', () => queueMicrotask(() => world.note('microtask')));
        const pinged = world.next(websocket, 'ping');
        await socket.receive(masked(0x81, 'a'), masked(0x81, 'b'), masked(0x89, 'c'));
        await pinged;
      }
    },
  },
  {
    title: 'maxFragments, maxBufferedChunks and maxPayload',
    covers: ['15.client-options'],
    async run(world) {
      const fragments = accepted(world, { maxFragments: 2 });
      await fragments.socket.receive(masked(0x01), masked(0x00), masked(0x00));
      world.note('fragments', fragments.socket.take());
      const chunks = accepted(world, { maxBufferedChunks: 2 });
      const frame = masked(0x82, '12345');
      for (let i = 0; i < 4; i++) await chunks.socket.receive(frame.subarray(i + 5, i + 6));
      const started = accepted(world, { maxBufferedChunks: 2 });
      await started.socket.receive(frame.subarray(0, 6));
      for (let i = 6; i < 10; i++) await started.socket.receive(frame.subarray(i, i + 1));
      world.note('chunks', chunks.socket.take(), started.socket.take());
      const payload = accepted(world, { maxPayload: 4 });
      await payload.socket.receive(frame.subarray(0, 6));
      world.note('payload', payload.socket.take());
    },
  },
  {
    title: 'closeTimeout',
    covers: ['15.client-options'],
    async run(world) {
      for (const closeTimeout of [5, 0, undefined]) {
        const { websocket, socket } = accepted(world, { closeTimeout });
        const closed = world.next(websocket, 'close');
        websocket.close(1000);
        await closed;
        world.note('destroyed', socket.destroyed);
      }
    },
  },
];
