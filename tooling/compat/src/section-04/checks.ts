/** What the constructor refuses, and in which order. */
import { dialManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const good = 'ws://example.test';

function refuse(world: World, address: unknown, protocols: unknown, options: object = {}): void {
  world.attempt(String(address), () => world.client(address, protocols, options));
}

/** Notes the subprotocols of one character that are refused. */
function noteRefusedCharacters(world: World): void {
  const refused: number[] = [];
  for (let code = 0; code < 0x180; code++) {
    try {
      dialManually(world, {}, [String.fromCharCode(code)]);
    } catch {
      refused.push(code);
    }
  }
  world.note('refused', refused);
}

export const checkScenarios: readonly Scenario[] = [
  {
    title: 'versions that are not supported',
    covers: ['4.protocolVersion.invalid', '4.check.version'],
    run(world) {
      for (const protocolVersion of [0, 7, 9, 12, 14, 130, '13', '8', NaN, null, true, [13]]) {
        refuse(world, good, [], { protocolVersion });
      }
    },
  },
  {
    title: 'a version that is undefined',
    covers: ['4.options.undefined', '4.check.version'],
    run(world) {
      refuse(world, good, [], { protocolVersion: undefined });
      refuse(world, good, { protocolVersion: undefined });
    },
  },
  {
    title: 'schemes',
    covers: ['4.check.scheme', '4.check.scheme.mapped'],
    run(world) {
      const addresses = [
        'ftp://host/',
        'file:///etc/hosts',
        'javascript:alert(1)',
        'unix:/socket',
        'wsx://host',
        'ws+unix+x:/a',
        'data:,x',
      ];
      for (const address of addresses) refuse(world, address, []);
      for (const address of ['http://host/a', 'https://host', 'WS://host', 'HTTPS://HOST']) {
        world.note(address, dialManually(world, {}, [], address).websocket.url);
      }
    },
  },
  {
    title: 'a Unix socket without a path',
    covers: ['4.check.pathname'],
    run(world) {
      refuse(world, 'ws+unix:', []);
      refuse(world, 'ws+unix:#part', []);
      refuse(world, 'ws+unix:?query', []);
      refuse(world, 'ws+unix://host', []);
    },
  },
  {
    title: 'fragments',
    covers: ['4.check.fragment', '4.check.fragment.empty'],
    run(world) {
      for (const address of ['ws://host/#part', 'https://host#a', 'ws+unix:/a:/b#c']) {
        refuse(world, address, []);
        refuse(world, new URL(address), []);
      }
      for (const address of ['ws://host/#', 'wss://host#', 'ws+unix:/a:/b#']) {
        world.note(address, dialManually(world, {}, [], address).websocket.url);
      }
    },
  },
  {
    title: 'subprotocols that are none',
    covers: ['4.check.protocols'],
    run(world) {
      const lists: unknown[] = [
        [''],
        ['a b'],
        ['a,b'],
        ['é'],
        ['a', 'a'],
        ['a', 'b', 'a'],
        ['a', ''],
        ['a', 5],
        [undefined],
        [null],
        [['a']],
        [new String('a')],
        ['a\n'],
      ];
      for (const list of lists) {
        refuse(world, good, list);
        refuse(world, good, undefined, { protocols: list });
      }
    },
  },
  {
    title: 'subprotocols of one character',
    covers: ['4.check.protocols.characters'],
    run: noteRefusedCharacters,
  },
  {
    title: 'subprotocols that differ by case alone',
    covers: ['4.check.protocols'],
    run(world) {
      const { websocket } = dialManually(world, {}, ['chat', 'Chat', 'CHAT']);
      world.note('readyState', websocket.readyState);
    },
  },
  {
    title: 'several things wrong at once',
    covers: ['4.check.order', '4.check.sync'],
    run(world) {
      const version = { protocolVersion: 1 };
      refuse(world, 'nothing', ['a', 'a'], version);
      refuse(world, 'nothing', ['a', 'a']);
      refuse(world, 'ftp://host/#part', ['a', 'a']);
      refuse(world, 'ws+unix:#part', ['a', 'a']);
      refuse(world, 'ws://host/#part', ['a', 'a']);
      refuse(world, 'ws://host', ['a', 'a']);
      refuse(world, 'ws://host', ['a', 'a'], { headers: { A: 'b\n' } });
      refuse(world, 'ws://host', ['a'], { headers: { A: 'b\n' } });
    },
  },
  {
    title: 'what the request itself refuses',
    covers: ['4.check.request'],
    run(world) {
      refuse(world, good, [], { headers: { 'a b': 'c' } });
      refuse(world, good, [], { headers: { A: 'b\r\nC: d' } });
      refuse(world, good, [], { headers: { A: 'ü€' } });
      refuse(world, good, [], { headers: { A: undefined } });
      refuse(world, good, [], { origin: 'b\r\nC: d' });
      refuse(world, good, [], { origin: 'ü€' });
      refuse(world, good, [], { origin: 'b\r\nC: d', protocolVersion: 8 });
      refuse(world, 'ws://ex%00mple', []);
      refuse(world, good, [], { agent: 'no agent' });
      refuse(world, good, [], { handshakeTimeout: 'x' });
      refuse(world, good, [], { handshakeTimeout: -1 });
    },
  },
];
