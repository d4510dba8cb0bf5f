/** What checks text. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { prelude } from './helpers.js';

const withoutNative = 'delete buffer.isUtf8;';

const watched = `
  const { isUtf8 } = buffer;
  buffer.isUtf8 = (bytes) => {
    calls.push('isUtf8 ' + bytes.length);
    return isUtf8(bytes);
  };`;

const texts = (...lengths: number[]): string => `
  const both = open(require('PACKAGE'));
  calls.length = 0;
  for (const length of [${lengths}]) {
    await exchange(both, 'a'.repeat(length));
    printCalls(length);
  }`;

const malformed = `
  const { server, client } = open(require('PACKAGE'));
  const failed = once(server, 'error');
  client.send(Buffer.alloc(64, 0xff), { binary: false });
  const [error] = await failed;
  print(error.message, error.code);`;

/** Without bufferutil, whose calls are not the matter here. */
function note(
  world: World,
  what: string,
  body: string,
  env: Record<string, string> = {},
): Promise<void> {
  const source = `${prelude}\nvoid (async () => {${body}\n})();`;
  return noteProgram(world, what, source, {
    commonjs: true,
    env: { WS_NO_BUFFER_UTIL: '1', ...env },
  });
}

export const utf8Scenarios: readonly Scenario[] = [
  {
    title: 'buffer.isUtf8',
    covers: ['19.utf8.native'],
    async run(world) {
      await note(world, 'sizes', watched + texts(1, 23, 24, 32, 4096));
      await note(world, 'loaded', `require('PACKAGE'); printCalls('loaded');`);
    },
  },
  {
    title: 'utf-8-validate',
    covers: ['19.utf8.validate', '19.load'],
    async run(world) {
      await note(world, 'sizes', withoutNative + texts(1, 23, 32, 4096));
      await note(world, 'loaded', `${withoutNative} require('PACKAGE'); printCalls('loaded');`);
      await note(world, 'malformed', withoutNative + malformed);
    },
  },
  {
    title: 'utf-8-validate, a little earlier',
    covers: ['19.utf8.validate'],
    because: 'hybi has one size for both checks in native code',
    expected: {
      ws: [['sizes', 0, [true], [24, []], [true], [31, []], '']],
      hybi: [['sizes', 0, [true], [24, ['validate 24']], [true], [31, ['validate 31']], '']],
    },
    run: (world) => note(world, 'sizes', withoutNative + texts(24, 31)),
  },
  {
    title: 'utf-8-validate switched off',
    covers: ['19.utf8.off', '19.javascript'],
    async run(world) {
      const body = `${withoutNative} require('PACKAGE'); printCalls('loaded');`;
      await note(world, 'empty', body, { WS_NO_UTF_8_VALIDATE: '' });
      const used = withoutNative + texts(1, 4096) + malformed;
      await note(world, 'off', used, { WS_NO_UTF_8_VALIDATE: '1' });
    },
  },
  {
    title: 'utf-8-validate that is broken',
    covers: ['19.failing', '19.javascript'],
    async run(world) {
      const used = withoutNative + texts(4096) + malformed;
      await note(world, 'broken', used, { BROKEN_HELPERS: '1' });
    },
  },
  {
    title: 'the variable and the function, changed after loading',
    covers: ['19.load'],
    async run(world) {
      const late = `${withoutNative}
  const WebSocket = require('PACKAGE');
  process.env.WS_NO_UTF_8_VALIDATE = '1';
  buffer.isUtf8 = () => calls.push('too late') > 0;
  calls.length = 0;
  await exchange(open(WebSocket), 'a'.repeat(64));
  printCalls('used');`;
      await note(world, 'late', late);
    },
  },
];
