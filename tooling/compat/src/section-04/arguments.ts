/** Which argument is what. */
import { dialManually } from '../manual-socket.js';
import { line, requestOf } from '../requests.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const asked = 'Sec-WebSocket-Protocol';

async function noteProtocols(
  world: World,
  what: string,
  second?: unknown,
  third?: unknown,
): Promise<void> {
  const lines = await requestOf(world, second, third);
  world.note(what, line(lines, asked), line(lines, 'Origin'));
}

export const argumentScenarios: readonly Scenario[] = [
  {
    title: 'no protocols argument',
    covers: ['4.arguments.none', '4.protocols.option'],
    async run(world) {
      await noteProtocols(world, 'nothing');
      await noteProtocols(world, 'no options', undefined, undefined);
      await noteProtocols(world, 'null for options', undefined, null);
      await noteProtocols(world, 'an array', undefined, { protocols: ['a', 'b'] });
      await noteProtocols(world, 'an empty one', undefined, { protocols: [] });
      await noteProtocols(world, 'a string', undefined, { protocols: 'a' });
      await noteProtocols(world, 'undefined', undefined, { protocols: undefined });
    },
  },
  {
    title: 'an array of protocols',
    covers: ['4.arguments.array'],
    async run(world) {
      const third = { protocols: ['lost'], origin: 'http://origin.test' };
      await noteProtocols(world, 'an array', ['a', 'b'], third);
      await noteProtocols(world, 'an empty array', [], third);
      await noteProtocols(world, 'an array alone', ['a']);
    },
  },
  {
    title: 'options in the place of protocols',
    covers: ['4.arguments.options'],
    async run(world) {
      const third = { origin: 'http://lost.test', protocols: ['lost'] };
      const options = { origin: 'http://kept.test' };
      await noteProtocols(world, 'options', options);
      await noteProtocols(world, 'with protocols', { ...options, protocols: ['a', 'b'] });
      await noteProtocols(world, 'with one', { ...options, protocols: 'a' });
      await noteProtocols(world, 'a third argument', options, third);
      await noteProtocols(world, 'a third and protocols', { protocols: 'a' }, third);
    },
  },
  {
    title: 'protocols that are inherited by the options',
    covers: ['4.protocols.inherited'],
    async run(world) {
      const { createConnection } = connectionOf(world);
      const options = Object.assign(Object.create({ protocols: ['inherited'] }) as object, {
        createConnection,
      });
      world.attempt('as the second argument', () => world.client('ws://example.test', options));
      const bad = Object.create({ protocols: 'not a token' }) as object;
      for (const args of [[bad], [undefined, bad]]) {
        world.attempt('not a token', () => world.client('ws://example.test', args[0], args[1]));
      }
    },
  },
  {
    title: 'one value in the place of protocols',
    covers: ['4.arguments.single', '4.arguments.null'],
    async run(world) {
      await noteProtocols(world, 'a string', 'a');
      await noteProtocols(world, 'a string and options', 'a', { protocols: ['lost'] });
      for (const second of [null, 5, true, '', () => {}] as unknown[]) {
        world.attempt(`${String(second)}`, () => world.client('ws://example.test', second));
        world.attempt(`${String(second)}, options`, () =>
          world.client('ws://example.test', second, { protocols: 'a' }),
        );
      }
    },
  },
  {
    title: 'the option protocols with a value that is none',
    covers: ['4.protocols.option'],
    run(world) {
      for (const protocols of [null, 5, false, {}, ''] as unknown[]) {
        world.attempt('options', () => world.client('ws://example.test', { protocols }));
        world.attempt('undefined, options', () =>
          world.client('ws://example.test', undefined, { protocols }),
        );
      }
    },
  },
  {
    title: 'addresses that are no strings',
    covers: ['4.address.types', '4.address.converted'],
    run(world) {
      const addresses: unknown[] = [
        new URL('ws://example.test/url'),
        { toString: () => 'ws://example.test/object' },
        ['ws://example.test/array'],
        new String('ws://example.test/String'),
      ];
      for (const address of addresses) {
        const { websocket } = dialManually(world, {}, [], address as string);
        world.note('url', websocket.url);
      }
    },
  },
  {
    title: 'addresses that can not be turned into a URL',
    covers: ['4.address.invalid', '4.address.converted'],
    run(world) {
      const addresses: unknown[] = [
        '',
        'example.test',
        '//example.test',
        'ws://',
        'ws://host:70000',
        'ws://ho st',
        'ws://[::1',
        undefined,
        17,
        true,
        {},
        ['a', 'b'],
        () => {},
        Symbol('s'),
      ];
      for (const address of addresses) {
        world.attempt(typeof address, () => world.client(address));
      }
    },
  },
  {
    title: 'a URL object that is dialed',
    covers: ['4.address.types'],
    run(world) {
      const url = new URL('http://example.test/path');
      const { websocket } = dialManually(world, {}, [], url);
      world.note('urls', url.href, websocket.url);
    },
  },
  {
    title: 'called without new, and without arguments',
    covers: ['4.address.invalid'],
    run(world) {
      world.attempt('no arguments', () => new (world.lib.WebSocket as any)());
      world.note('length', world.lib.WebSocket.length, world.lib.WebSocket.name);
    },
  },
];

function connectionOf(world: World): { createConnection: () => unknown } {
  const { socket } = dialManually(world);
  return { createConnection: () => socket };
}
