/** What is refused by default, and with `strict`. */
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { dialManually } from '../manual-socket.js';

const valid = {
  Host: 'example.test',
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
};

/** Requests that break a rule of RFC 6455 §4.1 which `ws` does not check. */
const forbidden: readonly [what: string, version: string, changes: object][] = [
  ['HTTP/1.0', '1.0', {}],
  ['no Host', '1.0', { Host: undefined }],
  ['an empty Host', '1.1', { Host: '' }],
  ['a Host with a path', '1.1', { Host: 'host/path' }],
  ['a Host with a user', '1.1', { Host: 'user@host' }],
  ['another numeral', '1.1', { 'Sec-WebSocket-Version': '0x0d' }],
  ['a body', '1.1', { 'Content-Length': '5' }],
  ['a chunked body', '1.1', { 'Transfer-Encoding': 'chunked' }],
];

const regular: typeof forbidden = [
  ['as it should be', '1.1', {}],
  ['version 8', '1.1', { 'Sec-WebSocket-Version': '8' }],
  ['a port', '1.1', { Host: 'example.test:8080' }],
  ['an IPv6 host', '1.1', { Host: '[::1]:8080' }],
  ['several options', '1.1', { Connection: 'keep-alive, Upgrade' }],
];

/** Notes the first line of the answer to each request. */
async function noteAnswers(
  world: World,
  requests: typeof forbidden,
  options: object,
): Promise<void> {
  const server = await world.server(options);
  for (const [what, version, changes] of requests) {
    const fields = Object.entries({ ...valid, ...changes }).filter(
      ([, value]) => value !== undefined,
    );
    const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
    const peer = await world.tcp(server.port, `GET / HTTP/${version}\r\n${lines.join('')}\r\n`);
    const head = await peer.read((bytes) => bytes.includes('\r\n\r\n'));
    world.note(what, head.toString().split('\r\n')[0]);
    peer.socket.destroy();
  }
}

const switching = 'HTTP/1.1 101 Switching Protocols';
const badRequest = 'HTTP/1.1 400 Bad Request';
const answers = (status: string): unknown[] => forbidden.map(([what]) => [what, status]);

const outOfRange: readonly object[] = [
  { perMessageDeflate: { serverMaxWindowBits: 7 } },
  { perMessageDeflate: { clientMaxWindowBits: 16 } },
  { perMessageDeflate: { concurrencyLimit: -1 } },
  { maxPayload: -1 },
  { maxPayload: 2 ** 40 },
  { maxFragments: 0.5 },
  { maxBufferedChunks: 'many' },
  { maxPendingAutoPongs: NaN },
  { closeTimeout: -1 },
];

export const strictnessScenarios: readonly Scenario[] = [
  {
    title: 'requests that RFC 6455 forbids, by default',
    covers: ['0.strictness.default'],
    run: (world) => noteAnswers(world, forbidden, {}),
  },
  {
    title: 'requests that RFC 6455 forbids, with strict',
    covers: ['0.strictness.option'],
    because: 'The option is not in ws, which takes these requests',
    run: (world) => noteAnswers(world, forbidden, { strict: true }),
    expected: { ws: answers(switching), hybi: answers(badRequest) },
  },
  {
    title: 'requests that are regular, with strict',
    covers: ['0.strictness.option'],
    run: (world) => noteAnswers(world, regular, { strict: true }),
  },
  {
    title: 'options of a client that are out of range',
    covers: ['0.strictness.default'],
    run(world) {
      for (const options of [
        ...outOfRange,
        { perMessageDeflate: { threshold: -1 } },
        { maxRedirects: -1 },
        { closeTimeout: Infinity },
        { handshakeTimeout: 0 },
        { strict: true },
      ]) {
        world.attempt(JSON.stringify(options), () => dialManually(world, options).websocket);
      }
    },
  },
  {
    title: 'options of a server that are out of range',
    covers: ['0.strictness.default'],
    run(world) {
      for (const options of outOfRange) {
        world.attempt(
          JSON.stringify(options),
          () => new world.lib.WebSocketServer({ noServer: true, ...options }),
        );
      }
    },
  },
];
