/** The options that shape the request. */
import { line, requestLines, requestOf } from '../requests.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

async function noteLines(world: World, options: object, ...names: string[]): Promise<void> {
  const lines = await requestLines(world, options);
  world.note(
    JSON.stringify(options) ?? '',
    names.map((name) => line(lines, name)),
  );
}

const extensions = 'Sec-WebSocket-Extensions';

export const requestScenarios: readonly Scenario[] = [
  {
    title: 'origin',
    covers: ['4.origin'],
    async run(world) {
      const names = ['Origin', 'Sec-WebSocket-Origin'];
      for (const options of [
        {},
        { origin: 'http://a.test' },
        { origin: '' },
        { origin: null },
        { origin: 'http://a.test', protocolVersion: 8 },
        { origin: 'http://a.test', protocolVersion: 13 },
        { headers: { origin: 'http://b.test' } },
        { origin: 'http://a.test', headers: { origin: 'http://b.test' } },
        { origin: 'http://a.test', headers: { ORIGIN: 'http://b.test' } },
        { origin: 'http://a.test', headers: { origin: 'http://b.test' }, protocolVersion: 8 },
        { origin: 5 },
        { origin: 'h\u00fc' },
      ]) {
        await noteLines(world, options, ...names);
      }
    },
  },
  {
    title: 'headers',
    covers: ['4.headers'],
    async run(world) {
      for (const headers of [
        { A: 'b', 'X-List': ['one', 'two'], number: 5, empty: '' },
        { cookie: ['a=b', 'c=d'] },
        ['A', 'b'],
        [],
        null,
        'text',
      ]) {
        world.note('lines', await requestLines(world, { headers }));
      }
    },
  },
  {
    title: 'perMessageDeflate',
    covers: ['4.perMessageDeflate', '4.options.undefined'],
    async run(world) {
      for (const perMessageDeflate of [
        true,
        {},
        1,
        'yes',
        false,
        null,
        undefined,
        0,
        '',
        { serverNoContextTakeover: true, clientNoContextTakeover: true },
        { serverMaxWindowBits: 10, clientMaxWindowBits: 11 },
        { serverMaxWindowBits: true, clientMaxWindowBits: true },
        { clientMaxWindowBits: false },
        { clientMaxWindowBits: null },
        { threshold: 5, concurrencyLimit: 3 },
      ]) {
        await noteLines(world, { perMessageDeflate }, extensions);
      }
      world.note('absent', line(await requestLines(world), extensions));
    },
  },
  {
    title: 'window bits and a concurrencyLimit that are out of range',
    covers: ['4.perMessageDeflate.range'],
    async run(world) {
      for (const bits of [7, 16, 0, -1, 8.5, 1e21, Infinity, NaN, '7', '15']) {
        await noteLines(world, { perMessageDeflate: { serverMaxWindowBits: bits } }, extensions);
        await noteLines(world, { perMessageDeflate: { clientMaxWindowBits: bits } }, extensions);
      }
      for (const concurrencyLimit of [-1, NaN, '3', 2.5, null, undefined]) {
        await noteLines(world, { perMessageDeflate: { concurrencyLimit } }, extensions);
      }
    },
  },
  {
    title: 'protocols',
    covers: ['4.protocols.option'],
    async run(world) {
      const lines = await requestOf(world, { protocols: ['a', 'b', 'c!#$'] });
      world.note('lines', lines);
    },
  },
  {
    title: 'protocolVersion',
    covers: ['4.protocolVersion'],
    async run(world) {
      for (const options of [{}, { protocolVersion: 8 }, { protocolVersion: 13 }]) {
        await noteLines(world, options, 'Sec-WebSocket-Version');
      }
    },
  },
  {
    title: 'defaultPort',
    covers: ['4.defaultPort'],
    async run(world) {
      for (const defaultPort of [undefined, 0, 80, 8080, 443, '8080']) {
        for (const address of ['ws://host', 'ws://host:8080', 'wss://host', 'wss://host:80']) {
          const lines = await requestLines(world, { defaultPort }, [], address);
          world.note(`${String(defaultPort)} ${address}`, line(lines, 'Host'));
        }
      }
    },
  },
  {
    title: 'options that have no effect',
    covers: ['4.options.overridden'],
    async run(world) {
      for (const options of [
        { method: 'POST' },
        { host: 'lost.test' },
        { hostname: 'lost.test' },
        { port: 1234 },
        { path: '/lost' },
        { protocol: 'https:' },
        { socketPath: '/lost' },
        { timeout: 1 },
      ]) {
        const lines = await requestLines(world, options, [], 'ws://host:99/kept?q');
        world.note(JSON.stringify(options), lines);
      }
    },
  },
];
