/** Runs the examples of the README as they stand there. */
import { readFile } from 'node:fs/promises';
import * as stream from 'node:stream';
import * as streamPromises from 'node:stream/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as ws from 'ws';
import * as node from '../src/node.js';
import * as web from '../src/web.js';
import { startServer } from './support/sockets.js';
import type { TestServer } from './support/sockets.js';

const modules: Record<string, unknown> = {
  'node:stream': stream,
  'node:stream/promises': streamPromises,
  '@hybi/stream/node': node,
  '@hybi/stream/web': web,
  // The same face, and not built from this package.
  hybi: ws,
};
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

/** Runs an example and returns what it printed. */
async function run(name: string): Promise<unknown[]> {
  const block = new RegExp(`<!-- example: ${name} -->\\s+\`\`\`js\\n(.*?)\`\`\``, 's').exec(readme);
  const code = (block?.[1] ?? `throw new Error('No example ${name}')`)
    .replaceAll(/^import (\{.*?\}) from ('.*?');$/gm, 'const $1 = modules[$2];')
    .replaceAll('ws://127.0.0.1:8080', server.url);
  const printed: unknown[] = [];
  const print = { log: (value: unknown) => printed.push(value) };
  // A browser has WebSocket as a global, which the example of the Duplex imports.
  const example = new Function(
    ...['modules', 'console', 'WebSocket'],
    `'use strict'; return (async () => { ${code} })();`,
  );
  await example(modules, print, ws.WebSocket);
  return printed;
}

it('the Duplex', async () => {
  server.server.on('connection', (peer) => {
    peer.on('message', (data) => peer.send(`got ${String(data)}`));
  });
  expect(await run('node')).toEqual(['got one', 'got two', 'sent, answered and closed']);
});

it('the WHATWG streams', async () => {
  server.server.on('connection', (peer) => {
    peer.on('message', (data) => peer.send(`got ${String(data)}`));
  });
  expect(await run('web')).toEqual(['got one', 1005]);
});

it('the table of errors', () => {
  const codes = [...readme.matchAll(/`(WS_ERR_\w+)`/g)].map(([, code]) => code);
  expect(codes).toEqual(Object.keys(web.streamErrors));
});
