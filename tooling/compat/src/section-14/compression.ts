/** Which messages are compressed, and how; `sizes.ts` has what hybi's own defaults make of them. */
import { allOnThreadPool, sameBytes } from '../compression.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { openClient, openServer, send } from './connections.js';

const noTakeover = '; client_no_context_takeover; server_no_context_takeover';
const sizes = [0, 1, 1023, 1024, 1025];

/** Notes the sizes, at once and on the thread pool. */
async function noteSizes(world: World, parameters: string, options: object): Promise<void> {
  for (const where of [{}, allOnThreadPool]) {
    await noteSizesOf(world, parameters, { ...options, ...where });
  }
}

/** Sends messages of several sizes as a client and notes them as they are on the wire. */
async function noteSizesOf(world: World, parameters: string, options: object): Promise<void> {
  const { websocket, socket } = await openClient(world, parameters, options);
  for (const size of sizes) {
    await send(websocket, 'x'.repeat(size));
    world.note(`text of ${size}`, socket.take());
    await send(websocket, Buffer.alloc(size, 'y'));
    world.note(`bytes of ${size}`, socket.take());
  }
}

const fox = 'The quick brown fox jumps over the lazy dog. '.repeat(9);

/** Notes a message that is sent twice. */
export async function noteTwice(
  world: World,
  zlibDeflateOptions: object,
  where: object = {},
): Promise<void> {
  const { websocket, socket } = await openClient(world, '', { zlibDeflateOptions, ...where });
  await send(websocket, fox);
  await send(websocket, fox);
  world.note('sent', zlibDeflateOptions, socket.take());
}

const counting = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i) >> 5));

/** Of one kind and of another. */
export const longMessages: readonly (Buffer | string)[] = [
  counting,
  Buffer.alloc(70_000),
  counting,
  'ä'.repeat(20_000),
];

export const compressionScenarios: readonly Scenario[] = [
  {
    title: 'messages of several sizes with context takeover',
    covers: ['14.threshold.takeover', '14.deflate.tail', '14.deflate.takeover'],
    async run(world) {
      await noteSizes(world, '', {});
      await noteSizes(world, '', { threshold: 1e9 });
    },
  },
  {
    title: 'messages of several sizes without context takeover',
    covers: ['14.threshold', '14.threshold.default', '14.deflate.reset'],
    async run(world) {
      await noteSizes(world, noTakeover, {});
      await noteSizes(world, noTakeover, { threshold: 0 });
      await noteSizes(world, noTakeover, { threshold: 2 });
    },
  },
  {
    title: 'characters of several bytes and a threshold',
    covers: ['14.threshold'],
    async run(world) {
      const { websocket, socket } = await openClient(world, noTakeover, { threshold: 10 });
      for (const data of ['äöüß', 'äöüßä', new Blob(['123456789']), new Blob(['1234567890'])]) {
        await send(websocket, data);
        world.note('sent', socket.take());
      }
    },
  },
  {
    title: 'the other direction has no context takeover',
    covers: ['14.threshold.own'],
    async run(world) {
      await noteSizes(world, '; server_no_context_takeover', {});
      const { websocket, peer } = await openServer(world, '; client_no_context_takeover');
      await send(websocket, 'small');
      world.note('server', await peer.read(({ length }) => length > 2));
    },
  },
  {
    title: 'a server whose direction has no context takeover',
    covers: ['14.threshold.own', '14.threshold'],
    async run(world) {
      const { websocket, peer } = await openServer(world, '; server_no_context_takeover');
      await send(websocket, 'small');
      await send(websocket, 'x'.repeat(1024));
      await send(websocket, 'x'.repeat(1024));
      websocket.close();
      await peer.read((bytes) => bytes.subarray(-2).equals(Buffer.from('8800', 'hex')));
      world.note('server', peer.bytes);
    },
  },
  {
    title: 'the same message again',
    covers: ['14.deflate.takeover', '14.deflate.reset'],
    async run(world) {
      for (const parameters of ['', noTakeover]) {
        const { websocket, socket } = await openClient(world, parameters, { threshold: 0 });
        for (let i = 0; i < 3; i++) {
          await send(websocket, 'Hello, hello, hello');
          world.note('sent', socket.take());
        }
      }
    },
  },
  {
    title: 'the option compress',
    covers: ['14.compress.option'],
    async run(world) {
      const { websocket, socket } = await openClient(world);
      for (const compress of [true, false, true, undefined, 0, 1]) {
        await send(websocket, 'Hello', { compress });
        world.note('sent', compress, socket.take());
      }
    },
  },
  {
    title: 'fragments, of which the first decides',
    covers: ['14.threshold.first', '14.compress.option', '14.deflate.tail'],
    async run(world) {
      for (const [first, compress] of [
        ['abc', true],
        ['a', true],
        ['abc', false],
      ] as const) {
        const { websocket, socket } = await openClient(world, noTakeover, { threshold: 2 });
        await send(websocket, first, { fin: false, compress });
        await send(websocket, 'x'.repeat(100), { fin: false });
        await send(websocket, 'y', { compress: true });
        world.note('sent', first, compress, socket.take());
      }
    },
  },
  {
    title: 'fragments that are empty',
    covers: ['14.deflate.tail'],
    async run(world) {
      const { websocket, socket } = await openClient(world);
      for (const parts of [
        ['', ''],
        ['a', ''],
        ['', 'b'],
        ['a', '', 'b', ''],
      ]) {
        for (const [index, part] of parts.entries()) {
          await send(websocket, part, { fin: index === parts.length - 1 });
        }
        world.note('sent', ...parts, socket.take());
      }
    },
  },
  {
    title: 'long messages, of one kind and of another',
    covers: ['14.deflate.tail', '14.deflate.takeover'],
    async run(world) {
      for (const where of [{}, allOnThreadPool]) {
        const options = { zlibDeflateOptions: sameBytes, ...where };
        const { websocket, socket } = await openClient(world, '', options);
        for (const data of longMessages) {
          await send(websocket, data);
          world.note('sent', socket.take());
        }
      }
    },
  },
  {
    title: 'windows from 8 to 15 bits',
    covers: ['14.window-8', '14.accept.assumed', '14.zlib-options.window'],
    async run(world) {
      const far = `${'abcdefgh'.repeat(3)}${'0123456789'.repeat(45)}${'abcdefgh'.repeat(3)}`;
      for (const bits of [8, 9, 10, 15]) {
        const stated = await openClient(world, `; client_max_window_bits=${bits}`);
        const assumed = await openClient(world, '', { clientMaxWindowBits: bits });
        const zlib = await openClient(world, `; client_max_window_bits=${bits}`, {
          zlibDeflateOptions: { windowBits: 12 },
        });
        for (const { websocket, socket } of [stated, assumed, zlib]) {
          await send(websocket, far);
          world.note('sent', bits, socket.take());
        }
      }
    },
  },
  {
    title: 'levels, strategies and memory as options for zlib',
    covers: ['14.zlib-options'],
    async run(world) {
      for (const options of [
        { level: 0 },
        { level: 1 },
        { level: 9, memLevel: 9 },
        { strategy: 3 },
        { strategy: 4 },
        { dictionary: Buffer.from(fox.slice(0, 45)) },
        { chunkSize: 1024 },
      ]) {
        await noteTwice(world, { ...sameBytes, ...options });
        await noteTwice(world, { ...sameBytes, ...options }, allOnThreadPool);
      }
    },
  },
];
