/** How messages are inflated. */
import { constants, deflateRawSync } from 'node:zlib';
import { allOnThreadPool } from '../compression.js';
import { masked, unmasked } from '../frames.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { openClient, openServer } from './connections.js';

function deflate(data: Buffer | string, options: object = {}): Buffer {
  return deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH, ...options });
}

const withoutTail = (bytes: Buffer): Buffer => bytes.subarray(0, -4);
const withBfinal = (data: string): Buffer =>
  Buffer.concat([deflateRawSync(data), Buffer.from([0])]);

/** Delivers frames to clients that inflate at once, and on the thread pool. */
async function noteMessages(
  world: World,
  frames: readonly Buffer[],
  parameters = '',
  options: object = {},
): Promise<void> {
  for (const where of [{}, allOnThreadPool]) {
    await noteMessagesOf(world, frames, parameters, { ...options, ...where });
  }
}

/** Delivers frames to a client, one chunk each, and notes messages up to a pong. */
async function noteMessagesOf(
  world: World,
  frames: readonly Buffer[],
  parameters: string,
  options: object,
): Promise<void> {
  const { websocket, socket } = await openClient(world, parameters, options);
  websocket.on('message', (data, isBinary) => {
    world.note('message', data, isBinary);
  });
  websocket.on('error', (error) => world.note('error', error));
  const over = new Promise<void>((resolve) => {
    websocket.on('pong', ({ length }) => length === 0 && resolve());
    websocket.on('error', () => resolve());
  });
  for (const frame of frames) await socket.receive(frame);
  await socket.receive(unmasked(0x8a));
  await over;
}

const hello = withoutTail(deflate('Hello'));

/** Messages in one window: the second refers to the first. */
function inOneWindow(): Buffer[] {
  const both = deflate('Hello, Hello, Hello');
  return [hello, withoutTail(both)];
}

export const inflatingScenarios: readonly Scenario[] = [
  {
    title: 'messages without their tail, whole and in fragments',
    covers: ['14.inflate.tail'],
    run: (world) =>
      noteMessages(world, [
        unmasked(0xc1, hello),
        unmasked(0xc2, hello),
        unmasked(0x41, hello.subarray(0, 3)),
        unmasked(0x00, hello.subarray(3, 4)),
        unmasked(0x8a, 'between'),
        unmasked(0x80, hello.subarray(4)),
        unmasked(0x41, deflate('sync ')),
        unmasked(0x80, withoutTail(deflate('flush'))),
      ]),
  },
  {
    title: 'empty messages and empty fragments',
    covers: ['14.inflate.tail'],
    run: (world) =>
      noteMessages(world, [
        unmasked(0xc1, Buffer.from([0])),
        unmasked(0xc2),
        unmasked(0x41),
        unmasked(0x00),
        unmasked(0x80, hello),
        unmasked(0x42, hello),
        unmasked(0x80),
        unmasked(0xc1, hello),
      ]),
  },
  {
    title: 'messages that are not compressed among those that are',
    covers: ['14.inflate.tail'],
    run: (world) =>
      noteMessages(world, [
        unmasked(0xc1, hello),
        unmasked(0x81, 'plain'),
        unmasked(0x01, 'pl'),
        unmasked(0x80, 'ain'),
        unmasked(0xc1, hello),
      ]),
  },
  {
    title: 'messages for a server',
    covers: ['14.inflate.tail'],
    async run(world) {
      const { websocket, peer } = await openServer(world);
      world.watch(websocket, 'server', ['message']);
      const closed = world.closeOf(websocket);
      for (const payload of inOneWindow()) peer.write(masked(0xc1, payload));
      peer.write(masked(0x88));
      peer.socket.end();
      await closed;
    },
  },
  {
    title: 'a message that refers to the one before, as was agreed and against it',
    covers: ['14.inflate.takeover'],
    async run(world) {
      const dictionary = Buffer.from('Hello, world');
      const first = withoutTail(deflate(dictionary));
      const second = withoutTail(deflate('Hello, world again', { dictionary }));
      const frames = [unmasked(0xc1, first), unmasked(0xc1, second)];
      await noteMessages(world, frames);
      await noteMessages(world, frames, '; client_no_context_takeover');
      await noteMessages(world, frames, '; server_no_context_takeover');
    },
  },
  {
    title: 'blocks with BFINAL',
    covers: ['14.inflate.final'],
    run: (world) =>
      noteMessages(world, [
        unmasked(0xc1, withBfinal('one')),
        unmasked(0xc1, deflateRawSync('two')),
        unmasked(0xc1, hello),
      ]),
  },
  {
    title: 'a block with BFINAL in each fragment of a message',
    covers: ['14.inflate.final'],
    because:
      'ws loses what follows a BFINAL inside a message; RFC 7692 §7.2.3.5 allows to send it, and hybi reads it',
    run: (world) =>
      noteMessages(world, [
        unmasked(0x41, deflateRawSync('one ')),
        unmasked(0x80, withBfinal('two')),
        unmasked(0xc1, hello),
      ]),
    compare: (entries) => entries.map(([, message]) => (message as string[])[1]),
    expected: {
      ws: ['6f6e6520', '48656c6c6f', '6f6e6520', '48656c6c6f'],
      hybi: ['6f6e652074776f', '48656c6c6f', '6f6e652074776f', '48656c6c6f'],
    },
  },
  {
    title: 'bytes behind a block with BFINAL',
    covers: ['14.inflate.final'],
    async run(world) {
      const behind = Buffer.concat([deflateRawSync('end'), Buffer.from('garbage')]);
      await noteMessages(world, [unmasked(0xc1, behind), unmasked(0xc1, hello)]);
      const twice = Buffer.concat([deflateRawSync('one'), hello]);
      await noteMessages(world, [unmasked(0xc1, twice), unmasked(0xc1, hello)]);
    },
  },
  {
    title: 'long messages',
    covers: ['14.inflate.tail', '14.inflate.takeover'],
    run: (world) =>
      noteMessages(world, [
        unmasked(0xc2, withoutTail(deflate(Buffer.alloc(300_000)))),
        unmasked(0xc2, withoutTail(deflate(Buffer.alloc(20_000, 'xyz'), { level: 0 }))),
        unmasked(0x42, deflate(Buffer.alloc(40_000, 'a'), { level: 0 })),
        unmasked(0x80, withoutTail(deflate(Buffer.alloc(40_000, 'b'), { level: 0 }))),
      ]),
  },
  {
    title: 'options for zlib',
    covers: ['14.zlib-options', '14.zlib-options.window'],
    async run(world) {
      const dictionary = Buffer.from('a dictionary of some length');
      const payload = withoutTail(deflate('a dictionary of some length, agreed', { dictionary }));
      const frames = [unmasked(0xc1, payload)];
      await noteMessages(world, frames, '', { zlibInflateOptions: { dictionary } });
      await noteMessages(world, frames);
      await noteMessages(world, frames, '', { zlibInflateOptions: { chunkSize: 64, dictionary } });
      const far = `${'abcdefgh'.repeat(3)}${'0123456789'.repeat(45)}${'abcdefgh'.repeat(3)}`;
      const zlibInflateOptions = { windowBits: 9 };
      await noteMessages(world, [unmasked(0xc1, withoutTail(deflate(far)))], '', {
        zlibInflateOptions,
      });
      await noteMessages(
        world,
        [unmasked(0xc1, withoutTail(deflate(far, { windowBits: 9 })))],
        '; server_max_window_bits=9',
        { zlibInflateOptions: { windowBits: 15 } },
      );
    },
  },
];
