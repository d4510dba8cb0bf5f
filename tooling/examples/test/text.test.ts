import { rawServer } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import { runExample } from '../src/run-example.js';
import { listenWs } from '../src/ws-server.js';

describe.each(['text.mjs', 'text.cjs'])('%s', (file) => {
  it('sends a text, prints the answer and leaves', async () => {
    const server = await listenWs();
    const example = runExample(file, { env: { TARGET: server.url } });
    const peer = await server.accept();
    expect(await peer.next()).toBe('Hello from the client');
    peer.send('Grüße vom Server');
    expect((await peer.closed).code).toBe(1005);
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe('received: Grüße vom Server\n');
    expect(example.errors()).toBe('');
  });

  it('tells that there is no server', async () => {
    const gone = await rawServer();
    await gone.close();
    const example = runExample(file, { env: { TARGET: `ws://127.0.0.1:${gone.port}` } });
    // It ends by itself, not by an error that nobody listens for.
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.errors()).toContain('ECONNREFUSED');
  });
});

it.each(['mjs', 'cjs'])('text.%s talks to the simple server', async (form) => {
  const server = runExample(`simple-server.${form}`);
  const TARGET = `ws://127.0.0.1:${await server.port()}`;
  const client = runExample(`text.${form}`, { env: { TARGET } });
  await server.lineMatching(/^received: Hello from the client$/);
  expect(await client.exited).toEqual({ code: 0, signal: null });
  expect(client.output()).toBe('received: Good to see you\n');
  await server.stop();
});
