/** Runs the example of the README as it stands there. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import * as client from '../src/index.js';
import { resolveOptions } from '../src/options.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

it('runs the example', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (each) =>
    each.on('message', (data) => each.send(`you: ${String(data)}`)),
  );

  const [, block = ''] = /<!-- example: client -->\s+```js\n(.*?)```/s.exec(readme) ?? [];
  const code = block
    .replace(/^import (\{.*?\}) from '@hybi\/client';$/m, 'const $1 = client;')
    .replace('127.0.0.1:8080', `127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(code).toContain('const { WebSocket } = client;');
  const printed: unknown[][] = [];
  await new Promise<void>((resolve) => {
    const log = (...values: unknown[]): void => {
      printed.push(values);
      if (typeof values[0] === 'number') resolve();
    };
    const run = new Function('client', 'console', `'use strict'; ${code}`);
    run(client, { log });
  });
  expect(printed).toEqual([['you: hello'], [1000, 'done']]);
  server.close();
  await once(server, 'close');
});

it('names every error and its message', () => {
  for (const [code, { message }] of Object.entries(client.clientErrors)) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${code}\``));
    expect(row).toContain(message);
  }
});

it('states the defaults', () => {
  for (const [name, value] of Object.entries(resolveOptions({}))) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    const shown = row?.split('|')[2]?.trim().replace(/[`,]/g, '');
    expect([name, shown]).toEqual([name, String(value)]);
  }
});
