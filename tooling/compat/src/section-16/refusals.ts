/** Requests that are refused for what stands in them. */
import { ManualSocket, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import {
  answerTo,
  madeUpRequest,
  manualServer,
  openingRequest,
  upgradeManually,
} from '../upgrades.js';
import type { RequestChanges } from '../upgrades.js';
import type { World } from '../world.js';

const header = (name: string, value: string | readonly string[] | null): RequestChanges => ({
  headers: { [name]: value },
});

/** Notes the answers to requests on connections of their own. */
async function noteAnswers(
  world: World,
  options: object,
  requests: readonly RequestChanges[],
): Promise<void> {
  const server = await world.server(options);
  for (const changes of requests) {
    world.note(JSON.stringify(changes), await answerTo(world, server.port, changes));
  }
}

const deflate = (value: string | readonly string[]): RequestChanges =>
  header('Sec-WebSocket-Extensions', value);

export const refusalScenarios: readonly Scenario[] = [
  {
    title: 'methods',
    covers: ['16.method', '16.form'],
    run: (world) =>
      noteAnswers(world, {}, [{ method: 'PUT' }, { method: 'HEAD' }, { method: 'OPTIONS' }]),
  },
  {
    title: 'Upgrade headers',
    covers: ['16.upgrade', '16.upgrade.case'],
    run: (world) =>
      noteAnswers(world, {}, [
        header('Upgrade', 'h2c'),
        header('Upgrade', 'websocket, h2c'),
        header('Upgrade', ['websocket', 'websocket']),
        header('Upgrade', 'WebSocket'),
        header('Upgrade', 'WEBSOCKET'),
      ]),
  },
  {
    title: 'no Upgrade header',
    covers: ['16.upgrade'],
    run(world) {
      const server = manualServer(world);
      const { socket } = upgradeManually(server, header('Upgrade', null));
      world.note('answer', socket.take().toString());
      world.note('empty', upgradeManually(server, header('Upgrade', '')).socket.take().toString());
    },
  },
  {
    title: 'keys',
    covers: ['16.key', '16.form'],
    run: (world) =>
      noteAnswers(
        world,
        {},
        [
          null,
          '',
          'dGhlIHNhbXBsZSBub25jZQ=',
          'dGhlIHNhbXBsZSBub25jZQ',
          'dGhlIHNhbXBsZSBub25jZQ===',
          'dGhlIHNhbXBsZSBub25jZQAA',
          'dGhlIHNhbXBsZSBub25jZ_==',
          'dGhlIHNhbXBsZSBub25jZQ==, x',
          ['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ=='],
          'AAAAAAAAAAAAAAAAAAAAAA==',
          '+/+/+/+/+/+/+/+/+/+/+/==',
          // Not the base64 of any bytes, but of that form.
          'zzzzzzzzzzzzzzzzzzzzzz==',
        ].map((key) => header('Sec-WebSocket-Key', key)),
      ),
  },
  {
    title: 'versions',
    covers: ['16.version', '16.version.number', '16.form.extra'],
    run: (world) =>
      noteAnswers(
        world,
        {},
        [
          ...[null, '', '7', '14', '130', '-13', '13.5', '13, 8', 'x', '0', 'NaN', '13n'],
          ...['13', '8', '0x0d', '0b1000', '13.0', '+13', '1.3e1', '013', '8.'],
        ].map((version) => header('Sec-WebSocket-Version', version)),
      ),
  },
  {
    title: 'paths',
    covers: ['16.path', '16.form'],
    run: (world) =>
      noteAnswers(world, { path: '/chat' }, [
        { target: '/' },
        { target: '/chat/' },
        { target: '/CHAT' },
        { target: '/chat?a=1' },
      ]),
  },
  {
    title: 'subprotocols',
    covers: ['16.protocol'],
    run: (world) =>
      noteAnswers(
        world,
        {},
        [
          ...['', ',', 'a,', ',a', 'a,,b', 'a b', 'a, a', 'a\t', 'a/b', '"a"', 'ä', 'a;b'],
          ...['a , b', 'a\t,\tb', ['a', 'b'], ['a', 'a'], 'a,A'],
        ].map((protocols) => header('Sec-WebSocket-Protocol', protocols)),
      ),
  },
  {
    title: 'extensions',
    covers: ['16.extensions'],
    run: (world) =>
      noteAnswers(
        world,
        { perMessageDeflate: true },
        [
          ...['', ',', ';', 'a;', 'a,', 'a=1', 'a; b=', 'a; b="c', 'a; b="c d"', 'a b', 'a; b=c d'],
          'permessage-deflate; unknown',
          'permessage-deflate; server_no_context_takeover=1',
          'permessage-deflate; server_max_window_bits=7',
          'permessage-deflate; server_max_window_bits=8; server_max_window_bits=9',
          'permessage-deflate, permessage-deflate; unknown',
          'a; b="c"',
          ['a', 'b'],
        ].map(deflate),
      ),
  },
  {
    title: 'offers that the options do not accept',
    covers: ['16.extensions'],
    run: (world) =>
      noteAnswers(
        world,
        { perMessageDeflate: { serverMaxWindowBits: 10, serverNoContextTakeover: false } },
        [
          'permessage-deflate; server_max_window_bits=9',
          'permessage-deflate; server_no_context_takeover',
          'permessage-deflate; server_max_window_bits=9, permessage-deflate',
        ].map(deflate),
      ),
  },
  {
    title: 'the order of the checks',
    covers: ['16.order'],
    async run(world) {
      const server = manualServer(world, {
        path: '/chat',
        perMessageDeflate: true,
        verifyClient: () => false,
      });
      server.close();
      const faults: [string, string][] = [
        ['Upgrade', 'x'],
        ['Sec-WebSocket-Key', 'x'],
        ['Sec-WebSocket-Version', 'x'],
        ['Sec-WebSocket-Protocol', ','],
        ['Sec-WebSocket-Extensions', ','],
      ];
      const ask = (method: string, target: string, from: number): void => {
        const headers = Object.fromEntries(faults.slice(from));
        const { socket } = upgradeManually(server, { method, target, headers });
        world.note('answer', method, target, from, socket.take().toString());
      };
      ask('POST', '/', 0);
      for (const from of [0, 1, 2, 3]) ask('GET', '/', from);
      for (const from of [3, 4, 5]) ask('GET', '/chat', from);
      server.options.verifyClient = () => true;
      ask('GET', '/chat', 5);
    },
  },
  {
    title: 'a refusal that leaves at once, later, or never',
    covers: ['16.form.destroyed'],
    async run(world) {
      const server = manualServer(world);
      const { socket } = upgradeManually(server, { method: 'POST' });
      world.note('at once', socket.destroyed, socket.writableEnded, socket.ends);
      await turn();
      world.note('flushed', socket.destroyed, socket.errored);
      for (const error of [undefined, new Error('reset')]) {
        const slow = new ManualSocket();
        slow.held = true;
        server.handleUpgrade(madeUpRequest({ method: 'POST' }), slow, Buffer.alloc(0), () => {});
        await turn();
        world.note('held', slow.destroyed);
        slow.release(error);
        await turn();
        world.note('released', slow.destroyed);
      }
    },
  },
  {
    title: 'an ordinary request to the internal server',
    covers: ['16.ordinary'],
    async run(world) {
      const server = await world.server();
      for (const method of ['GET', 'POST', 'HEAD']) {
        const peer = await world.tcp(
          server.port,
          openingRequest({ method, headers: { Upgrade: null, Connection: 'close' } }),
        );
        const answer = (await peer.readAll()).toString();
        world.note('answer', answer.replace(/\r\nDate: [^\r]*/, '\r\nDate: now'));
      }
    },
  },
  {
    title: 'a server that is closing, and one that is closed',
    covers: ['16.closing'],
    async run(world) {
      const server = manualServer(world);
      const open = upgradeManually(server);
      open.socket.take();
      server.close();
      const late = upgradeManually(server, {}, () => world.note('called back'));
      world.note('closing', late.socket.take().toString());
      const closed = world.next(server, 'close');
      open.socket.destroy();
      await closed;
      const later = upgradeManually(server, {}, () => world.note('called back'));
      world.note('closed', later.socket.take().toString());
    },
  },
];
