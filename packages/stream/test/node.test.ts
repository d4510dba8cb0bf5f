import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
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
