/** Runs the examples of the README as they stand there. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import * as server from '../src/index.js';
import { dial, open, startHttp } from './support/servers.js';

const modules: Record<string, unknown> = { 'node:http': http, '@hybi/server': server };
const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

/** Runs an example with a console and a port of ours and returns one of its constants. */
function run<Result>(name: string, result: string, lines: unknown[] = []): Result {
  const block = new RegExp(`<!-- example: ${name} -->\\s+\`\`\`js\\n(.*?)\`\`\``, 's').exec(readme);
  const code = (block?.[1] ?? '')
    .replaceAll(/^import (\{.*?\}) from ('.*?');$/gms, 'const $1 = modules[$2];')
    .replace('8080', '0');
  const example = new Function('modules', 'console', `'use strict'; ${code}; return ${result};`);
  const log = (...values: unknown[]): number => lines.push(values);
  return example(modules, { log }) as Result;
}

it('shows a server that sends back what it gets', async () => {
  const lines: unknown[] = [];
  const wss = run<server.WebSocketServer>('echo', 'wss', lines);
  onTestFinished(async () => {
    for (const client of wss.clients) client.terminate();
    wss.close();
    await once(wss, 'close');
  });
  await once(wss, 'listening');
  const client = await open((wss.address() as AddressInfo).port, { path: '/news' });
  client.send('text');
  expect(await once(client, 'message')).toEqual([Buffer.from('text'), false]);
  client.send(Buffer.from([1, 2]));
  expect(await once(client, 'message')).toEqual([Buffer.from([1, 2]), true]);
  expect(lines).toEqual([['open for', '/news']]);
});

it('shows how an application lets clients in', async () => {
  const listening = run<http.Server>('shared', 'server');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  onTestFinished(() => {
    listening.close();
  });
  const headers = { Authorization: 'Bearer secret' };
  const client = dial(port, { path: '/chat', headers });
  const [greeting] = (await once(client, 'message')) as [Buffer];
  expect(greeting.toString()).toBe('Hello, you');
  client.close();
  for (const refused of [{ path: '/chat' }, { path: '/other', headers }]) {
    const [error] = (await once(dial(port, refused), 'error')) as [Error];
    expect(error.message).toBe('Unexpected server response: 401');
  }
});

it('shows how to send one message to many', async () => {
  const wss = run<server.WebSocketServer>('broadcast', 'wss');
  onTestFinished(async () => {
    for (const client of wss.clients) client.terminate();
    wss.close();
    await once(wss, 'close');
  });
  await once(wss, 'listening');
  const { port } = wss.address() as AddressInfo;
  const first = dial(port);
  expect(String((await once(first, 'message'))[0])).toBe('Somebody came');
  const again = once(first, 'message');
  const second = dial(port);
  expect(String((await once(second, 'message'))[0])).toBe('Somebody came');
  expect(String((await again)[0])).toBe('Somebody came');
  const received = once(first, 'message');
  second.send('to the others');
  expect(await received).toEqual([Buffer.from('to the others'), false]);
});

it('says how to end the clients of a server that closes', async () => {
  const { server: httpServer, port } = await startHttp();
  const wss = new server.WebSocketServer({ server: httpServer });
  const code = /`(for \(const client of wss\.clients\) .*?)`/.exec(readme)?.[1] ?? '';
  const client = await open(port);
  const closed = once(client, 'close');
  new Function('wss', code)(wss);
  expect(await closed).toEqual([1001, Buffer.alloc(0)]);
});
