/** Answers with status 101 that are refused. */
import { answeringServer, switching } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { answer, dialManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

type Changes = Readonly<Record<string, string | null>>;

/** Notes what comes of answers with these headers. */
async function refuse(world: World, options: object, ...answers: Changes[]): Promise<void> {
  for (const changes of answers) {
    const server = await answeringServer(world, (exchange) => switching(exchange, changes));
    world.note('answer', options, changes);
    const { protocol, extensions } = await dialAndEnd(world, [server.url, options]);
    world.note('properties', protocol, extensions);
  }
}

const accept = (value: string | null): Changes => ({ 'Sec-WebSocket-Accept': value });
const speaks = (value: string): Changes => ({ 'Sec-WebSocket-Protocol': value });
const extends_ = (value: string): Changes => ({ 'Sec-WebSocket-Extensions': value });
const deflate = (parameters: string): Changes => extends_(`permessage-deflate; ${parameters}`);

/** The answer with the right accept value, changed. */
async function changeAccept(world: World, change: (value: string) => string): Promise<void> {
  const server = await answeringServer(world, (exchange) =>
    switching(exchange).replace(/(?<=Accept: )\S+/, change),
  );
  await dialAndEnd(world, [server.url]);
}

export const refusedScenarios: readonly Scenario[] = [
  {
    title: 'Upgrade',
    covers: ['5.check.upgrade'],
    async run(world) {
      await refuse(
        world,
        {},
        { Upgrade: 'h2c' },
        { Upgrade: 'websocket, h2c' },
        { Upgrade: 'websockets' },
        { Upgrade: 'web socket' },
        { Upgrade: 'WebSocket' },
        { Upgrade: 'WEBSOCKET ' },
      );
    },
  },
  {
    title: 'Sec-WebSocket-Accept',
    covers: ['5.check.accept'],
    async run(world) {
      await refuse(world, {}, accept(null), accept(''), accept('s3pPLMBiTxaQ9kYGzzhZRbK+xOo='));
      await changeAccept(world, (value) => value.slice(0, -1));
      await changeAccept(world, (value) => `${value}=`);
      await changeAccept(world, (value) => value.toLowerCase());
      await changeAccept(world, (value) => `${value}\r\nSec-WebSocket-Accept: ${value}`);
      await changeAccept(world, (value) => `${value}  `);
    },
  },
  {
    title: 'a subprotocol though none was asked for',
    covers: ['5.check.protocol.unasked'],
    async run(world) {
      await refuse(world, {}, speaks('chat'), speaks(''), speaks('a, b'));
      await refuse(world, { protocols: [] }, speaks('chat'));
    },
  },
  {
    title: 'another subprotocol',
    covers: ['5.check.protocol.other'],
    async run(world) {
      const options = { protocols: ['chat', 'other'] };
      const answers = ['third', 'Chat', 'chat, other', 'chat,other', '', 'chat;a', '"chat"'];
      await refuse(world, options, ...answers.map(speaks));
      await refuse(world, options, speaks('chat'), speaks('other '));
    },
  },
  {
    title: 'no subprotocol',
    covers: ['5.check.protocol.missing'],
    async run(world) {
      await refuse(world, { protocols: 'chat' }, {});
    },
  },
  {
    title: 'extensions though none was offered',
    covers: ['5.check.extensions.unasked'],
    async run(world) {
      const options = { perMessageDeflate: false };
      await refuse(world, options, extends_('permessage-deflate'), extends_(''), extends_('x;;'));
    },
  },
  {
    title: 'extensions that do not parse',
    covers: ['5.check.extensions.invalid'],
    async run(world) {
      const values = ['', ',', 'permessage-deflate;;', 'permessage-deflate; a="b', 'a b', '"a"'];
      await refuse(world, {}, ...values.map(extends_));
    },
  },
  {
    title: 'parameters that are not acceptable',
    covers: ['5.check.extensions.invalid'],
    async run(world) {
      await refuse(
        world,
        {},
        deflate('x'),
        deflate('server_no_context_takeover; server_no_context_takeover'),
        deflate('server_no_context_takeover=1'),
        deflate('server_max_window_bits=7'),
        deflate('client_max_window_bits=16'),
        deflate('server_max_window_bits'),
        deflate('client_max_window_bits'),
      );
    },
  },
  {
    title: 'parameters that the options rule out',
    covers: ['5.check.extensions.invalid'],
    async run(world) {
      const cases: [object, string][] = [
        [{ clientNoContextTakeover: false }, 'client_no_context_takeover'],
        [{ clientMaxWindowBits: false }, 'client_max_window_bits=10'],
        [{ clientMaxWindowBits: 10 }, 'client_max_window_bits=11'],
        [{ clientMaxWindowBits: 10 }, 'client_max_window_bits=10'],
      ];
      for (const [perMessageDeflate, parameters] of cases) {
        await refuse(world, { perMessageDeflate }, deflate(parameters));
      }
    },
  },
  {
    title: 'other extensions',
    covers: ['5.check.extensions.other'],
    async run(world) {
      await refuse(
        world,
        {},
        extends_('x-webkit-deflate-frame'),
        extends_('permessage-deflate, x-other'),
        extends_('x-other, permessage-deflate'),
        extends_('Permessage-Deflate'),
        extends_('constructor'),
        extends_('__proto__'),
        extends_('permessage-deflate; x, x-other'),
      );
    },
  },
  {
    title: 'everything wrong, put right one after the other',
    covers: ['5.check.order'],
    async run(world) {
      const wrong: Changes[] = [
        { Upgrade: 'h2c' },
        accept('x'),
        speaks('x'),
        extends_('permessage-deflate;;'),
      ];
      for (let right = 0; right <= wrong.length; right++) {
        const changes = Object.assign({}, ...wrong.slice(right)) as Changes;
        await refuse(world, {}, changes);
        await refuse(world, { protocols: 'y' }, changes);
        await refuse(world, { perMessageDeflate: false }, changes);
      }
    },
  },
  {
    title: 'the socket of a refused answer',
    covers: ['5.check.failure', '5.failed.states'],
    async run(world) {
      const { websocket, socket } = dialManually(world);
      const closed = noteEvents(world, websocket);
      world.watch(socket, 'socket', ['error', 'close']);
      websocket.on('upgrade', () => {
        process.nextTick(() => world.note('next tick', websocket.readyState, socket.destroyed));
      });
      await turn();
      await answer(socket, ['Sec-WebSocket-Protocol: x']);
      await closed;
      world.note('at last', websocket.readyState, websocket._socket);
    },
  },
  {
    title: 'close and terminate after a refused answer, before its error',
    covers: ['5.check.failure'],
    async run(world) {
      const { websocket, socket } = dialManually(world);
      const closed = noteEvents(world, websocket);
      websocket.on('upgrade', () => {
        process.nextTick(() => {
          websocket.close(4000);
          websocket.terminate();
        });
      });
      await turn();
      await answer(socket, ['Sec-WebSocket-Protocol: x']);
      await closed;
    },
  },
];
