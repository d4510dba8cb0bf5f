import { describe, expect, it } from 'vitest';
import { runExample, type Example } from '../src/run-example.js';
import { connectWs } from '../src/ws-client.js';
import type { WsPeer } from '../src/ws-peer.js';

const connectThree = async (example: Example): Promise<[WsPeer, WsPeer, WsPeer]> => {
  const address = `ws://127.0.0.1:${await example.port()}`;
  return [await connectWs(address), await connectWs(address), await connectWs(address)];
};

describe.each(['broadcast/everyone.mjs', 'broadcast/everyone.cjs'])('%s', (file) => {
  it('sends to all, text as text and binary as binary', async () => {
    const example = runExample(file);
    const clients = await connectThree(example);
    for (const message of ['first', Buffer.from('second'), '']) {
      clients[0].send(message);
      for (const client of clients) expect(await client.nextMessage()).toEqual(message);
    }
    await example.stop();
    for (const client of clients) expect((await client.closed).code).toBe(1001);
    expect(example.errors()).toBe('');
  });

  it('goes on when one has left', async () => {
    const example = runExample(file);
    const [first, second, third] = await connectThree(example);
    second.websocket.terminate();
    third.websocket.close();
    first.send('who is there?');
    expect(await first.next()).toBe('who is there?');
    await example.stop();
    expect(example.errors()).toBe('');
  });
});

describe.each(['broadcast/others.mjs', 'broadcast/others.cjs'])('%s', (file) => {
  it('sends to all but the sender, text as text and binary as binary', async () => {
    const example = runExample(file);
    const [first, second, third] = await connectThree(example);
    first.send('from the first');
    expect(await second.next()).toBe('from the first');
    expect(await third.next()).toBe('from the first');
    // If its own had come back, that would be the next message of the first.
    second.send(Buffer.from('from the second'));
    expect(await first.nextMessage()).toEqual(Buffer.from('from the second'));
    expect(await third.nextMessage()).toEqual(Buffer.from('from the second'));
    third.send('from the third');
    expect(await second.next()).toBe('from the third');
    await example.stop();
    expect(example.errors()).toBe('');
  });
});
