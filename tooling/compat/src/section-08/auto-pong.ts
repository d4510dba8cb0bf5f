/** The automatic answers to pings. */
import { closing, masked, unmasked, zeroKey } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** Lets more pings arrive than may be unanswered, and notes what becomes of it. */
async function flood(world: World, maxPendingAutoPongs: unknown, pings: number): Promise<void> {
  const { websocket, socket } = openManually(world, { maxPendingAutoPongs });
  let emitted = 0;
  websocket.on('ping', () => {
    emitted += 1;
    world.note('ping', emitted, websocket.readyState);
  });
  world.watch(websocket, 'websocket', ['error', 'close']);
  socket.held = true;
  await socket.receive(...Array.from({ length: pings }, () => masked(0x89)));
  world.note('flooded', maxPendingAutoPongs, emitted, websocket.readyState);
}

export const autoPongScenarios: readonly Scenario[] = [
  {
    title: 'pings to a server and to a client',
    covers: ['8.auto-pong.answer'],
    async run(world) {
      const server = openManually(world);
      world.watch(server.websocket, 'server', ['ping']);
      await server.socket.receive(masked(0x89, 'hello'));
      world.note('server', server.socket.take());
      await server.socket.receive(masked(0x89));
      world.note('server', server.socket.take());
      const client = await openClientManually(world, { generateMask: zeroKey });
      world.watch(client.websocket, 'client', ['ping']);
      await client.socket.receive(unmasked(0x89, Buffer.alloc(125, 1)));
      world.note('client', client.socket.take());
    },
  },
  {
    title: 'without autoPong',
    covers: ['8.auto-pong.off'],
    async run(world) {
      for (const autoPong of [false, true]) {
        const { websocket, socket } = openManually(world, { autoPong });
        world.watch(websocket, 'websocket', ['ping']);
        await socket.receive(masked(0x89, 'hello'));
        world.note('wire', autoPong, socket.take());
      }
    },
  },
  {
    title: 'autoPong as an option of a client and of a server',
    covers: ['8.auto-pong.off', '8.auto-pong.answer'],
    async run(world) {
      for (const autoPong of [false, true]) {
        const { client, remote } = await world.pair({ client: { autoPong }, server: { autoPong } });
        for (const [name, from, to] of [
          ['client', client, remote],
          ['server', remote, client],
        ] as const) {
          from.on('pong', () => world.note(`${name} got a pong`));
          const message = world.next(from, 'message');
          to.on('ping', () => to.send('behind the pong'));
          from.ping('x');
          await message;
          world.note(name, autoPong);
        }
      }
    },
  },
  {
    title: 'a subclass that sees every pong',
    covers: ['8.auto-pong.method', '8.auto-pong.order'],
    async run(world) {
      const server = openManually(world);
      const client = await openClientManually(world);
      for (const { websocket } of [server, client]) {
        (websocket as any).pong = (...values: unknown[]) => {
          world.note('pong', values.length, ...values);
        };
        world.watch(websocket, 'websocket', ['ping']);
      }
      await server.socket.receive(masked(0x89, 'one'), masked(0x89, 'two'));
      await client.socket.receive(unmasked(0x89, 'one'));
      world.note('wire', server.socket.take(), client.socket.take());
    },
  },
  {
    title: 'an override that hands on, and a listener that sends',
    covers: ['8.auto-pong.order', '8.auto-pong.method'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const { pong } = websocket;
      websocket.pong = function (data: any, mask: any, callback: any) {
        world.note('pong');
        pong.call(this, `re: ${data as string}`, mask, callback);
      };
      websocket.on('ping', () => websocket.send('behind'));
      await socket.receive(masked(0x89, 'one'), masked(0x89, 'two'));
      world.note('wire', socket.take());
    },
  },
  {
    title: 'as many unwritten pongs as are allowed, and one ping more',
    covers: ['8.auto-pong.limit', '8.auto-pong.rest'],
    async run(world) {
      await flood(world, 3, 3);
      await flood(world, 3, 4);
      await flood(world, 3, 6);
      await flood(world, 1, 2);
      await flood(world, 60, 60);
      await flood(world, 60, 61);
    },
  },
  {
    title: 'the default of servers and of clients',
    covers: ['8.auto-pong.limit'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      world.watch(websocket, 'client', ['error', 'close']);
      socket.held = true;
      await socket.receive(...Array.from({ length: 60 }, () => unmasked(0x89)));
      world.note('60', websocket.readyState);
      await socket.receive(unmasked(0x89));
      world.note('61', websocket.readyState);
    },
  },
  {
    title: 'messages behind the ping that is one too many',
    covers: ['8.auto-pong.rest'],
    async run(world) {
      const { websocket, socket } = openManually(world, { maxPendingAutoPongs: 1 });
      world.watch(websocket, 'websocket', ['message', 'ping', 'pong', 'error', 'close']);
      socket.held = true;
      await socket.receive(
        masked(0x89, 'one'),
        masked(0x89, 'two'),
        masked(0x81, 'text'),
        masked(0x8a, 'pong'),
        masked(0x88, closing(1000, 'bye')),
      );
      world.note('at last', websocket.readyState);
    },
  },
  {
    title: 'pongs that are written count no more',
    covers: ['8.auto-pong.written'],
    async run(world) {
      const { websocket, socket } = openManually(world, { maxPendingAutoPongs: 2 });
      world.watch(websocket, 'websocket', ['close']);
      for (let round = 0; round < 3; round++) {
        socket.held = true;
        await socket.receive(masked(0x89, 'a'), masked(0x89, 'b'));
        socket.release();
        await turn();
        world.note('round', websocket.readyState, socket.take());
      }
    },
  },
  {
    title: 'limits that are no 32-bit integers',
    covers: ['8.auto-pong.int32', '8.auto-pong.no-limit'],
    async run(world) {
      const limits = [1.9, '2', 2 ** 32 + 1, 2 ** 31, -1, NaN, Infinity, null, '', 'many', true];
      for (const limit of limits) await flood(world, limit, 3);
    },
  },
  {
    title: 'no limit',
    covers: ['8.auto-pong.no-limit'],
    run: (world) => flood(world, 0, 200),
  },
  {
    title: 'a limit as an option of a client and of a server',
    covers: ['8.auto-pong.limit', '8.auto-pong.int32'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { maxPendingAutoPongs: 1.5 });
      world.watch(websocket, 'client', ['ping', 'error', 'close']);
      socket.held = true;
      await socket.receive(unmasked(0x89, 'a'), unmasked(0x89, 'b'));
      world.note('at last', websocket.readyState);
    },
  },
  {
    title: 'pings in CLOSING',
    covers: ['8.auto-pong.closing'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      (websocket as any).pong = () => world.note('pong');
      world.watch(websocket, 'websocket', ['ping']);
      websocket.close();
      await socket.receive(masked(0x89, 'hello'));
      world.note('wire', socket.take());
    },
  },
  {
    title: 'an EventEmitter',
    covers: ['8.emitter'],
    run(world) {
      const { websocket } = openManually(world);
      for (const method of ['on', 'once', 'off', 'emit', 'prependListener', 'listenerCount']) {
        world.note(method, typeof (websocket as any)[method]);
      }
      world.note('listeners', websocket.eventNames());
      for (const method of ['addEventListener', 'removeEventListener'] as const) {
        world.note(method, typeof websocket[method], websocket[method].length);
      }
      for (const method of ['send', 'ping', 'pong', 'close', 'terminate', 'pause', 'resume']) {
        world.note(method, (websocket as any)[method].length);
      }
    },
  },
];
