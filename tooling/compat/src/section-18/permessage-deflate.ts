/** The class `PerMessageDeflate`. */
import { doneAtOnce, largeText } from '../compression.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

type Outcome = [error: Error | null, data?: Buffer];

function made(world: World, options?: object): any {
  const extension = new world.lib.module.PerMessageDeflate(options);
  world.cleanUp(() => extension.cleanup());
  return extension;
}

function run(
  extension: any,
  method: 'compress' | 'decompress',
  data: unknown,
  fin = true,
): Promise<Outcome> {
  return new Promise((resolve) => {
    extension[method](data, fin, (...values: Outcome) => resolve(values));
  });
}

export const deflateScenarios: readonly Scenario[] = [
  {
    title: 'the name of the extension',
    covers: ['18.deflate.name'],
    run(world) {
      const { PerMessageDeflate } = world.lib.module;
      const descriptor = Object.getOwnPropertyDescriptor(PerMessageDeflate, 'extensionName');
      world.note('name', PerMessageDeflate.extensionName, typeof descriptor?.get, descriptor?.set);
      world.note('class', PerMessageDeflate.name);
    },
  },
  {
    title: 'no options, none that are any, and arguments behind them',
    covers: ['18.deflate.options', '18.deflate.arguments', '18.deflate.offer'],
    run(world) {
      const { PerMessageDeflate } = world.lib.module;
      for (const values of [[], [undefined], [null], [{}], [{}, true, 5]]) {
        const extension = new PerMessageDeflate(...(values as []));
        world.note('offer', values, extension.offer(), extension.params);
        // Only a client refuses it: isServer is false.
        world.attempt('accept', () => extension.accept([{ client_max_window_bits: [true] }]));
      }
    },
  },
  {
    title: 'offers',
    covers: ['18.deflate.offer'],
    run(world) {
      for (const options of [
        { isServer: true },
        { clientMaxWindowBits: 9, serverMaxWindowBits: 10 },
        { clientMaxWindowBits: false, serverMaxWindowBits: true },
        { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 7 },
      ]) {
        const offer = made(world, options).offer();
        world.note('offer', options, Object.entries(offer));
      }
    },
  },
  {
    title: 'what accept gives, stores and changes',
    covers: ['18.deflate.accept', '18.deflate.mutates'],
    run(world) {
      const cases: [object, () => any[]][] = [
        [
          { isServer: true, serverNoContextTakeover: false, clientMaxWindowBits: 10 },
          () => [
            { server_no_context_takeover: [true], server_max_window_bits: ['12'] },
            { client_max_window_bits: ['12'], client_no_context_takeover: [true] },
            { client_max_window_bits: [true] },
          ],
        ],
        [
          { isServer: true, serverMaxWindowBits: 11, clientNoContextTakeover: true },
          () => [{ server_max_window_bits: ['12'], client_max_window_bits: [true] }],
        ],
        [{ clientMaxWindowBits: 10 }, () => [{ server_max_window_bits: ['9'] }, {}]],
        [{}, () => [{ client_max_window_bits: ['9'], server_no_context_takeover: [true] }]],
      ];
      for (const [options, configurations] of cases) {
        const given = configurations();
        const extension = made(world, options);
        world.note('before', extension.params);
        const accepted = extension.accept(given);
        world.note('accepted', Object.entries(accepted), extension.params === accepted);
        world.note('configurations', given, given.indexOf(accepted));
      }
    },
  },
  {
    title: 'what extension.parse gives, accepted',
    covers: ['18.deflate.accept', '18.deflate.mutates'],
    run(world) {
      const { extension: grammar } = world.lib.module;
      const text = 'permessage-deflate; client_max_window_bits; server_max_window_bits="10"';
      const extension = made(world, { isServer: true, clientMaxWindowBits: 12 });
      const configurations = grammar.parse(text)['permessage-deflate'] as any;
      const accepted = extension.accept(configurations);
      world.note('accepted', accepted, accepted === configurations[0]);
      world.note('response', grammar.format({ 'permessage-deflate': accepted }));
    },
  },
  {
    title: 'there and back',
    covers: ['18.deflate.compress', '18.deflate.decompress'],
    async run(world) {
      const client = made(world);
      const server = made(world, { isServer: true });
      client.accept([{}]);
      server.accept([{}]);
      for (const data of ['Hello', Buffer.from('Hello'), '', Buffer.alloc(100_000, 'abc'), 'ä']) {
        const [error, compressed] = await run(client, 'compress', data);
        world.note('compressed', error, compressed);
        world.note('decompressed', await run(server, 'decompress', compressed));
      }
      for (const [data, fin] of [
        ['one', false],
        ['', false],
        ['two', false],
        ['', true],
      ] as const) {
        const [error, compressed] = await run(server, 'compress', data, fin);
        world.note('compressed', error, compressed);
        world.note('decompressed', await run(client, 'decompress', compressed, fin));
      }
    },
  },
  {
    title: 'data that is corrupt',
    covers: ['18.deflate.decompress'],
    async run(world) {
      const extension = made(world);
      extension.accept([{}]);
      const [error, data] = await run(extension, 'decompress', Buffer.from('ffffffff', 'hex'));
      world.note('corrupt', error, data, Object.keys(error as Error));
      world.note('again', await run(extension, 'decompress', Buffer.from('4a0400', 'hex')));
    },
  },
  {
    title: 'clean-up during a compression',
    covers: ['18.deflate.cleanup'],
    run: (world) => noteCleanup(world, largeText),
  },
  {
    title: 'clean-up behind the compression of a small message',
    covers: ['18.deflate.cleanup'],
    because: `${doneAtOnce}, so there is nothing to clean up`,
    run: (world) => noteCleanup(world, 'small'),
    compare: (entries) => entries.map(([what, error]) => [what, error === null ? 'done' : error]),
    expected: {
      ws: [
        ['cleaned up', undefined],
        [
          'pending',
          {
            class: 'Error',
            message: 'The deflate stream was closed while data was being processed',
          },
        ],
      ],
      hybi: [
        ['cleaned up', undefined],
        ['pending', 'done'],
      ],
    },
  },
  {
    title: 'use after a clean-up',
    covers: ['18.deflate.again'],
    async run(world) {
      const extension = accepted(world);
      extension.cleanup();
      world.note('first', await run(extension, 'compress', 'Hello'));
      extension.cleanup();
      world.note('again', await run(extension, 'compress', 'Hello'));
      world.note('again', await run(extension, 'decompress', Buffer.from('4a0400', 'hex')));
      extension.cleanup();
      extension.cleanup();
    },
  },
  {
    title: 'more than maxPayload',
    covers: ['18.deflate.overflow', '18.deflate.options'],
    async run(world) {
      const zeros = (await run(accepted(world), 'compress', Buffer.alloc(1000)))[1];
      for (const maxPayload of [999, 1000, '999', 2 ** 32 + 999, 2 ** 31, 0, undefined]) {
        const extension = accepted(world, { maxPayload });
        const [error, data] = await run(extension, 'decompress', zeros);
        world.note('inflated', maxPayload, error, data);
        if (error !== null) world.note('properties', Object.keys(error), statusOf(error));
      }
    },
  },
];

/** Cleans up while a message is compressed. */
async function noteCleanup(world: World, text: string): Promise<void> {
  const extension = accepted(world);
  const pending = run(extension, 'compress', text).then(([error, data]) => {
    world.note('pending', error, Object.keys(error ?? {}), data);
  });
  extension.cleanup();
  world.note('cleaned up');
  await pending;
}

function accepted(world: World, options?: object): any {
  const extension = made(world, options);
  extension.accept([{}]);
  return extension;
}

function statusOf(error: any): unknown[] {
  const symbols = Object.getOwnPropertySymbols(error);
  return symbols
    .filter(({ description }) => description === 'status-code')
    .map((each) => error[each]);
}
