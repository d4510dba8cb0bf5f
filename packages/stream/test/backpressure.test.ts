/** Backpressure of the Duplex, measured on real sockets. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { onceEvent } from '@hybi/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { createWebSocketStream } from '../src/node.js';
import { liveBufferBytes, median, Peak } from './support/memory.js';
import { startServer } from './support/sockets.js';
import type { TestServer } from './support/sockets.js';

const mebibyte = 1024 * 1024;
const totalBytes = 64 * mebibyte;
const chunkBytes = 64 * 1024;

let server: TestServer;
let client: WebSocket;
let peer: WebSocket;
beforeEach(async () => {
  server = await startServer({ perMessageDeflate: false });
  ({ client, peer } = await server.connect());
});
afterEach(() => server.stop());

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits until a number has not changed for a hundred turns of the event loop. */
async function settled(measure: () => number): Promise<number> {
  let last = measure();
  for (let turns = 0; turns < 100; turns += 1) {
    await turn();
    if (measure() !== last) turns = 0;
    last = measure();
  }
  return last;
}

function* chunks(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += chunkBytes) {
    yield Buffer.alloc(chunkBytes, sent / chunkBytes);
  }
}

it('carries 64 MiB to a slow reader in bounded memory', { timeout: 60_000 }, async () => {
  const reader = createWebSocketStream(client);
  const writer = createWebSocketStream(peer);
  const before = liveBufferBytes();
  const peaks = { queued: new Peak(), unread: new Peak(), unsent: new Peak() };
  const live: number[] = [];
  let pauses = 0;
  client.on('message', () => {
    if (client.isPaused) pauses += 1;
  });

  const written = pipeline(Readable.from(chunks(totalBytes)), writer);
  let read = 0;
  for await (const chunk of reader as AsyncIterable<Buffer>) {
    peaks.queued.see(writer.writableLength);
    peaks.unsent.see(peer.bufferedAmount);
    peaks.unread.see(reader.readableLength);
    if (read % (4 * mebibyte) < chunk.length) live.push(liveBufferBytes() - before);
    expect(chunk[0]).toBe(Math.floor(read / chunkBytes) % 256);
    read += chunk.length;
    await turn();
  }
  reader.end();
  await written;

  expect(read).toBe(totalBytes);
  expect(pauses).toBeGreaterThan(100);
  // What the streams may hold, and one chunk more.
  expect(peaks.queued.value).toBeLessThanOrEqual(writer.writableHighWaterMark + chunkBytes);
  expect(peaks.unsent.value).toBeLessThanOrEqual(chunkBytes + 16);
  expect(peaks.unread.value).toBeLessThanOrEqual(reader.readableHighWaterMark + 2 * chunkBytes);
  expect(median(live)).toBeLessThan(2 * mebibyte);
});

it('pauses the WebSocket for a reader that does not read', async () => {
  const reader = createWebSocketStream(client);
  for (const chunk of chunks(totalBytes)) peer.send(chunk);
  while (!client.isPaused) await turn();
  const unread = reader.readableLength;
  expect(unread).toBeLessThanOrEqual(reader.readableHighWaterMark + 2 * chunkBytes);

  // What the kernel takes is limited; the rest stays with the peer.
  const held = await settled(() => peer.bufferedAmount);
  expect(held).toBeGreaterThan(totalBytes / 4);
  expect(client.isPaused).toBe(true);
  expect(reader.readableLength).toBe(unread);

  peer.close();
  let read = 0;
  for await (const chunk of reader as AsyncIterable<Buffer>) read += chunk.length;
  expect(read).toBe(totalBytes);
});

it('makes write return false while the peer is slow, and drain when it is not', async () => {
  const writer = createWebSocketStream(client);
  peer.pause();
  let written = 0;
  const write = (): void => {
    for (const chunk of chunks(totalBytes)) {
      written += chunk.length;
      if (!writer.write(chunk)) return;
    }
  };
  writer.on('drain', write);
  write();
  await settled(() => written);
  expect(client.bufferedAmount).toBeGreaterThan(0);
  expect(writer.writableNeedDrain).toBe(true);
  // No more than the buffers of the kernel.
  expect(written).toBeLessThan(totalBytes);
  expect(writer.writableLength).toBeLessThanOrEqual(writer.writableHighWaterMark + chunkBytes);

  writer.removeListener('drain', write);
  let received = 0;
  peer.on('message', (data: Buffer) => (received += data.length));
  peer.resume();
  await onceEvent(writer, 'drain');
  writer.resume().end();
  await onceEvent(writer, 'close');
  expect(received).toBe(written);
});
