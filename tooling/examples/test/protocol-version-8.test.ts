import { expect, it } from 'vitest';
import { runExample } from '../src/run-example.js';
import { listenWs } from '../src/ws-server.js';

it('protocol-version-8.mjs opens as the drafts did, and talks', async () => {
  const server = await listenWs();
  const example = runExample('protocol-version-8.mjs', { env: { TARGET: server.url } });
  const peer = await server.accept();
  expect(peer.request.headers).toMatchObject({
    'sec-websocket-version': '8',
    'sec-websocket-origin': 'https://example.com',
  });
  expect(peer.request.headers.origin).toBeUndefined();
  expect(await peer.next()).toBe('Hello from the past');
  peer.send('Hello from the present');
  expect(await example.exited).toEqual({ code: 0, signal: null });
  expect(example.output()).toBe('received: Hello from the present\n');
  expect(example.errors()).toBe('');
});
