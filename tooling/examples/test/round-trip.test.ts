import { describe, expect, it } from 'vitest';
import { runExample } from '../src/run-example.js';
import { listenWs } from '../src/ws-server.js';

describe.each(['round-trip.mjs', 'round-trip.cjs'])('%s', (file) => {
  it('measures again and again, until it is told to end', async () => {
    const server = await listenWs();
    const example = runExample(file, { env: { TARGET: server.url, INTERVAL: '1' } });
    const peer = await server.accept();
    for (let i = 0; i < 3; i++) {
      const sent = await peer.next();
      expect(sent).toMatch(/^\d+(\.\d+)?$/);
      // As if it had been sent a minute earlier, and one more each time.
      peer.send(String(Number(sent) - 60_000 * (i + 1)));
      await example.lineMatching(new RegExp(`^round-trip time: ${6 * (i + 1)}\\d{4}\\.\\d{3} ms$`));
    }
    await example.stop();
    expect((await peer.closed).code).toBe(1005);
    expect(example.output()).toMatch(
      /^connected\n(round-trip time: [\d.]+ ms\n){3}disconnected\n$/,
    );
    expect(example.errors()).toBe('');
  });

  it('ends with the server', async () => {
    const server = runExample('echo-server.mjs');
    const env = { TARGET: `ws://127.0.0.1:${await server.port()}`, INTERVAL: '60000' };
    const example = runExample(file, { env });
    await example.lineMatching(/^round-trip time: \d+\.\d{3} ms$/);
    await server.stop();
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toMatch(/\ndisconnected\n$/);
  });
});
