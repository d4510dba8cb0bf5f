/** What is asked. */
import { answeringServer, switching } from '../answering-server.js';
import { dialAndEnd } from '../client-events.js';
import { line, requestLines } from '../requests.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const forced = [
  'Sec-WebSocket-Version',
  'Sec-WebSocket-Key',
  'Connection',
  'Upgrade',
  'Sec-WebSocket-Extensions',
  'Sec-WebSocket-Protocol',
  'Origin',
];

function headersOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, 'of the caller']));
}

async function noteAuthorization(
  world: World,
  address: string,
  options: object = {},
): Promise<void> {
  const lines = await requestLines(world, options, [], address);
  world.note(address, line(lines, 'authorization'), line(lines, 'host'));
}

export const requestScenarios: readonly Scenario[] = [
  {
    title: 'the head of a request',
    covers: ['5.request.line', '5.request.protocols'],
    async run(world) {
      const options = { headers: { First: '1', Cookie: 'a=b' }, origin: 'http://origin.test' };
      const address = 'ws://example.test:8080/a%20b/../ü?c=d&e#';
      world.note('lines', await requestLines(world, options, ['x', 'y'], address));
      world.note('lines', await requestLines(world, options, [], 'wss://example.test'));
      world.note('lines', await requestLines(world, {}, [], 'ws://example.test?query'));
    },
  },
  {
    title: 'the head of a plain request',
    covers: ['5.request.absent'],
    async run(world) {
      world.note('lines', await requestLines(world, { perMessageDeflate: false }));
      world.note('lines', await requestLines(world));
    },
  },
  {
    title: 'on the wire of a server',
    covers: ['5.request.line', '5.request.key'],
    async run(world) {
      const server = await answeringServer(world, switching);
      await dialAndEnd(world, [`${server.url}/path?query`]);
      await dialAndEnd(world, [`${server.url}/path?query`]);
      const keys = server.exchanges.map(({ headers }) => headers['sec-websocket-key'] ?? '');
      world.note('lines', ...server.exchanges.map(({ lines }) => lines));
      world.note('different', new Set(keys).size);
      for (const key of keys) world.note('bytes', /^[\w+/]{22}==$/.test(key));
    },
  },
  {
    title: 'forced headers that the caller gives',
    covers: ['5.request.forced'],
    async run(world) {
      const options = { origin: 'http://origin.test' };
      for (const change of [
        (name: string) => name,
        (name: string) => name.toLowerCase(),
        (name: string) => name.toUpperCase(),
      ]) {
        const headers = headersOf(forced.map(change));
        world.note('lines', await requestLines(world, { ...options, headers }, ['x']));
      }
    },
  },
  {
    title: 'headers of the caller where nothing is forced',
    covers: ['5.request.forced', '5.request.absent'],
    async run(world) {
      const headers = headersOf(forced.slice(4));
      world.note('lines', await requestLines(world, { headers, perMessageDeflate: false }));
    },
  },
  {
    title: 'Host',
    covers: ['5.request.host', '5.request.host.own'],
    async run(world) {
      for (const address of [
        'ws://example.test',
        'ws://example.test:80',
        'ws://example.test:443',
        'wss://example.test',
        'wss://example.test:443',
        'wss://example.test:80',
        'ws://127.0.0.1:1',
        'ws://[::1]',
        'ws://[2001:db8::1]:8080',
        'ws://EXÄMPLE.test',
        'ws+unix:/a.sock:/b',
        'ws+unix://host/a.sock:/b',
      ]) {
        world.note(address, line(await requestLines(world, {}, [], address), 'host'));
      }
      for (const name of ['Host', 'host', 'HOST']) {
        world.note(name, await requestLines(world, { headers: { [name]: 'own.test:5' } }));
      }
    },
  },
  {
    title: 'user and password in the URL',
    covers: ['5.auth.userinfo'],
    async run(world) {
      for (const userinfo of [
        'user:pass',
        'user',
        'user:',
        ':pass',
        ':',
        'us%3Aer:p%40ss%C3%A9',
        'a+b:c%20d',
        '100%:%zz',
        '%ff:%C3',
        '%C3%A9%ff:%25',
        '%u1234:%00',
        'ü:€',
      ]) {
        await noteAuthorization(world, `ws://${userinfo}@example.test`);
      }
      await noteAuthorization(world, 'ws+unix://user:pass@host/a.sock:/b');
    },
  },
  {
    title: 'credentials in several places',
    covers: ['5.auth.option', '5.auth.header'],
    async run(world) {
      const auth = 'option:auth';
      await noteAuthorization(world, 'ws://example.test', { auth });
      await noteAuthorization(world, 'ws://user:pass@example.test', { auth });
      for (const name of ['authorization', 'Authorization', 'AUTHORIZATION']) {
        const headers = { [name]: 'own' };
        await noteAuthorization(world, 'ws://user:pass@example.test', { auth, headers });
        await noteAuthorization(world, 'ws://example.test', { auth, headers });
      }
    },
  },
];
