/** The WHATWG streams on real sockets, with each kind of WebSocket that there is. */
import { randomBytes } from 'node:crypto';
import { onceEvent } from '@hybi/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createWebSocketStreams } from '../../src/web.js';
import type { IncomingMessage, WebSocketFace } from '../../src/web.js';
import { BrowserLike } from '../support/browser-like.js';
import { liveBufferBytes, median, Peak } from '../support/memory.js';
import { openSockets, socketOf, socketsGone, startServer } from '../support/sockets.js';
import type { TestServer } from '../support/sockets.js';

const mebibyte = 1024 * 1024;
const chunkBytes = 64 * 1024;

const dialers: [string, (url: string) => WebSocketFace][] = [
  ['a WebSocket of ws', (url) => new WebSocket(url)],
  ['a WebSocket like a browser’s', (url) => new BrowserLike(url)],
];
// Node.js 22 and later have one of their own.
const Native = (globalThis as { WebSocket?: new (url: string) => WebSocketFace }).WebSocket;
if (Native) dialers.push(['the WebSocket of the platform', (url) => new Native(url)]);

let server: TestServer;
let socketsBefore: number;
beforeEach(async () => {
  socketsBefore = openSockets();
  server = await startServer({ perMessageDeflate: false });
});
afterEach(async () => {
  await server.stop();
  await socketsGone(socketsBefore);
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function collect(readable: ReadableStream<IncomingMessage>): Promise<IncomingMessage[]> {
  const messages: IncomingMessage[] = [];
  for await (const message of readable) messages.push(message);
  return messages;
}

describe.each(dialers)('%s', (_name, dial) => {
  /** Streams of an open WebSocket, and its peer. */
  async function connect() {
    const peerComes = server.nextPeer();
    const streams = createWebSocketStreams(dial(server.url));
    return { ...streams, peer: await peerComes };
  }

  it('carries text and binary both ways and ends with the writer', async () => {
    const { closed, opened, peer, readable, writable } = await connect();
    const received: unknown[] = [];
    peer.on('message', (data: Buffer, isBinary) => {
      received.push(isBinary ? data : String(data));
      peer.send(data, { binary: isBinary });
    });
    const peerCloses = onceEvent(peer, 'close');
    expect(await opened).toEqual({ protocol: '', extensions: '' });
    const writer = writable.getWriter();
    const bytes = randomBytes(100_000);
    for (const message of ['grüß', '', bytes, bytes.buffer.slice(0, 10)])
      await writer.write(message);
    const reader = readable.getReader();
    const messages: unknown[] = [];
    for (let count = 0; count < 4; count += 1) messages.push((await reader.read()).value);
    await writer.close();
    expect((await reader.read()).done).toBe(true);
    expect(received[0]).toBe('grüß');
    expect(received[1]).toBe('');
    expect(bytes.equals(received[2] as Buffer)).toBe(true);
    const [text, empty, echo, short] = messages;
    expect([text, empty]).toEqual(['grüß', '']);
    expect(bytes.equals(echo as Uint8Array)).toBe(true);
    expect(short).toEqual(new Uint8Array(bytes.buffer.slice(0, 10)));
    expect((await closed).code).toBe(1005);
    await peerCloses;
  });

  it("ends with the peer's close", async () => {
    const { closed, peer, readable } = await connect();
    peer.send('last');
    peer.close(4001, 'bye');
    expect(await collect(readable)).toEqual(['last']);
    expect(await closed).toEqual({ code: 4001, reason: 'bye' });
  });

  it('closes with a code and a reason', async () => {
    const { close, opened, peer, readable } = await connect();
    await opened;
    close({ code: 4002, reason: 'mine' });
    expect(await onceEvent(peer, 'close')).toEqual([4002, Buffer.from('mine')]);
    expect(await collect(readable)).toEqual([]);
  });

  it('fails on both sides when the peer is gone', async () => {
    const { closed, opened, peer, readable, writable } = await connect();
    await opened;
    const reading = readable.getReader().closed;
    const writing = writable.getWriter().closed;
    socketOf(peer).resetAndDestroy();
    const abnormal = { code: 'WS_ERR_STREAM_ABNORMAL_CLOSURE', closeCode: 1006 };
    await expect(closed).rejects.toMatchObject(abnormal);
    await expect(reading).rejects.toMatchObject(abnormal);
    await expect(writing).rejects.toMatchObject(abnormal);
  });

  it('fails when nobody answers', async () => {
    const { url } = server;
    await server.stop();
    const { closed, opened, readable, writable } = createWebSocketStreams(dial(url));
    const notOpened = { code: 'WS_ERR_STREAM_NOT_OPENED', closeCode: 1006 };
    await expect(opened).rejects.toMatchObject(notOpened);
    await expect(closed).rejects.toMatchObject(notOpened);
    await expect(readable.getReader().read()).rejects.toMatchObject(notOpened);
    await expect(writable.getWriter().write('x')).rejects.toMatchObject(notOpened);
  });

  it('closes when its reader or its writer gives up', async () => {
    for (const giveUp of ['readable', 'writable'] as const) {
      const { opened, peer, readable, writable } = await connect();
      await opened;
      const reason = { code: 4003, reason: giveUp };
      const peerCloses = onceEvent(peer, 'close');
      await (giveUp === 'readable' ? readable.cancel(reason) : writable.abort(reason));
      expect(await peerCloses).toEqual([4003, Buffer.from(giveUp)]);
    }
  });

  it('gives the opening handshake up', async () => {
    const { closed, opened, writable } = createWebSocketStreams(dial(server.url));
    await writable.abort();
    await expect(opened).rejects.toMatchObject({ code: 'WS_ERR_STREAM_NOT_OPENED' });
    await expect(closed).rejects.toMatchObject({ code: 'WS_ERR_STREAM_NOT_OPENED' });
  });

  it('writes 64 MiB in bounded memory', { timeout: 60_000 }, async () => {
    const totalBytes = 64 * mebibyte;
    let websocket!: WebSocketFace;
    const peerComes = server.nextPeer();
    const { opened, writable } = createWebSocketStreams((websocket = dial(server.url)));
    const peer = await peerComes;
    await opened;
    const unsent = new Peak();
    const live: number[] = [];
    let received = 0;
    peer.on('message', (data: Buffer) => {
      // A slow reader, now and then.
      if ((received += data.length) % mebibyte === 0) {
        peer.pause();
        setImmediate(() => peer.resume());
      }
    });
    const before = liveBufferBytes();
    let sent = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        unsent.see(websocket.bufferedAmount);
        if (sent % (4 * mebibyte) === 0) live.push(liveBufferBytes() - before);
        if (sent === totalBytes) controller.close();
        else controller.enqueue(new Uint8Array(chunkBytes));
        sent += chunkBytes;
      },
    });
    await source.pipeTo(writable);
    expect(received).toBe(totalBytes);
    expect(unsent.value).toBeLessThanOrEqual(mebibyte + 2 * chunkBytes);
    expect(median(live)).toBeLessThan(8 * mebibyte);
  });
});

describe('a slow reader', () => {
  const messages = 1024;

  it('pauses a WebSocket of ws: 64 MiB in bounded memory', { timeout: 60_000 }, async () => {
    const peerComes = server.nextPeer();
    const websocket = server.dial();
    const { readable } = createWebSocketStreams(websocket);
    const peer = await peerComes;
    let pauses = 0;
    websocket.on('message', () => (pauses += Number(websocket.isPaused)));
    const chunk = Buffer.alloc(chunkBytes);
    for (let count = 0; count < messages; count += 1) peer.send(chunk);
    peer.close();
    const before = liveBufferBytes();
    const live: number[] = [];
    let read = 0;
    for await (const message of readable) {
      read += message.length;
      if (read % (4 * mebibyte) === 0) live.push(liveBufferBytes() - before);
      await turn();
    }
    expect(read).toBe(messages * chunkBytes);
    expect(pauses).toBeGreaterThan(100);
    expect(median(live)).toBeLessThan(2 * mebibyte);
  });

  it('fails with a WebSocket like a browser’s, at the limit', async () => {
    const peerComes = server.nextPeer();
    const { closed, readable } = createWebSocketStreams(new BrowserLike(server.url), {
      maxUnreadBytes: mebibyte,
    });
    const peer = await peerComes;
    const chunk = Buffer.alloc(chunkBytes);
    for (let count = 0; count < messages; count += 1) peer.send(chunk);
    expect((await closed).code).toBe(1005);
    await expect(readable.getReader().read()).rejects.toMatchObject({
      code: 'WS_ERR_STREAM_TOO_MUCH_UNREAD',
    });
  });
});
