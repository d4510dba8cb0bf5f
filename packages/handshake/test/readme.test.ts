/** Runs the examples of the README as they stand there, against each other. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import * as http from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as handshake from '../src/index.js';

const modules: Record<string, unknown> = { 'node:http': http, '@hybi/handshake': handshake };
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

/** Runs an example with a console of ours and returns one of its constants. */
function run<Result>(
  name: string,
  result: string,
  print: (...values: unknown[]) => void,
  change: (code: string) => string = (code) => code,
): Result {
  const block = new RegExp(`<!-- example: ${name} -->\\s+\`\`\`js\\n(.*?)\`\`\``, 's').exec(readme);
  const code = change(block?.[1] ?? '').replaceAll(
    /^import (\{.*?\}) from ('.*?');$/gms,
    'const $1 = modules[$2];',
  );
  const example = new Function('modules', 'console', `'use strict'; ${code}; return ${result};`);
  return example(modules, { log: print }) as Result;
}

const server = run<http.Server>('server', 'server', () => {});
const sockets = new Set<Socket>();
server.on('connection', (socket) => sockets.add(socket));

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await once(server.close(), 'close');
});

const portOf = (listening: Server): number => (listening.address() as AddressInfo).port;

/** Runs the client, with changes to its code, and returns the first that it prints. */
function dial(port: number, change = (code: string) => code): Promise<unknown[]> {
  return new Promise((resolve) => {
    const atPort = (code: string): string => change(code.replace(':8080', `:${port}`));
    run('client', 'opening', (...values) => resolve(values), atPort);
  });
}

it('opens a connection between the client and the server', async () => {
  expect(await dial(portOf(server))).toEqual(['open, speaking', 'chat']);
});

it('shows how a server rejects', async () => {
  const bad = (code: string) =>
    code.replace('createRequestHeaders(asked)', "{ Connection: 'Upgrade', Upgrade: 'x' }");
  expect(await dial(portOf(server), bad)).toEqual(['refused with', 400]);
});

it('shows a rejection that is a whole HTTP response', async () => {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '14',
  };
  const request = http.get({ port: portOf(server), host: '127.0.0.1', headers });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += String(chunk);
  expect(response.statusCode).toBe(400);
  expect(response.headers).toEqual({
    connection: 'close',
    'sec-websocket-version': '13, 8',
    'content-length': String(body.length),
  });
  expect(body).toBe('Missing or invalid Sec-WebSocket-Version header');
});

it('shows how a client refuses', async () => {
  const wrong = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).resume();
    const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade';
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${upgrade}\r\n\r\n`);
  });
  await once(wrong.listen(0, '127.0.0.1'), 'listening');
  expect(await dial(portOf(wrong))).toEqual(['Invalid Sec-WebSocket-Accept header']);
  await once(wrong.close(), 'close');
});

it('shows a client that survives a refused connection', async () => {
  const gone = createServer();
  await once(gone.listen(0, '127.0.0.1'), 'listening');
  const port = portOf(gone);
  await once(gone.close(), 'close');
  expect(await dial(port)).toEqual([expect.stringContaining('ECONNREFUSED')]);
});
