import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as negotiation from '../src/index.js';
import * as node from '../src/node/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const modules: Record<string, object> = {
  '@hybi/permessage-deflate': negotiation,
  '@hybi/permessage-deflate/node': node,
};

it('the example prints what its comments say', () => {
  const start = readme.indexOf('<!-- example: codec -->');
  const code = /```js\n(.*?)```/s.exec(readme.slice(start))?.[1] ?? '';
  const body = code.replace(/import (\{.*?\}) from '(.*?)';/g, "const $1 = modules['$2'];");
  expect(body).not.toContain('import');
  const printed: unknown[] = [];
  const log = (value: unknown): number => printed.push(value);
  new Function('modules', 'console', body)(modules, { log });
  expect(printed).toEqual([
    { client_max_window_bits: true },
    { client_max_window_bits: 12 },
    Buffer.from('f248cdc9c90700', 'hex'),
  ]);
  const shown = [...code.matchAll(/; \/\/ ([{<].*)$/gm)].map(([, comment]) => comment);
  expect(shown).toEqual([
    '{ client_max_window_bits: true }',
    '{ client_max_window_bits: 12 }',
    '<Buffer f2 48 cd c9 c9 07 00>',
  ]);
});

it('names every error with its class and close code', () => {
  for (const [code, { type, closeCode }] of Object.entries(negotiation.deflateErrors)) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${code}\``));
    expect(row).toContain(`\`${type}\``);
    if (closeCode !== undefined) expect(row).toContain(` ${closeCode} `);
  }
});

it('names everything that is exported', () => {
  for (const name of [...Object.keys(negotiation), ...Object.keys(node)]) {
    expect(readme).toMatch(new RegExp(`\`(new )?${name}\\b`));
  }
});
