/** When events come. */
import type { WebSocket } from 'ws';
import { allOnThreadPool, doneAtOnce, largePayload, smallPayload } from '../compression.js';
import { closing, masked, unmasked } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const deferred = { allowSynchronousEvents: false };
const names = ['message', 'ping', 'pong', 'error', 'close'];

/** Notes the events, and what is scheduled in their listeners. */
function watchTurns(world: World, websocket: WebSocket): void {
  for (const name of names) {
    websocket.on(name as 'ping', (data: unknown) => {
      world.note(name, data);
      process.nextTick(() => world.note(`tick behind ${name}`));
      void Promise.resolve().then(() => world.note(`job behind ${name}`));
      setImmediate(() => world.note(`immediate behind ${name}`));
    });
  }
}

/** Counts calls of the global `setImmediate` while `run` runs. */
async function countImmediates(run: (count: () => number) => Promise<void>): Promise<void> {
  const { setImmediate } = globalThis;
  let calls = 0;
  globalThis.setImmediate = ((...values: Parameters<typeof setImmediate>) => {
    calls += 1;
    return setImmediate(...values);
  }) as typeof setImmediate;
  try {
    await run(() => calls);
  } finally {
    globalThis.setImmediate = setImmediate;
  }
}

const deflate = ['Sec-WebSocket-Extensions: permessage-deflate'];
/** The second refers to the first. */
const smallPayloads = [smallPayload, Buffer.from('f200110000', 'hex')];

/** Compressed texts, then compressed bytes, and how many immediates there were until each came. */
async function noteImmediates(
  world: World,
  payloads: readonly Buffer[],
  perMessageDeflate: object = {},
): Promise<void> {
  for (const first of [0xc1, 0xc2]) {
    const options = { ...deferred, perMessageDeflate };
    const { websocket, socket } = await openClientManually(world, options, deflate);
    await countImmediates(async (count) => {
      websocket.on('message', (data, isBinary) => {
        world.note('message', data, isBinary, count());
      });
      const pong = world.next(websocket, 'pong');
      void socket.receive(
        ...payloads.map((payload) => unmasked(first, payload)),
        unmasked(0x81, 'plain'),
        unmasked(0x8a),
      );
      await pong;
      world.note('pong', count());
    });
  }
}

export const timingScenarios: readonly Scenario[] = [
  {
    title: 'a chunk of many frames, and ticks, jobs and immediates between them',
    covers: ['9.sync'],
    async run(world) {
      for (const options of [{}, { allowSynchronousEvents: true }]) {
        const { websocket, socket } = openManually(world, {}, options);
        watchTurns(world, websocket);
        await turn();
        void socket.receive(
          masked(0x81, 'text'),
          masked(0x89, 'ping'),
          masked(0x82, 'binary'),
          masked(0x8a, 'pong'),
        );
        world.note('received');
        await turn();
        await turn();
      }
    },
  },
  {
    title: 'the same chunk without allowSynchronousEvents',
    covers: ['9.deferred'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, deferred);
      watchTurns(world, websocket);
      const pong = world.next(websocket, 'pong');
      await turn();
      void socket.receive(
        masked(0x81, 'text'),
        masked(0x89, 'ping'),
        masked(0x82, 'binary'),
        masked(0x01, 'part'),
        masked(0x80, 'rest'),
        masked(0x8a, 'pong'),
      );
      world.note('received');
      await pong;
      await turn();
    },
  },
  {
    title: 'options of a client and of a server',
    covers: ['9.deferred', '9.sync'],
    async run(world) {
      for (const allowSynchronousEvents of [true, false]) {
        const options = { allowSynchronousEvents };
        const { websocket, socket } = await openClientManually(world, options);
        world.note('client', allowSynchronousEvents);
        world.watch(websocket, 'client', ['message']);
        await turn();
        void socket.receive(unmasked(0x81, 'one'), unmasked(0x81, 'two'));
        world.note('received');
        await turn();
        world.note('a turn later');
        await turn();
        const { peer, websocket: remote } = await world.rawPeer({ server: options });
        remote.on('message', (data) => {
          world.note('server', data);
          setImmediate(() => world.note('immediate'));
        });
        const pong = world.next(remote, 'pong');
        peer.write(Buffer.concat([masked(0x81, 'one'), masked(0x81, 'two'), masked(0x8a)]));
        await pong;
        await turn();
      }
    },
  },
  {
    title: 'bad bytes behind a deferred message',
    covers: ['9.deferred.parsing'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, deferred);
      world.watch(websocket, 'websocket', names);
      for (const name of ['message', 'ping']) {
        websocket.on(name as 'ping', () => {
          setImmediate(() => world.note(`immediate behind ${name}`, websocket.readyState));
        });
      }
      const failed = new Promise((resolve) => websocket.on('error', resolve));
      await turn();
      void socket.receive(masked(0x81, 'text'), masked(0x89, 'ping'), masked(0x83));
      world.note('received', websocket.readyState);
      await failed;
      await turn();
    },
  },
  {
    title: 'a close frame behind deferred messages, and a close in the listener of one',
    covers: ['9.deferred.parsing'],
    async run(world) {
      for (const closes of [false, true]) {
        const { websocket, socket } = openManually(world, {}, deferred);
        world.watch(websocket, 'websocket', names);
        websocket.once('message', () => {
          world.note('first', websocket.readyState, socket.take());
          if (closes) websocket.close(4000, 'mine');
        });
        const closed = world.next(websocket, 'close');
        void socket.receive(
          masked(0x81, 'one'),
          masked(0x81, 'two'),
          masked(0x88, closing(1000, 'yours')),
        );
        void socket.receiveEnd();
        await closed;
        world.note('closed', socket.take());
      }
    },
  },
  {
    title: 'binaryType changes in the listener of a deferred message',
    covers: ['9.deferred.parsing'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, deferred);
      const values = ['arraybuffer', 'fragments', 'nodebuffer'] as any[];
      websocket.on('message', (data, isBinary) => {
        world.note('message', data, isBinary);
        websocket.binaryType = values.shift();
      });
      const pong = world.next(websocket, 'pong');
      void socket.receive(
        masked(0x82, 'a'),
        masked(0x82, 'b'),
        masked(0x82, 'c'),
        masked(0x82, 'd'),
        masked(0x8a),
      );
      await pong;
    },
  },
  {
    title: 'binaryType changes while a message waits for its turn',
    covers: ['9.deferred'],
    async run(world) {
      for (const binaryType of ['arraybuffer', 'fragments'] as any[]) {
        const { websocket, socket } = openManually(world, {}, deferred);
        await turn();
        world.watch(websocket, 'websocket', ['message']);
        const pong = world.next(websocket, 'pong');
        void socket.receive(masked(0x82, 'parsed'), masked(0x82, 'not yet'), masked(0x8a));
        websocket.binaryType = binaryType;
        await pong;
      }
    },
  },
  {
    title: 'the socket closes while messages wait for their turns',
    covers: ['9.deferred', '9.deferred.parsing'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, deferred);
      world.watch(websocket, 'websocket', names);
      const closed = world.next(websocket, 'close');
      await turn();
      void socket.receive(masked(0x81, 'one'), masked(0x89, 'two'), masked(0x82, 'three'));
      socket.destroy();
      world.note('destroyed', websocket.readyState);
      await closed;
      world.note('closed', websocket.readyState);
    },
  },
  {
    title: 'compressed messages without allowSynchronousEvents',
    covers: ['9.deferred.compressed-text', '9.deferred'],
    async run(world) {
      await noteImmediates(world, [largePayload(), largePayload()]);
      await noteImmediates(world, smallPayloads, allOnThreadPool);
    },
  },
  {
    title: 'small compressed messages without allowSynchronousEvents',
    covers: ['9.deferred.compressed-text', '9.deferred'],
    because: `${doneAtOnce}, so a text needs a turn of its own as all others do`,
    run: (world) => noteImmediates(world, smallPayloads),
    compare: (entries) => entries.map((entry) => entry.slice(0, -1)),
  },
  {
    title: 'the turns of small compressed messages without allowSynchronousEvents',
    covers: ['9.deferred.compressed-text', '9.deferred'],
    async run(world) {
      for (const first of [0xc1, 0xc2]) {
        const { websocket, socket } = await openClientManually(world, deferred, deflate);
        watchTurns(world, websocket);
        const pong = world.next(websocket, 'pong');
        await turn();
        void socket.receive(
          ...smallPayloads.map((payload) => unmasked(first, payload)),
          unmasked(0x81, 'plain'),
          unmasked(0x8a, 'pong'),
        );
        world.note('received');
        await pong;
        await turn();
      }
    },
  },
];
