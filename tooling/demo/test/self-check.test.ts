import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocketServer } from '../src/library.mjs';
import { DemoServer } from '../src/demo-server.mjs';
import { selfCheck } from '../src/self-check.mjs';

const NAMES = ['text', 'binary', 'fragmented', 'compressed', 'ping', 'close'];

let server: Server;
let host: string;

beforeEach(async () => {
  server = createServer((_, response) => response.end('something else')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function run(target: string): Promise<[name: string, problem: string | undefined][]> {
  const results: [string, string | undefined][] = [];
  for await (const { name, problem } of selfCheck(target)) results.push([name, problem]);
  return results;
}

it('finds nothing wrong with the demo', async () => {
  const demo = await DemoServer.start({ port: 0 });
  expect(await run(demo.host)).toEqual(NAMES.map((name) => [name, undefined]));
  await demo.close();
});

it('fails where something else answers', async () => {
  const results = await run(host);
  expect(results.map(([name]) => name)).toEqual(NAMES);
  for (const [, problem] of results) expect(problem).toContain('200');
});

it('fails where nothing answers', async () => {
  server.close();
  for (const [, problem] of await run(host)) expect(problem).toContain('ECONNREFUSED');
});

it('tells apart what is broken', async () => {
  const broken = new WebSocketServer({ server });
  broken.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => socket.send(data.toString('latin1')));
  });
  expect(await run(host)).toEqual([
    ['text', 'the message came back changed'],
    ['binary', 'the message came back as the other type'],
    ['fragmented', undefined],
    ['compressed', expect.stringContaining('compression was not negotiated')],
    ['ping', undefined],
    ['close', undefined],
  ]);
});
