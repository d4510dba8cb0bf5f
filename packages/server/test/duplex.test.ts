/** Upgrades on sockets that are not TCP's, and on sockets that are gone. */
import { once } from 'node:events';
import { Duplex, duplexPair } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { accepted, madeUpRequest, refused } from './support/requests.js';

describe.each(implementations)('$name', ({ Server }) => {
  it('opens a WebSocket on any Duplex', async () => {
    const wss = new Server({ noServer: true });
    const [near, far] = duplexPair();
    const received: Buffer[] = [];
    far.on('data', (chunk: Buffer) => received.push(chunk));
    const messages: string[] = [];
    wss.handleUpgrade(madeUpRequest(), near, Buffer.alloc(0), (websocket) => {
      websocket.on('message', (data) => {
        messages.push(String(data));
        websocket.send('back');
        websocket.close(1000);
      });
    });
    far.write(Buffer.from('8182000000006869', 'hex'));
    far.write(Buffer.from('88820000000003e8', 'hex'));
    await once(far, 'end');
    far.end();
    expect(messages).toEqual(['hi']);
    const answer = Buffer.concat(received).toString('latin1');
    expect(answer).toBe(`${accepted()}\x81\x04back\x88\x02\x03\xe8`);
  });

  it('reads first frames that came with the request', async () => {
    const wss = new Server({ noServer: true });
    const [near, far] = duplexPair();
    const head = Buffer.from('818200000000686981', 'hex');
    const messages: string[] = [];
    const both = new Promise<void>((resolve) => {
      wss.handleUpgrade(madeUpRequest(), near, head, (websocket) => {
        websocket.on('message', (data) => {
          messages.push(String(data));
          if (messages.length === 2) resolve();
        });
      });
    });
    expect(messages).toEqual([]);
    far.write(Buffer.from('82000000006d65', 'hex'));
    await both;
    expect(messages).toEqual(['hi', 'me']);
    near.destroy();
  });

  it('refuses on any Duplex', async () => {
    const wss = new Server({ noServer: true });
    const [near, far] = duplexPair();
    const closed = once(near, 'close');
    const received: Buffer[] = [];
    far.on('data', (chunk: Buffer) => received.push(chunk));
    wss.handleUpgrade(madeUpRequest({ upgrade: 'h2c' }), near, Buffer.alloc(0), () =>
      expect.unreachable(),
    );
    await closed;
    expect(Buffer.concat(received).toString()).toBe(
      refused('400 Bad Request', 'Invalid Upgrade header'),
    );
  });

  it.each<[string, (socket: Duplex) => void]>([
    ['destroyed', (socket) => socket.destroy()],
    ['ended', (socket) => socket.end()],
  ])('leaves a socket that was %s alone', async (_what, spoil) => {
    const wss = new Server({ noServer: true });
    const written: unknown[] = [];
    const socket = new Duplex({
      read() {},
      write(chunk, _encoding, done) {
        written.push(chunk);
        done();
      },
    });
    const closed = once(socket, 'close');
    spoil(socket);
    wss.handleUpgrade(madeUpRequest(), socket, Buffer.alloc(0), () => expect.unreachable());
    expect(socket.destroyed).toBe(true);
    await closed;
    expect(written).toEqual([]);
    expect(wss.clients.size).toBe(0);
  });

  it('guards the socket until the WebSocket takes it over', async () => {
    const wss = new Server({ noServer: true });
    const [near] = duplexPair();
    let finish: (verified: boolean) => void = () => expect.unreachable();
    wss.options.verifyClient = (_info, callback) => {
      finish = callback;
    };
    wss.handleUpgrade(madeUpRequest(), near, Buffer.alloc(0), () => {});
    expect(near.listenerCount('error')).toBe(1);
    const [guard] = near.listeners('error');
    finish(true);
    expect(near.listeners('error')).not.toContain(guard);
    expect(near.listenerCount('error')).toBe(1);
    near.destroy();
    await once(near, 'close');
  });

  it('guards the socket after a refusal too', async () => {
    const wss = new Server({ noServer: true, verifyClient: () => false });
    const [near] = duplexPair();
    wss.handleUpgrade(madeUpRequest(), near, Buffer.alloc(0), () => expect.unreachable());
    const closed = new Promise((resolve) => near.on('close', resolve));
    near.destroy(new Error('reset'));
    await closed;
    expect(near.destroyed).toBe(true);
  });

  it('tells of a socket that fails as a closed WebSocket', async () => {
    const wss = new Server({ noServer: true });
    const [near] = duplexPair();
    const opened = new Promise<NodeJS.EventEmitter>((resolve) => {
      wss.handleUpgrade(madeUpRequest(), near, Buffer.alloc(0), (websocket) => resolve(websocket));
    });
    const websocket = await opened;
    near.destroy(new Error('reset'));
    expect(await once(websocket, 'close')).toEqual([1006, Buffer.alloc(0)]);
  });
});

it('takes a request that was made up, without a socket', async () => {
  const verifyClient = ({ secure }: { secure: boolean }): boolean => !secure;
  const wss = new WebSocketServer({ noServer: true, verifyClient });
  const [near] = duplexPair();
  const request = Object.assign(madeUpRequest(), { socket: undefined }) as never;
  const opened: unknown[] = [];
  wss.handleUpgrade(request, near, Buffer.alloc(0), (websocket) => opened.push(websocket));
  expect(opened).toEqual([...wss.clients]);
  near.destroy();
  await once(near, 'close');
});
