import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as frame from '../src/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the example of the README prints what the README says', () => {
  const code = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const printed = /It prints:\n\n```\n(.*?)```/s.exec(readme)?.[1];
  const lines: string[] = [];
  const output = { log: (...values: unknown[]) => lines.push(`${values.join(' ')}\n`) };
  const body = code.replace(/import (\{.*?\}) from '@hybi\/frame';/, 'const $1 = frame;');
  new Function('frame', 'console', body)(frame, output);
  expect(lines.join('')).toBe(printed);
});

test('the README names every export', () => {
  for (const name of Object.keys(frame)) expect(readme).toContain(name);
});
