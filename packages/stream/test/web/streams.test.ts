import { describe, expect, it } from 'vitest';
import { createWebSocketStreams } from '../../src/web.js';
import { FakePausableWebSocket, FakeWebSocket } from '../support/fake-websocket.js';

const notOpened = { code: 'WS_ERR_STREAM_NOT_OPENED' };
const abnormal = { code: 'WS_ERR_STREAM_ABNORMAL_CLOSURE', closeCode: 1006 };

/** Both sides have failed with this. */
async function expectFailed(
  { readable, writable, closed }: ReturnType<typeof createWebSocketStreams>,
  error: object,
): Promise<void> {
  await expect(closed).rejects.toMatchObject(error);
  await expect(readable.getReader().closed).rejects.toMatchObject(error);
  await expect(writable.getWriter().closed).rejects.toMatchObject(error);
}

describe('opened', () => {
  it('tells what was negotiated', async () => {
    const websocket = new FakeWebSocket();
    websocket.readyState = 0;
    const { opened } = createWebSocketStreams(websocket);
    websocket.extensions = 'permessage-deflate';
    websocket.open();
    expect(await opened).toEqual({ protocol: 'chat', extensions: 'permessage-deflate' });
  });

  it('is fulfilled when the WebSocket is open already', async () => {
    const { opened } = createWebSocketStreams(new FakeWebSocket());
    expect(await opened).toEqual({ protocol: 'chat', extensions: '' });
  });

  it('is rejected when the opening handshake fails, and so is all else', async () => {
    const websocket = new FakeWebSocket();
    websocket.readyState = 0;
    const streams = createWebSocketStreams(websocket);
    const cause = new Error('refused');
    websocket.dispatch('error', { error: cause, message: 'refused' });
    websocket.closed(1006);
    await expect(streams.opened).rejects.toMatchObject({ ...notOpened, cause });
    await expectFailed(streams, { ...notOpened, cause });
    expect(websocket.listenerCount).toBe(0);
  });

  it('is rejected by an error that no close follows', async () => {
    const websocket = new FakeWebSocket();
    websocket.readyState = 0;
    const streams = createWebSocketStreams(websocket);
    websocket.dispatch('error', { message: 'refused' });
    await expect(streams.opened).rejects.toMatchObject({ ...notOpened, cause: 'refused' });
    await expectFailed(streams, notOpened);
    expect(websocket.listenerCount).toBe(0);
  });

  it('is rejected when the WebSocket is closed already', async () => {
    const websocket = new FakeWebSocket();
    websocket.readyState = 3;
    const streams = createWebSocketStreams(websocket);
    await expect(streams.opened).rejects.toMatchObject(notOpened);
    await expectFailed(streams, notOpened);
    expect(websocket.listenerCount).toBe(0);
  });
});

describe('closed', () => {
  it('tells the code and the reason of a clean close; reading ends, writing fails', async () => {
    const websocket = new FakeWebSocket();
    const { closed, readable, writable } = createWebSocketStreams(websocket);
    websocket.message('last');
    websocket.closed(4001, 'bye');
    expect(await closed).toEqual({ code: 4001, reason: 'bye' });
    const reader = readable.getReader();
    expect(await reader.read()).toEqual({ done: false, value: 'last' });
    expect(await reader.read()).toEqual({ done: true, value: undefined });
    await expect(writable.getWriter().write('late')).rejects.toMatchObject({
      code: 'WS_ERR_STREAM_CLOSED',
    });
    expect(websocket.listenerCount).toBe(0);
  });

  it('is rejected with the cause when there was no close frame, and both sides fail', async () => {
    const websocket = new FakeWebSocket();
    const streams = createWebSocketStreams(websocket);
    // Not every platform tells more than a text, or that.
    websocket.dispatch('error', { message: 'went away' });
    websocket.dispatch('error', {});
    websocket.closed(1006);
    await expectFailed(streams, { ...abnormal, reason: '', cause: 'went away' });
    expect(websocket.listenerCount).toBe(0);
  });

  it('has no cause where the platform tells none', async () => {
    const websocket = new FakeWebSocket();
    const { closed } = createWebSocketStreams(websocket);
    websocket.closed(1006);
    const error = await closed.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject(abnormal);
    expect(error).not.toHaveProperty('cause');
  });
});

describe('close', () => {
  it.each([
    [undefined, []],
    [{}, []],
    [{ code: 4000 }, [4000]],
    [{ code: 4000, reason: 'x' }, [4000, 'x']],
    [{ reason: 'x' }, [1000, 'x']],
  ])('of %j closes with %j', (info, expected) => {
    const websocket = new FakeWebSocket();
    // Detached: it needs no receiver.
    const { close } = createWebSocketStreams(websocket);
    close(info);
    expect(websocket.closes).toEqual([expected]);
  });

  it('throws what the WebSocket throws', () => {
    const websocket = new FakeWebSocket();
    const { close } = createWebSocketStreams(websocket);
    expect(() => close({ code: 999 })).toThrow(RangeError);
    expect(websocket.closes).toEqual([]);
  });

  it('lets messages come until the peer closes, too', async () => {
    const websocket = new FakePausableWebSocket();
    const { close, readable } = createWebSocketStreams(websocket);
    close();
    websocket.message('last');
    websocket.closed(1005);
    const messages: unknown[] = [];
    for await (const message of readable) messages.push(message);
    expect(messages).toEqual(['last']);
  });
});

it.each([-1, Number.NaN])('refuses %d as a number of bytes', (bytes) => {
  const websocket = new FakeWebSocket();
  for (const name of ['maxUnreadBytes', 'readableHighWaterMark', 'writableHighWaterMark']) {
    expect(() => createWebSocketStreams(websocket, { [name]: bytes })).toThrow(RangeError);
  }
  expect(websocket.listenerCount).toBe(0);
});
