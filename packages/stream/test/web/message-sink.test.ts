import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWebSocketStreams } from '../../src/web.js';
import type { OutgoingMessage } from '../../src/web.js';
import { messageOverheadBytes } from '../../src/web/message-size.js';
import { FakePausableWebSocket, FakeWebSocket } from '../support/fake-websocket.js';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const closedError = { code: 'WS_ERR_STREAM_CLOSED' };

/** What has become of a promise. */
function watch(promise: Promise<unknown>): { state: string } {
  const watched = { state: 'pending' };
  promise.then(
    () => (watched.state = 'fulfilled'),
    (error: { code?: string }) => (watched.state = `rejected ${error.code}`),
  );
  return watched;
}

describe('writing', () => {
  it('waits until the WebSocket is open', async () => {
    const websocket = new FakeWebSocket();
    websocket.readyState = 0;
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const written = writer.write('x');
    await settle();
    expect(websocket.sent).toEqual([]);
    websocket.open();
    await written;
    expect(websocket.sent).toEqual(['x']);
  });

  it('sends each chunk as it is', async () => {
    const websocket = new FakeWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const bytes = Uint8Array.of(1, 2);
    const chunks = ['', 'text', bytes, bytes.buffer, new DataView(bytes.buffer)];
    for (const chunk of chunks) await writer.write(chunk);
    expect(websocket.sent).toHaveLength(chunks.length);
    chunks.forEach((chunk, index) => expect(websocket.sent[index]).toBe(chunk));
  });

  it.each([1, null, undefined, {}, [1], new Blob(['x'])])(
    'refuses %s, and closes the WebSocket',
    async (chunk) => {
      const websocket = new FakeWebSocket();
      const writer = createWebSocketStreams(websocket).writable.getWriter();
      await expect(writer.write(chunk as unknown as OutgoingMessage)).rejects.toThrow(
        new TypeError('A message must be a string, an ArrayBuffer or a view of one'),
      );
      expect(websocket.sent).toEqual([]);
      expect(websocket.closes).toEqual([[]]);
    },
  );

  it('fails when the WebSocket is closing', async () => {
    const websocket = new FakeWebSocket();
    const { close, writable } = createWebSocketStreams(websocket);
    close();
    await expect(writable.getWriter().write('x')).rejects.toMatchObject(closedError);
    expect(websocket.sent).toEqual([]);
  });

  it('counts bytes and messages', async () => {
    const websocket = new FakePausableWebSocket();
    const { writable } = createWebSocketStreams(websocket, { writableHighWaterMark: 1000 });
    const writer = writable.getWriter();
    void writer.write('x'.repeat(100));
    expect(writer.desiredSize).toBe(900 - messageOverheadBytes);
    void writer.write(new ArrayBuffer(100));
    void writer.write(new DataView(new ArrayBuffer(100)));
    void writer.write('');
    expect(writer.desiredSize).toBe(700 - 4 * messageOverheadBytes);
  });
});

describe('a WebSocket with callbacks', () => {
  it('is given one message at a time', async () => {
    const websocket = new FakePausableWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const first = watch(writer.write('a'));
    const second = watch(writer.write('b'));
    await settle();
    expect(websocket.sent).toEqual(['a']);
    expect(first.state).toBe('pending');
    websocket.callbacks[0]?.(null);
    await settle();
    expect(websocket.sent).toEqual(['a', 'b']);
    expect([first.state, second.state]).toEqual(['fulfilled', 'pending']);
  });

  it('tells why it could not send', async () => {
    const websocket = new FakePausableWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const written = writer.write('a');
    await settle();
    const cause = new Error('EPIPE');
    websocket.callbacks[0]?.(cause);
    await expect(written).rejects.toMatchObject({ code: 'WS_ERR_STREAM_SEND_FAILED', cause });
    expect(websocket.closes).toEqual([[]]);
  });

  it('need not call back once it is closed', async () => {
    const websocket = new FakePausableWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const first = watch(writer.write('a'));
    const second = watch(writer.write('b'));
    await settle();
    websocket.closed(1000);
    await settle();
    expect([first.state, second.state]).toEqual([
      'rejected WS_ERR_STREAM_CLOSED',
      'rejected WS_ERR_STREAM_CLOSED',
    ]);
    expect(websocket.sent).toEqual(['a']);
  });
});

describe('a WebSocket without callbacks', () => {
  const limit = 1024 * 1024;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is given more until it buffers more than a mebibyte', async () => {
    const websocket = new FakeWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    websocket.bufferedAmount = limit;
    await writer.write('a');
    expect(vi.getTimerCount()).toBe(0);
    websocket.bufferedAmount = limit + 1;
    const written = watch(writer.write('b'));
    await settle();
    expect(websocket.sent).toEqual(['a', 'b']);
    expect(written.state).toBe('pending');
  });

  it('is looked at after 1, 2, 4 ms and so on, up to every 64 ms', async () => {
    const websocket = new FakeWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const looks: number[] = [];
    let now = 0;
    Object.defineProperty(websocket, 'bufferedAmount', {
      get: () => {
        looks.push(now);
        return looks.length === 10 ? limit : limit + 1;
      },
    });
    const written = watch(writer.write('a'));
    await settle();
    for (; written.state === 'pending' && now < 1000; now += 1) {
      vi.advanceTimersByTime(1);
      await settle();
    }
    expect(written.state).toBe('fulfilled');
    // The first look was right after sending; `now` is told a millisecond later.
    expect(looks).toEqual([0, 0, 2, 6, 14, 30, 62, 126, 190, 254]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([1000, 1006])('leaves no timer when it is closed with %i', async (code) => {
    const websocket = new FakeWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    websocket.bufferedAmount = limit + 1;
    const written = watch(writer.write('a'));
    await settle();
    expect(vi.getTimerCount()).toBe(1);
    websocket.closed(code);
    await settle();
    expect(written.state).toMatch(/^rejected WS_ERR_STREAM_/);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('closing', () => {
  it('waits for the peer', async () => {
    const websocket = new FakeWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const closed = watch(writer.close());
    await settle();
    expect(websocket.closes).toEqual([[]]);
    expect(closed.state).toBe('pending');
    websocket.closed(1005);
    await settle();
    expect(closed.state).toBe('fulfilled');
  });

  it('fails when the peer does not answer', async () => {
    const websocket = new FakeWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const closed = watch(writer.close());
    await settle();
    websocket.closed(1006);
    await settle();
    expect(closed.state).toBe('rejected WS_ERR_STREAM_ABNORMAL_CLOSURE');
  });

  it('fails when the peer closed before everything was sent', async () => {
    const websocket = new FakePausableWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const written = watch(writer.write('a'));
    const closed = watch(writer.close());
    await settle();
    websocket.closed(1000);
    await settle();
    expect([written.state, closed.state]).toEqual([
      'rejected WS_ERR_STREAM_CLOSED',
      'rejected WS_ERR_STREAM_CLOSED',
    ]);
  });
});

describe('aborting', () => {
  it('closes with the reason at once, also while a message is under way', async () => {
    const websocket = new FakePausableWebSocket();
    const writer = createWebSocketStreams(websocket).writable.getWriter();
    const written = watch(writer.write('a'));
    await settle();
    const aborted = watch(writer.abort({ code: 4000, reason: 'enough' }));
    expect(websocket.closes).toEqual([[4000, 'enough']]);
    websocket.closed(1006);
    await settle();
    expect(written.state).toBe('rejected WS_ERR_STREAM_ABNORMAL_CLOSURE');
    expect(aborted.state).toBe('fulfilled');
    expect(websocket.listenerCount).toBe(0);
  });

  it('gives the opening handshake up', async () => {
    const websocket = new FakeWebSocket();
    websocket.readyState = 0;
    const { opened, writable } = createWebSocketStreams(websocket);
    const aborted = watch(writable.abort(new Error('enough')));
    expect(websocket.closes).toEqual([[]]);
    websocket.closed(1006);
    await settle();
    expect(aborted.state).toBe('fulfilled');
    await expect(opened).rejects.toMatchObject({ code: 'WS_ERR_STREAM_NOT_OPENED' });
  });

  it('succeeds though the WebSocket is closed before the call returns', async () => {
    const websocket = new FakeWebSocket();
    websocket.readyState = 0;
    const { closed, writable } = createWebSocketStreams(websocket);
    websocket.close = () => websocket.closed(1006);
    await writable.abort();
    await expect(closed).rejects.toMatchObject({ code: 'WS_ERR_STREAM_NOT_OPENED' });
  });

  it('closes when nothing is under way', async () => {
    const websocket = new FakeWebSocket();
    const { writable } = createWebSocketStreams(websocket);
    await writable.abort({ code: 4000 });
    expect(websocket.closes).toEqual([[4000]]);
  });
});
