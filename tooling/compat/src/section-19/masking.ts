/** What masks. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { prelude } from './helpers.js';

const long = `
  const both = open(require('PACKAGE'));
  await exchange(both, Buffer.alloc(4096, 'a'));
  printCalls('used');`;

function note(
  world: World,
  what: string,
  body: string,
  env: Record<string, string> = {},
): Promise<void> {
  const source = `${prelude}\nvoid (async () => {${body}\n})();`;
  return noteProgram(world, what, source, { commonjs: true, env });
}

const nativeMasking = `
  http.websocketMask = (source, mask, output, offset, length) => {
    calls.push('native mask ' + length);
    for (let i = 0; i < length; i++) output[offset + i] = source[i] ^ mask[i & 3];
  };
  http.websocketUnmask = (bytes, mask) => {
    calls.push('native unmask ' + bytes.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] ^= mask[i & 3];
  };`;

const sizes = `
  const both = open(require('PACKAGE'));
  calls.length = 0;
  for (const size of [23, 24, 31, 32, 47, 48, 2047, 2048]) {
    await exchange(both, Buffer.alloc(size, 'a'));
    printCalls(size);
  }`;

const lines = (what: string, list: readonly (readonly unknown[])[]): unknown => [
  [what, 0, ...list.flatMap((line) => [[true], line]), ''],
];

const inJavaScript = [23, 24, 31, 32, 47, 48, 2047].map((size) => [size, []]);

export const maskingScenarios: readonly Scenario[] = [
  {
    title: 'bufferutil',
    covers: ['19.masking.bufferutil'],
    run: (world) => note(world, 'installed', long),
  },
  {
    title: 'bufferutil switched off',
    covers: ['19.masking.off', '19.javascript'],
    async run(world) {
      await note(world, 'off', long, { WS_NO_BUFFER_UTIL: '1' });
      await note(world, 'off', long, { WS_NO_BUFFER_UTIL: '0' });
      await note(world, 'empty', long, { WS_NO_BUFFER_UTIL: '' });
    },
  },
  {
    title: 'bufferutil that is broken',
    covers: ['19.failing', '19.javascript'],
    run: (world) => note(world, 'broken', long, { BROKEN_HELPERS: '1' }),
  },
  {
    title: 'masking by Node',
    covers: ['19.masking.http'],
    run: (world) => note(world, 'native', nativeMasking + long),
  },
  {
    title: 'when they are looked up',
    covers: ['19.load'],
    async run(world) {
      const late = `
  const WebSocket = require('PACKAGE');
  printCalls('loaded');
  process.env.WS_NO_BUFFER_UTIL = '1';
  http.websocketMask = http.websocketUnmask = () => calls.push('too late');
  await exchange(open(WebSocket), Buffer.alloc(4096, 'a'));
  printCalls('used');`;
      await note(world, 'set later', late);
      const removed = `
  const WebSocket = require('PACKAGE');
  delete process.env.WS_NO_BUFFER_UTIL;
  await exchange(open(WebSocket), Buffer.alloc(4096, 'a'));
  printCalls('used');`;
      await note(world, 'removed later', removed, { WS_NO_BUFFER_UTIL: '1' });
    },
  },
  {
    title: 'the sizes from which bufferutil is used',
    covers: ['19.masking.sizes'],
    because: 'Masking in JavaScript is faster in hybi up to 2048 bytes',
    expected: {
      ws: lines('sizes', [
        [23, []],
        [24, []],
        [31, []],
        [32, ['unmask 32']],
        [47, ['unmask 47']],
        ...[48, 2047, 2048].map((size) => [size, [`mask ${size}`, `unmask ${size}`]]),
      ]),
      hybi: lines('sizes', [...inJavaScript, [2048, ['mask 2048', 'unmask 2048']]]),
    },
    run: (world) => note(world, 'sizes', sizes),
  },
  {
    title: 'the sizes from which the functions of Node are used',
    covers: ['19.masking.sizes'],
    because: 'Masking in JavaScript is faster in hybi up to 2048 bytes',
    expected: {
      ws: lines('sizes', [
        [23, []],
        ...[24, 31, 32, 47, 48, 2047, 2048].map((size) => [
          size,
          [`native mask ${size}`, `native unmask ${size}`],
        ]),
      ]),
      hybi: lines('sizes', [...inJavaScript, [2048, ['native mask 2048', 'native unmask 2048']]]),
    },
    run: (world) => note(world, 'sizes', nativeMasking + sizes),
  },
];
