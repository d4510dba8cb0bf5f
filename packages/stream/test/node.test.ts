import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Duplex } from 'node:stream';
import { onceEvent } from '@hybi/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { createWebSocketStream } from '../src/node.js';
import { FakeEmitter } from './support/fake-websocket.js';
import { openSockets, socketOf, socketsGone, startServer } from './support/sockets.js';
import type { TestServer } from './support/sockets.js';

let server: TestServer;
let socketsBefore: number;
beforeEach(async () => {
  socketsBefore = openSockets();
  server = await startServer();
});
afterEach(() => server.stop());

/** Nothing is left of the stream: no listener on the WebSocket, no socket. */
async function expectNothingLeft(client: WebSocket): Promise<void> {
  expect(client.readyState).toBe(client.CLOSED);
  expect(client.eventNames()).toEqual([]);
  expect(socketOf(client)?.listenerCount('finish') ?? 0).toBe(0);
  await server.stop();
  await socketsGone(socketsBefore);
  expect(openSockets()).toBe(socketsBefore);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits until the closing handshake has begun. */
async function closing(client: WebSocket): Promise<void> {
  while (client.readyState !== client.CLOSING) await turn();
}

function* repeat(chunk: Buffer): Generator<Buffer> {
  for (;;) yield chunk;
}

/** The error that ends the stream, once it is closed. */
async function failure(stream: Duplex): Promise<unknown> {
  // Both come in one turn, before a promise could go on.
  const [[error]] = await Promise.all([
    onceEvent(stream, 'error'),
    new Promise((resolve) => stream.once('close', resolve)),
  ]);
  return error;
}

describe('every ending leaves nothing behind', () => {
  const open = async () => {
    const { client, peer } = await server.connect();
    return { client, peer, stream: createWebSocketStream(client) };
  };

  it('end', async () => {
    const { client, peer, stream } = await open();
    const peerCloses = onceEvent(peer, 'close');
    stream.resume().end('x');
    await onceEvent(stream, 'close');
    expect(await peerCloses).toEqual([1005, Buffer.alloc(0)]);
    await expectNothingLeft(client);
  });

  it('destroy', async () => {
    const { client, peer, stream } = await open();
    const peerCloses = onceEvent(peer, 'close');
    stream.destroy();
    await onceEvent(stream, 'close');
    expect(await peerCloses).toEqual([1006, Buffer.alloc(0)]);
    await expectNothingLeft(client);
  });

  it('destroy while the writing side ends', async () => {
    const { client, peer, stream } = await open();
    peer.pause();
    stream.end('x');
    await closing(client);
    stream.destroy();
    await onceEvent(stream, 'close');
    await expectNothingLeft(client);
  });

  it('an error of the WebSocket', async () => {
    const { client, peer, stream } = await open();
    const peerCloses = onceEvent(peer, 'close');
    socketOf(peer).write(Buffer.from('8500', 'hex'));
    expect(await failure(stream)).toMatchObject({ code: 'WS_ERR_INVALID_OPCODE' });
    // Its close frame got out, so the stream did not terminate it.
    expect((await peerCloses)[0]).toBe(1002);
    await expectNothingLeft(client);
  });

  it("the peer's close", async () => {
    const { client, peer, stream } = await open();
    peer.close();
    await onceEvent(stream.resume(), 'end');
    stream.end();
    await onceEvent(stream, 'close');
    await expectNothingLeft(client);
  });

  it("the peer's reset", async () => {
    const { client, peer, stream } = await open();
    socketOf(peer).resetAndDestroy();
    await onceEvent(stream.resume(), 'end');
    stream.end();
    await onceEvent(stream, 'close');
    expect(stream.writableFinished).toBe(false);
    await expectNothingLeft(client);
  });

  it("the peer's reset while the writing side ends", async () => {
    const { client, peer, stream } = await open();
    peer.pause();
    stream.resume().end('x');
    await closing(client);
    socketOf(peer).resetAndDestroy();
    await onceEvent(stream, 'close');
    expect(stream.writableFinished).toBe(false);
    await expectNothingLeft(client);
  });

  it('destroy before the WebSocket is open', async () => {
    const client = server.dial();
    const stream = createWebSocketStream(client);
    stream.write('x');
    stream.destroy();
    const message = 'WebSocket was closed before the connection was established';
    expect(await failure(stream)).toMatchObject({ message });
    await expectNothingLeft(client);
  });

  it('a failed opening handshake, with a write that waits', async () => {
    server.server.options.verifyClient = () => false;
    const client = server.dial();
    const stream = createWebSocketStream(client);
    const written = new Promise((resolve) => stream.write('x', resolve));
    const refusal = { message: 'Unexpected server response: 401' };
    expect(await failure(stream)).toMatchObject(refusal);
    expect(await written).toMatchObject({
      message: 'WebSocket is not open: readyState 3 (CLOSED)',
    });
    await expectNothingLeft(client);
  });

  it('a signal that has fired before', async () => {
    const { client } = await server.connect();
    const stream = createWebSocketStream(client, { signal: AbortSignal.abort() });
    expect(await failure(stream)).toMatchObject({ name: 'AbortError' });
    await expectNothingLeft(client);
  });

  it('a WebSocket that was closed before', async () => {
    const { client } = await server.connect();
    client.terminate();
    await onceEvent(client, 'close');
    const stream = createWebSocketStream(client);
    await onceEvent(stream.resume(), 'end');
    stream.end();
    await onceEvent(stream, 'close');
    await expectNothingLeft(client);
  });
});

describe('when the peer is gone before the stream has finished', () => {
  it('ends a pipeline, though nobody reads', async () => {
    const { client, peer } = await server.connect();
    peer.pause();
    const piped = pipeline(Readable.from(['x']), createWebSocketStream(client));
    await closing(client);
    socketOf(peer).resetAndDestroy();
    await piped;
    await expectNothingLeft(client);
  });

  it('tells a pipeline of what was not written', async () => {
    const { client, peer } = await server.connect();
    peer.pause();
    const endless = Readable.from(repeat(Buffer.alloc(65_536)));
    const stream = createWebSocketStream(client);
    const closes = new Promise((resolve) => stream.once('close', resolve));
    const piped = pipeline(endless, stream);
    while (client.bufferedAmount === 0) await turn();
    socketOf(peer).resetAndDestroy();
    await expect(piped).rejects.toThrow();
    expect(endless.destroyed).toBe(true);
    await closes;
    await expectNothingLeft(client);
  });

  it('lets what arrived be read first', async () => {
    const websocket = new FakeEmitter();
    const stream = createWebSocketStream(websocket);
    websocket.emit('message', Buffer.from('rest'), true);
    stream.end();
    websocket.closed(1006);
    expect(String(await stream.toArray())).toBe('rest');
    expect(stream.writableFinished).toBe(false);
  });
});

describe('a WebSocket that hides its socket', () => {
  it('finishes with a close that was answered', async () => {
    const websocket = new FakeEmitter();
    const stream = createWebSocketStream(websocket);
    const events: string[] = [];
    for (const name of ['finish', 'end', 'close']) stream.on(name, () => events.push(name));
    stream.resume().end();
    expect(websocket.calls).toEqual(['close']);
    websocket.closed(1005);
    await onceEvent(stream, 'close');
    expect(events).toEqual(['finish', 'end', 'close']);
    expect(websocket.eventNames()).toEqual([]);
  });

  it('finishes when it was closed already', async () => {
    const websocket = new FakeEmitter();
    const stream = createWebSocketStream(websocket);
    websocket.closed(1000);
    await onceEvent(stream.resume(), 'end');
    stream.end();
    await onceEvent(stream, 'finish');
    expect(stream.destroyed).toBe(true);
  });

  it('does not finish with a close that was not answered', async () => {
    const websocket = new FakeEmitter();
    const stream = createWebSocketStream(websocket);
    stream.end();
    websocket.closed(1006);
    await onceEvent(stream, 'close');
    expect(stream.writableFinished).toBe(false);
  });
});

describe('the moments of a WebSocket', () => {
  it('waits with writes and the end until it is open', async () => {
    const websocket = new FakeEmitter();
    websocket.readyState = 0;
    const stream = createWebSocketStream(websocket);
    stream.write('a');
    stream.end();
    expect(websocket.sent).toEqual([]);
    websocket.open();
    expect(websocket.sent.map(({ data }) => String(data))).toEqual(['a']);
    expect(websocket.calls).toEqual([]);
    websocket.sent[0]?.done();
    await new Promise((resolve) => process.nextTick(resolve));
    expect(websocket.calls).toEqual(['close']);
    expect(websocket.listenerCount('open')).toBe(0);
  });

  it('is destroyed in a listener of its close', async () => {
    const websocket = new FakeEmitter();
    let closes = 0;
    websocket.on('close', () => stream.destroy());
    const stream = createWebSocketStream(websocket).on('close', () => closes++);
    websocket.closed(1000);
    await onceEvent(stream, 'close');
    await turn();
    expect(closes).toBe(1);
  });

  it('does not hide an error that nobody listens for', () => {
    const stream = createWebSocketStream(new FakeEmitter());
    const error = new Error('unheard');
    expect(() => stream.emit('error', error)).toThrow(error);
    expect(stream.destroyed).toBe(true);
  });

  it('is not paused by messages that a destroyed stream drops', () => {
    const websocket = new FakeEmitter();
    const stream = createWebSocketStream(websocket).on('error', () => {});
    websocket.emit('error', new Error('fatal'));
    websocket.emit('message', Buffer.alloc(100_000), true);
    expect(websocket.isPaused).toBe(false);
    expect(websocket.calls).toEqual([]);
    stream.destroy();
  });

  it('has functions that work without the stream', () => {
    const websocket = new FakeEmitter();
    websocket.isPaused = true;
    const { _read: read } = createWebSocketStream(websocket);
    read.call(undefined as never, 0);
    expect(websocket.isPaused).toBe(false);
  });
});
