import { describe, expect, it } from 'vitest';
import { runExample } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';

describe.each(['echo-server.mjs', 'echo-server.cjs'])('%s', (file) => {
  it('sends text back as text, and binary as binary', async () => {
    const example = runExample(file);
    const client = await connectWs(`ws://127.0.0.1:${await example.port()}`);
    const messages = ['Grüße', Buffer.of(0x80, 0x00, 0xff), '', Buffer.alloc(70_000, 7)];
    for (const message of messages) client.send(message);
    for (const message of messages) expect(await client.nextMessage()).toEqual(message);

    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect(example.output()).toMatch(/^listening on \d+\n$/);
    expect(example.errors()).toBe('');
  });
});
