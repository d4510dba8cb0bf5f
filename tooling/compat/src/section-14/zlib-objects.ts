/** When objects of zlib are made and closed, and how many are at work at once. */
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import { loadAgain } from '../fresh.js';
import { unmasked } from '../frames.js';
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

/** How many of some jobs, each of an instance of its own, start at once. */
async function noteStarted(world: World, PerMessageDeflate: any, jobs: number): Promise<void> {
  let started = 0;
  watchZlib(world, () => {
    started += 1;
  });
  const done = Array.from({ length: jobs }, () => {
    const extension = new PerMessageDeflate({ concurrencyLimit: 7 });
    extension.accept([{}]);
    world.cleanUp(() => extension.cleanup());
    return new Promise((resolve) => extension.compress(Buffer.from('Hello'), true, resolve));
  });
  world.note('started at once', started);
  await Promise.all(done);
  world.note('started', started);
}

export const zlibScenarios: readonly Scenario[] = [
  {
    title: 'objects of zlib over the life of a connection',
    covers: ['14.zlib.lazy', '14.zlib.closed'],
    async run(world) {
      const closed: Promise<void>[] = [];
      watchZlib(world, (maker, made) => {
        world.note(maker);
        closed.push(new Promise((resolve) => made.once('close', resolve)));
      });
      const { websocket, socket } = await openClient(world);
      world.note('open');
      await send(websocket, 'not compressed', { compress: false });
      await socket.receive(unmasked(0x81, 'not compressed'));
      world.note('plain messages');
      await send(websocket, 'compressed');
      await send(websocket, 'compressed');
      world.note('sent');
      const message = world.next(websocket, 'message');
      await socket.receive(unmasked(0xc1, Buffer.from('f248cdc9c90700', 'hex')));
      await message;
      world.note('received');
      websocket.terminate();
      await Promise.all(closed);
      world.note('all are closed', closed.length);
    },
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
];
