import { describe, expect, it } from 'vitest';
import { createWebSocketStreams } from '../../src/web.js';
import { messageOverheadBytes } from '../../src/web/message-size.js';
import { FakePausableWebSocket, FakeWebSocket } from '../support/fake-websocket.js';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('messages', () => {
  it('are text as strings and binary in arrays of their own', async () => {
    const websocket = new FakeWebSocket();
    const reader = createWebSocketStreams(websocket).readable.getReader();
    expect(websocket.binaryType).toBe('arraybuffer');
    websocket.message('text');
    websocket.message(Uint8Array.of(1, 2).buffer);
    websocket.message(Buffer.from([0, 3, 4, 0]).subarray(1, 3));
    websocket.message('');
    const messages = [];
    for (let count = 0; count < 4; count += 1) messages.push((await reader.read()).value);
    expect(messages).toEqual(['text', Uint8Array.of(1, 2), Uint8Array.of(3, 4), '']);
  });

  it('of another form fail the stream and close the WebSocket', async () => {
    const websocket = new FakeWebSocket();
    const { readable } = createWebSocketStreams(websocket);
    websocket.message(new Blob(['x']));
    websocket.message('ignored');
    await expect(readable.getReader().read()).rejects.toThrow(
      new TypeError("Binary messages must come as 'arraybuffer'"),
    );
    expect(websocket.closes).toEqual([[]]);
  });
});

describe('a WebSocket that can be paused', () => {
  const highWaterMark = 1000;

  it('is paused at the high water mark and resumed when there is room', async () => {
    const websocket = new FakePausableWebSocket();
    const { readable } = createWebSocketStreams(websocket, {
      readableHighWaterMark: highWaterMark,
    });
    await settle();
    websocket.message('x'.repeat(highWaterMark - 2 * messageOverheadBytes - 1));
    expect(websocket.isPaused).toBe(false);
    websocket.message(Uint8Array.of(1).buffer);
    expect(websocket.isPaused).toBe(true);
    // What the parser held already still comes, and must not be lost.
    websocket.message('tail');

    const reader = readable.getReader();
    await reader.read();
    await settle();
    expect(websocket.isPaused).toBe(false);
    expect((await reader.read()).value).toEqual(Uint8Array.of(1));
    expect((await reader.read()).value).toBe('tail');
  });

  it('is paused by a flood of empty messages, too', async () => {
    const websocket = new FakePausableWebSocket();
    createWebSocketStreams(websocket, { readableHighWaterMark: highWaterMark });
    await settle();
    let messages = 0;
    for (; !websocket.isPaused; messages += 1) websocket.message('');
    expect(messages).toBe(Math.ceil(highWaterMark / messageOverheadBytes));
  });

  it('has no other limit', async () => {
    const websocket = new FakePausableWebSocket();
    const { readable } = createWebSocketStreams(websocket, { maxUnreadBytes: 0 });
    websocket.message('a');
    websocket.message('b');
    const reader = readable.getReader();
    expect([await reader.read(), await reader.read()].map(({ value }) => value)).toEqual([
      'a',
      'b',
    ]);
  });

  it('delivers what is queued after a clean close', async () => {
    const websocket = new FakePausableWebSocket();
    const { readable } = createWebSocketStreams(websocket, { readableHighWaterMark: 1 });
    websocket.message('a');
    websocket.message('b');
    websocket.closed(1000);
    const messages: unknown[] = [];
    for await (const message of readable) messages.push(message);
    expect(messages).toEqual(['a', 'b']);
  });
});

describe('a WebSocket that can not be paused', () => {
  it('fails and is closed when too much is unread', async () => {
    const websocket = new FakeWebSocket();
    const { readable } = createWebSocketStreams(websocket, { maxUnreadBytes: 1000 });
    // One message may be as long as it likes: it is in memory already.
    websocket.message('x'.repeat(5000));
    expect(websocket.closes).toEqual([]);
    websocket.message('y');
    expect(websocket.closes).toEqual([[]]);
    await expect(readable.getReader().read()).rejects.toMatchObject({
      code: 'WS_ERR_STREAM_TOO_MUCH_UNREAD',
    });
  });

  it('counts what is unread only', async () => {
    const websocket = new FakeWebSocket();
    const { readable } = createWebSocketStreams(websocket, { maxUnreadBytes: 1000 });
    const reader = readable.getReader();
    for (let count = 0; count < 10; count += 1) {
      websocket.message('x'.repeat(900));
      expect((await reader.read()).value).toHaveLength(900);
    }
    expect(websocket.closes).toEqual([]);
  });
});

describe('cancelling', () => {
  it.each([
    [undefined, []],
    [new Error('no more'), []],
    [new DOMException('stop', 'AbortError'), []],
    [{ code: 4000, reason: 'no more' }, [4000, 'no more']],
    [{ code: 1000 }, [1000]],
    [{ code: 1001 }, []], // Not from a browser.
    [{ code: 4000, reason: 'x'.repeat(124) }, []],
    [{ code: 4000, reason: 5 }, []],
    [{ reason: 'x' }, []],
    [null, []],
  ])('with %s closes with %j', async (reason, expected) => {
    const websocket = new FakePausableWebSocket();
    const { readable } = createWebSocketStreams(websocket, { readableHighWaterMark: 1 });
    websocket.message('unread');
    expect(websocket.isPaused).toBe(true);
    await readable.cancel(reason);
    expect(websocket.closes).toEqual([expected]);
    // Else the peer's close frame would not be seen.
    expect(websocket.isPaused).toBe(false);
    websocket.message('dropped');
    expect(websocket.isPaused).toBe(false);
    websocket.closed(1000);
    expect(websocket.listenerCount).toBe(0);
  });

  it('is what leaving a loop does', async () => {
    const websocket = new FakeWebSocket();
    const { readable } = createWebSocketStreams(websocket);
    websocket.message('first');
    let rounds = 0;
    for await (const message of readable) {
      expect(message).toBe('first');
      rounds += 1;
      if (rounds === 1) break;
    }
    expect(websocket.closes).toEqual([[]]);
  });
});
