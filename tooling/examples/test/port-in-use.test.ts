import { rawServer } from '@hybi/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { runExample } from '../src/run-example.js';

// Timers of theirs must not keep them alive without a server.
it.each([
  'browser-client/server.mjs',
  'client-address/behind-proxy.mjs',
  'client-address/behind-proxy.cjs',
  'client-address/direct.mjs',
  'client-address/direct.cjs',
  'heartbeat/server.mjs',
  'heartbeat/server.cjs',
  'session/server.mjs',
  'session/server.cjs',
  'statistics/server.mjs',
  'statistics/server.cjs',
])('%s fails when its port is taken', async (program) => {
  const { port, close } = await rawServer();
  onTestFinished(close);
  const example = runExample(program, { env: { PORT: String(port), HOST: '127.0.0.1' } });
  expect(await example.exited).toEqual({ code: 1, signal: null });
  expect(example.output()).toBe('');
  expect(example.errors()).toContain('EADDRINUSE');
});
