import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as handshake from '@hybi/handshake';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket as Ws } from 'ws';
import * as connection from '../src/index.js';
import * as node from '../src/node/index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Runs an example as it is written, but for where its imports come from. */
function runExample(
  name: string,
  modules: Record<string, object>,
  log: (line: string) => void,
  result = 'undefined',
): unknown {
  const start = readme.indexOf(`<!-- example: ${name} -->`);
  const code = /```js\n(.*?)```/s.exec(readme.slice(start))?.[1] ?? '';
  const body = code.replace(/import (\{.*?\}) from '(.*?)';/g, "const $1 = modules['$2'];");
  expect(body).not.toContain('import');
  const output = { log: (...values: unknown[]) => log(values.join(' ')) };
  return new Function('modules', 'console', `${body}; return ${result};`)(
    modules,
    output,
  ) as unknown;
}

it('the example of a connection prints what is written', async () => {
  const printed = /It prints:\n\n```\n(.*?)\n```/s.exec(readme)?.[1];
  const lines: string[] = [];
  const done = new Promise<void>((resolve) => {
    runExample('connection', { '@hybi/connection': connection }, (line) => {
      lines.push(line);
      if (lines.length === 3) resolve();
    });
  });
  await done;
  expect(lines.join('\n')).toBe(printed);
});

it('the example of a WebSocket is a server', async () => {
  let server: http.Server | undefined;
  const createServer = (): http.Server => {
    server = http.createServer();
    const { listen } = server;
    // Any free port instead of the one in the example.
    server.listen = () => Reflect.apply(listen, server, [0, '127.0.0.1']) as http.Server;
    return server;
  };
  const modules = {
    'node:http': { createServer },
    '@hybi/connection/node': node,
    '@hybi/handshake': handshake,
  };
  const lines: string[] = [];
  runExample('websocket', modules, (line) => lines.push(line));
  onTestFinished(() => void server?.close());
  await once(server!, 'listening');
  const { port } = server!.address() as AddressInfo;
  const client = new Ws(`ws://127.0.0.1:${port}`);
  client.on('open', () => client.send('Hello'));
  const [data, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
  expect([String(data), isBinary]).toEqual(['Hello', false]);
  client.send(Buffer.alloc(2 * 1024 * 1024));
  const [code] = (await once(client, 'close')) as [number];
  expect(code).toBe(1009);
  expect(lines).toEqual(['Max payload size exceeded']);
});

it('the example of a prepared message sends it to all', () => {
  const modules = { '@hybi/connection/node': node };
  const sendToAll = runExample('prepared', modules, () => {}, 'sendToAll') as (
    websockets: { send(message: unknown): void }[],
    text: string,
  ) => void;
  const sent: unknown[] = [];
  const websocket = { send: (message: unknown) => sent.push(message) };
  sendToAll([websocket, websocket], 'Hello');
  expect(sent).toHaveLength(2);
  expect(sent[0]).toBe(sent[1]);
  expect(sent[0]).toMatchObject({ opcode: 1, payload: new TextEncoder().encode('Hello') });
});

it('the README names every value that is exported', () => {
  for (const name of [...Object.keys(connection), ...Object.keys(node)]) {
    expect(readme).toContain(`\`${name}`);
  }
});
