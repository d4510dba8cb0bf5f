import { once } from 'node:events';
import { Socket } from 'node:net';
import { duplexPair } from './support/duplex-pair.js';
import WS from 'ws';
import { describe, expect, it } from 'vitest';
import { Sender, WebSocket } from '../src/index.js';
import { ourClient, ourServer } from './support/pairs.js';

describe('_socket', () => {
  it('is the real socket, and null before there is one', async () => {
    const { ours, close } = await ourServer();
    expect(ours._socket).toBeInstanceOf(Socket);
    expect((ours._socket as Socket).remoteAddress).toMatch(/127\.0\.0\.1$/);
    await close();
    const failing = new WebSocket('ws://127.0.0.1:1');
    expect(failing._socket).toBe(null);
    expect(failing._sender).toBe(null);
    await once(failing, 'error');
    expect(failing._socket).toBe(null);
  });
});

describe('_sender.sendFrame', () => {
  it('sends what Sender.frame made, in turn with messages', async () => {
    const { ours, theirs, close } = await ourServer();
    const received: string[] = [];
    const done = new Promise<void>((resolve) => {
      theirs.on('message', (data) => {
        if (received.push(String(data)) === 4) resolve();
      });
    });
    const list = Sender.frame(Buffer.from('framed'), { fin: true, opcode: 1 }) as Buffer[];
    expect(list).toHaveLength(2);
    const written = new Promise((resolve) => {
      ours.send('first');
      ours._sender?.sendFrame(list, resolve);
      ours._sender?.sendFrame(list);
      ours.send('last');
    });
    await Promise.all([done, written]);
    expect(received).toEqual(['first', 'framed', 'framed', 'last']);
    expect(ours._sender).toBe(ours._sender);
    await close();
  });
});

describe('setSocket', () => {
  it('opens a WebSocket that does not dial on any Duplex, as either side', async () => {
    const [left, right] = duplexPair();
    const server = new WebSocket(null, undefined, {});
    const client = new WebSocket(null, undefined, {});
    client._isServer = false;
    expect(server._isServer).toBe(true);
    const received = once(server, 'message');
    server.setSocket(left, Buffer.alloc(0), { maxPayload: 0 });
    client.setSocket(right, Buffer.alloc(0), { maxPayload: 0 });
    client.send('over a pair');
    expect(String((await received)[0])).toBe('over a pair');
    const closed = once(server, 'close');
    client.close(1000);
    expect((await closed)[0]).toBe(1000);
  });

  it('fits the other side of ws', async () => {
    const [left, right] = duplexPair();
    const ours = new WebSocket(null, undefined, {});
    const theirs = new (
      WS as unknown as new (
        ...args: unknown[]
      ) => WS & { _isServer: boolean; setSocket(...args: unknown[]): void }
    )(null, undefined, {});
    theirs._isServer = false;
    const received = once(ours, 'message');
    ours.setSocket(left, Buffer.alloc(0), { maxPayload: 0 });
    theirs.setSocket(right, Buffer.alloc(0), { maxPayload: 0 });
    theirs.send('masked');
    expect(String((await received)[0])).toBe('masked');
    ours.terminate();
    theirs.terminate();
  });
});

describe('limits', () => {
  it('are read as 32-bit integers: what is not positive is none', async () => {
    for (const maxPayload of [Infinity, 2 ** 31, null, undefined]) {
      const { ours, theirs, close } = await ourServer({ server: { maxPayload } });
      const received = once(ours, 'message');
      theirs.send('x'.repeat(1000));
      expect(String((await received)[0])).toHaveLength(1000);
      await close();
    }
    const { ours, theirs, close } = await ourServer({ server: { maxPayload: 2 ** 32 + 5 } });
    const failed = once(ours, 'error');
    theirs.send('123456');
    expect(((await failed)[0] as Error).message).toBe('Max payload size exceeded');
    await close();
  });

  it('of a client too', async () => {
    const { ours, theirs, close } = await ourClient({ client: { maxPayload: Infinity } });
    const received = once(ours, 'message');
    theirs.send('x'.repeat(1000));
    expect(String((await received)[0])).toHaveLength(1000);
    await close();
  });
});
