import { bytes, rawClient } from '@hybi/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openingRequest } from '../src/opening-request.js';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';

describe.each(['simple-server.mjs', 'simple-server.cjs'])('%s', (file) => {
  it('greets, and prints what comes', async () => {
    const example = runExample(file);
    const port = await example.port();
    const client = await connectWs(`ws://127.0.0.1:${port}`);
    expect(await client.next()).toBe('Good to see you');
    client.send('one');
    client.send('zwei €');
    await example.lineMatching(/€/);

    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect(example.output()).toBe(`listening on ${port}\nreceived: one\nreceived: zwei €\n`);
    expect(example.errors()).toBe('');
  });

  it('goes on when a client breaks the protocol', async () => {
    const example = runExample(file);
    const port = await example.port();
    const bad = await rawClient(port);
    onTestFinished(() => bad.destroy());
    bad.send(openingRequest());
    await bad.takeUntil('\r\n\r\n');
    // A text that is not masked.
    bad.send(bytes('81 02 68 69'));
    await example.lineMatching(/MASK must be set/);

    const client = await connectWs(`ws://127.0.0.1:${port}`);
    expect(await client.next()).toBe('Good to see you');
    bad.destroy();
    await example.stop();
  });

  it('ends with a failure where it can not listen', async () => {
    const port = await runExample(file).port();
    const second = runExample(file, { env: { PORT: String(port) } });
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.errors()).toContain('EADDRINUSE');
  });
});
