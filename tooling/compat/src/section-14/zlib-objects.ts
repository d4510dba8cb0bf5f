/** When objects of zlib are made and closed, and how many are at work at once. */
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import { doneAtOnce, largeText, smallPayload } from '../compression.js';
import { loadAgain } from '../fresh.js';
import { unmasked } from '../frames.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { openClient, send } from './connections.js';

const makers = ['createDeflateRaw', 'createInflateRaw'] as const;

/** Calls back whenever an object of zlib is made. */
function watchZlib(world: World, onMade: (maker: string, made: any, options: any) => void): void {
  const originals = { ...zlib };
  const replace = (maker: (typeof makers)[number], value: unknown): void => {
    Object.defineProperty(zlib, maker, { configurable: true, enumerable: true, value });
    syncBuiltinESMExports();
  };
  for (const maker of makers) {
    replace(maker, (options: any) => {
      const made = originals[maker](options);
      onMade(maker, made, options);
      return made;
    });
    world.cleanUp(() => replace(maker, originals[maker]));
  }
}

/** The first codec of a process tries zlib out; that counts for nobody. */
function warmUp(world: World, PerMessageDeflate: any): Promise<void> {
  const extension = new PerMessageDeflate({ zlibDeflateOptions: {} });
  world.cleanUp(() => extension.cleanup());
  extension.accept([{}]);
  return new Promise((resolve) => extension.compress(Buffer.from('x'), true, resolve));
}

/** Options of which nobody else has streams that are left over. */
const ownStreams = (): object => ({ zlibDeflateOptions: {}, zlibInflateOptions: {} });

/** Uses both directions of a connection. */
async function useBoth({ websocket, socket }: Awaited<ReturnType<typeof openClient>>) {
  await send(websocket, 'compressed');
  const message = new Promise((resolve) => websocket.once('message', resolve));
  await socket.receive(unmasked(0xc1, smallPayload));
  await message;
}

/** How many of some jobs, each of an instance of its own, start at once. */
async function noteStarted(
  world: World,
  PerMessageDeflate: any,
  jobs: number,
  text: string = largeText,
): Promise<void> {
  await warmUp(world, PerMessageDeflate);
  let started = 0;
  watchZlib(world, () => {
    started += 1;
  });
  const done = Array.from({ length: jobs }, () => {
    const extension = new PerMessageDeflate({ concurrencyLimit: 7 });
    extension.accept([{}]);
    world.cleanUp(() => extension.cleanup());
    return new Promise((resolve) => extension.compress(Buffer.from(text), true, resolve));
  });
  world.note('started at once', started);
  await Promise.all(done);
  world.note('started', started);
}

export const zlibScenarios: readonly Scenario[] = [
  {
    title: 'objects of zlib over the life of a connection',
    covers: ['14.zlib.lazy'],
    async run(world) {
      await warmUp(world, world.lib.module.PerMessageDeflate);
      watchZlib(world, (maker) => world.note(maker));
      const { websocket, socket } = await openClient(world, '', ownStreams());
      world.note('open');
      await send(websocket, 'not compressed', { compress: false });
      await socket.receive(unmasked(0x81, 'not compressed'));
      world.note('plain messages');
      await send(websocket, 'compressed');
      await send(websocket, 'compressed');
      world.note('sent');
      const message = world.next(websocket, 'message');
      await socket.receive(unmasked(0xc1, smallPayload));
      await message;
      world.note('received');
    },
  },
  {
    title: 'what is left of the objects of zlib when many connections have closed',
    covers: ['14.zlib.closed'],
    because:
      'hybi keeps up to four streams for each direction of connections with the same options: to make one takes longer than a small message',
    async run(world) {
      await warmUp(world, world.lib.module.PerMessageDeflate);
      for (const connections of [1, 10, 30]) {
        let open = 0;
        watchZlib(world, (_maker, made) => {
          open += 1;
          made.once('close', () => {
            open -= 1;
          });
        });
        const options = ownStreams();
        const all = await Promise.all(
          Array.from({ length: connections }, () => openClient(world, '', options)),
        );
        await Promise.all(all.map(useBoth));
        world.note('in use', connections, open);
        const closed = all.map(({ websocket }) => world.closeOf(websocket));
        for (const { websocket } of all) websocket.terminate();
        await Promise.all(closed);
        await turn();
        world.note('left', connections, open);
      }
    },
    expected: {
      ws: [
        ['in use', 1, 2],
        ['left', 1, 0],
        ['in use', 10, 20],
        ['left', 10, 0],
        ['in use', 30, 60],
        ['left', 30, 0],
      ],
      hybi: [
        ['in use', 1, 2],
        ['left', 1, 2],
        ['in use', 10, 20],
        ['left', 10, 8],
        ['in use', 30, 60],
        ['left', 30, 8],
      ],
    },
  },
  {
    title: 'the objects of zlib of connections one after the other',
    covers: ['14.zlib.closed'],
    because: 'a connection of hybi takes the streams that the one before has left',
    async run(world) {
      await warmUp(world, world.lib.module.PerMessageDeflate);
      let made = 0;
      watchZlib(world, () => {
        made += 1;
      });
      const options = ownStreams();
      for (let i = 0; i < 5; i++) {
        const connection = await openClient(world, '', options);
        await useBoth(connection);
        const closed = world.closeOf(connection.websocket);
        connection.websocket.terminate();
        await closed;
      }
      world.note('made', made);
    },
    expected: { ws: [['made', 10]], hybi: [['made', 2]] },
  },
  {
    title: 'the windowBits that zlib is given',
    covers: ['14.zlib-options.window', '14.window-8'],
    async run(world) {
      const { PerMessageDeflate } = world.lib.module;
      const made: Promise<unknown>[] = [];
      watchZlib(world, (maker, _made, { windowBits }) => {
        // Both mean 9 to zlib: Node turns 8 into it.
        const bits = maker === 'createDeflateRaw' ? Math.max(windowBits, 9) : windowBits;
        world.note(maker, bits);
      });
      for (const isServer of [true, false]) {
        const windowBits = 14;
        const extension = new PerMessageDeflate({
          isServer,
          zlibDeflateOptions: { windowBits },
          zlibInflateOptions: { windowBits },
        });
        world.cleanUp(() => extension.cleanup());
        extension.accept([{ client_max_window_bits: ['10'], server_max_window_bits: ['8'] }]);
        made.push(
          new Promise((resolve) => extension.compress(Buffer.from('x'), true, resolve)),
          new Promise((resolve) => extension.decompress(Buffer.from([0]), true, resolve)),
        );
      }
      await Promise.all(made);
    },
  },
  {
    title: 'eleven jobs by default',
    covers: ['14.concurrency.default', '14.concurrency.process'],
    async run(world) {
      const { PerMessageDeflate } = await loadAgain(world.lib);
      void new PerMessageDeflate();
      await noteStarted(world, PerMessageDeflate, 11);
    },
  },
  {
    title: 'a limit of the first instance, which does nothing',
    covers: ['14.concurrency.first', '14.concurrency.process'],
    async run(world) {
      const { PerMessageDeflate } = await loadAgain(world.lib);
      void new PerMessageDeflate({ concurrencyLimit: 2 });
      void new PerMessageDeflate({ concurrencyLimit: 5 });
      await noteStarted(world, PerMessageDeflate, 4);
    },
  },
  {
    title: 'no limit',
    covers: ['14.concurrency.zero'],
    async run(world) {
      const { PerMessageDeflate } = await loadAgain(world.lib);
      void new PerMessageDeflate({ concurrencyLimit: 0 });
      await noteStarted(world, PerMessageDeflate, 12);
    },
  },
  {
    title: 'small messages behind a limit',
    covers: ['14.concurrency.first', '14.concurrency.process'],
    because: `${doneAtOnce}, so there is nothing to limit`,
    async run(world) {
      const { PerMessageDeflate } = await loadAgain(world.lib);
      void new PerMessageDeflate({ concurrencyLimit: 2 });
      await noteStarted(world, PerMessageDeflate, 4, 'small');
    },
    expected: {
      ws: [
        ['started at once', 2],
        ['started', 4],
      ],
      hybi: [
        ['started at once', 4],
        ['started', 4],
      ],
    },
  },
];
