/** The options that limit what is received, and those that say how. */
import { unmasked, zeroKey } from '../frames.js';
import { openClientManually, turn } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** Opens a client whose events are noted. */
async function watched(world: World, label: string, options: object): Promise<ManualSocket> {
  const { websocket, socket } = await openClientManually(world, {
    generateMask: zeroKey,
    ...options,
  });
  world.watch(websocket, label, ['error', 'message', 'ping']);
  return socket;
}

/** The head of a binary frame that announces so many bytes. */
function announcing(bytes: number): Buffer {
  const head = Buffer.alloc(10);
  head[0] = 0x82;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return head;
}

function fragments(count: number): Buffer {
  const head = unmasked(0x02, '');
  const rest = Buffer.alloc(2 * (count - 2), unmasked(0x00, ''));
  return Buffer.concat([head, rest, unmasked(0x80, '')]);
}

/** A payload of one byte at a time, of which so many do not fill the frame. */
function trickle(socket: ManualSocket, chunks: number): void {
  const byte = Buffer.alloc(1);
  for (let sent = 0; sent < chunks; sent++) socket.emit('data', byte);
}

const values = [undefined, null, 0, -1, '3', 3, 3.9, 2 ** 31, Infinity, NaN];

export const limitScenarios: readonly Scenario[] = [
  {
    title: 'the default of maxPayload',
    covers: ['4.maxPayload'],
    async run(world) {
      for (const bytes of [104_857_600, 104_857_601]) {
        const socket = await watched(world, `${bytes}`, {});
        await socket.receive(announcing(bytes));
        world.note('written', bytes, socket.take());
      }
    },
  },
  {
    title: 'values of maxPayload',
    covers: ['4.maxPayload', '4.options.undefined'],
    async run(world) {
      for (const maxPayload of values) {
        const socket = await watched(world, String(maxPayload), { maxPayload });
        await socket.receive(unmasked(0x81, 'abc'), unmasked(0x81, 'abcd'));
        const { length } = socket.take();
        world.note('written', length);
        const huge = await watched(world, `huge, ${String(maxPayload)}`, { maxPayload });
        await huge.receive(announcing(104_857_601));
      }
    },
  },
  {
    title: 'the default of maxFragments',
    covers: ['4.maxFragments'],
    async run(world) {
      for (const count of [16_384, 16_385]) {
        const socket = await watched(world, `${count}`, {});
        await socket.receive(fragments(count));
        world.note('written', count, socket.take());
      }
    },
  },
  {
    title: 'values of maxFragments',
    covers: ['4.maxFragments', '4.options.undefined'],
    async run(world) {
      for (const maxFragments of values) {
        for (const count of [3, 4]) {
          const label = `${String(maxFragments)}, ${count}`;
          const socket = await watched(world, label, { maxFragments });
          await socket.receive(fragments(count));
        }
      }
      const socket = await watched(world, 'undefined, many', { maxFragments: undefined });
      await socket.receive(fragments(16_385));
    },
  },
  {
    title: 'the default of maxBufferedChunks',
    covers: ['4.maxBufferedChunks'],
    async run(world) {
      const socket = await watched(world, 'client', {});
      await socket.receive(announcing(1_000_000));
      trickle(socket, 262_144);
      await turn();
      world.note('at the limit');
      trickle(socket, 1);
      await turn();
      world.note('beyond', socket.take());
    },
  },
  {
    title: 'values of maxBufferedChunks',
    covers: ['4.maxBufferedChunks', '4.options.undefined'],
    async run(world) {
      for (const maxBufferedChunks of values) {
        const socket = await watched(world, String(maxBufferedChunks), { maxBufferedChunks });
        await socket.receive(announcing(1_000_000));
        trickle(socket, 3);
        await turn();
        world.note('three');
        trickle(socket, 1);
        await turn();
        world.note('four', socket.take());
      }
    },
  },
  {
    title: 'maxPendingAutoPongs',
    covers: ['4.maxPendingAutoPongs', '4.options.undefined'],
    async run(world) {
      const given = [{}, ...values.map((maxPendingAutoPongs) => ({ maxPendingAutoPongs }))];
      for (const options of given) {
        for (const pings of [3, 4, 60, 61]) {
          const { websocket, socket } = await openClientManually(world, options);
          socket.held = true;
          await socket.receive(...Array.from({ length: pings }, () => unmasked(0x89)));
          world.note(`${JSON.stringify(options)}, ${pings}`, websocket.readyState);
        }
      }
    },
  },
  {
    title: 'skipUTF8Validation',
    covers: ['4.skipUTF8Validation'],
    async run(world) {
      for (const skipUTF8Validation of [undefined, false, true, 1, 0]) {
        const options = { skipUTF8Validation };
        const socket = await watched(world, String(skipUTF8Validation), options);
        await socket.receive(unmasked(0x81, Buffer.from([0xff])));
        const closing = await openClientManually(world, options);
        world.watch(closing.websocket, 'closing', ['error', 'close']);
        await closing.socket.receive(unmasked(0x88, Buffer.from([0x03, 0xe8, 0xff])));
        await closing.socket.receiveEnd();
        await turn();
      }
    },
  },
];
