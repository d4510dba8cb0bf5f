import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { FakeTransform } from '../support/fake-transform.js';
import { WebSocket } from '../../src/node/index.js';
import { nextTurn, openBench } from './support/bench.js';
import { implementations, ours, roles } from './support/implementations.js';
import { hex } from './support/raw-peer.js';
import { memoryPair, tcpPair, tlsPair } from './support/sockets.js';
import type { MemorySocket } from './support/sockets.js';

const noHead = Buffer.alloc(0);

describe('a socket that is taken over', () => {
  it('waits for nothing and sends at once', async () => {
    for (const implementation of implementations) {
      const [socket] = await tcpPair();
      socket.setTimeout(60_000);
      const noDelay = vi.spyOn(socket, 'setNoDelay');
      const websocket = implementation.create();
      implementation.open(websocket, socket, 'client');
      expect(socket.timeout).toBe(0);
      expect(noDelay.mock.calls).toEqual([[]]);
      websocket.terminate();
    }
  });

  it('gives what came with the opening handshake first', async () => {
    for (const implementation of implementations) {
      const { peer, log } = await openBench('client', {
        implementation,
        head: hex('81 03 6f6e65 81 03 74'),
      });
      expect(log).toEqual(['open @1']);
      peer.send('77 6f');
      while (log.length < 3) await nextTurn();
      expect(log.slice(1)).toEqual(['message <one> false @1', 'message <two> false @1']);
    }
  });

  it('takes a head that is no Buffer', async () => {
    const [socket] = memoryPair();
    const websocket = new WebSocket(null);
    const message = once(websocket, 'message');
    websocket.attach(socket, new Uint8Array(hex('81 01 41')), { role: 'client' });
    expect(String((await message)[0])).toBe('A');
    websocket.terminate();
  });

  it('stays paused if it was', async () => {
    for (const implementation of implementations) {
      const [socket, other] = memoryPair();
      socket.pause();
      const { log, websocket } = await openBench('client', {
        implementation,
        pair: () => [socket, other],
      });
      other.write(hex('81 01 41'));
      await nextTurn();
      expect(log).toEqual(['open @1']);
      websocket.resume();
      await nextTurn();
      expect(log).toEqual(['open @1', 'message <A> false @1']);
    }
  });

  it.each([
    ['TCP', tcpPair],
    ['TLS', tlsPair],
    ['memory', memoryPair],
  ])('is left without listeners but the one that swallows errors, over %s', async (_name, pair) => {
    const counts: unknown[] = [];
    for (const implementation of implementations) {
      const [socket, other] = await pair();
      const count = (): Record<string, number> =>
        Object.fromEntries(
          ['close', 'data', 'end', 'error', 'drain', 'finish'].map((name) => [
            name,
            socket.listenerCount(name),
          ]),
        );
      const before = count();
      const { websocket, closed } = await openBench('client', {
        implementation,
        pair: () => [socket, other],
      });
      const during = count();
      websocket.send(Buffer.alloc(100_000));
      websocket.terminate();
      await closed;
      const after = count();
      const added = (now: typeof before) =>
        Object.fromEntries(Object.entries(now).map(([name, n]) => [name, n - before[name]!]));
      counts.push({ during: added(during), error: added(after).error, data: after.data });
      expect(after.close).toBeLessThanOrEqual(before.close!);
      expect(after.end).toBeLessThanOrEqual(before.end!);
    }
    expect(counts[0]).toEqual(counts[1]);
    expect(counts[0]).toMatchObject({
      during: { close: 1, data: 1, end: 1, error: 1, drain: 0, finish: 0 },
      error: 1,
      data: 0,
    });
  });

  it('leaves no timer', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const { websocket, peer, closed } = await openBench('client');
    websocket.close();
    expect(timers()).toBe(before + 1);
    await peer.untilFrames(1);
    peer.sendFrames([0x88, '']);
    await peer.close();
    await closed;
    expect(timers()).toBe(before);
  });

  it('may be the plainest Duplex', async () => {
    for (const implementation of implementations) {
      const written: Buffer[] = [];
      const socket = new Duplex({
        read() {},
        write(chunk: Buffer, _encoding, done) {
          written.push(chunk);
          done();
        },
      });
      const websocket = implementation.create();
      const closed = once(websocket, 'close');
      implementation.open(websocket, socket, 'server');
      websocket.send('one');
      websocket.send('two');
      socket.push(hex('88 80 00000000'));
      socket.push(null);
      const [code] = (await closed) as [number];
      expect(code).toBe(1005);
      expect(Buffer.concat(written).toString('hex')).toBe('81036f6e65' + '810374776f' + '8800');
    }
  });

  it('may deliver while it is written to', async () => {
    const [one, other] = memoryPair();
    const client = new WebSocket(null);
    const server = new WebSocket(null);
    const log: string[] = [];
    client.on('message', (data) => log.push(`client ${String(data)}`));
    server.on('message', (data) => {
      log.push(`server ${String(data)}`);
      server.send(`re: ${String(data)}`);
    });
    const closed = Promise.all(
      Object.entries({ client, server }).map(async ([name, each]) => {
        const [code] = (await once(each, 'close')) as [number];
        log.push(`${name} closed ${code}`);
      }),
    );
    server.attach(other, noHead, { role: 'server' });
    client.attach(one, noHead, { role: 'client' });
    await nextTurn();
    client.send('one');
    client.send('two');
    client.close(3000);
    await closed;
    expect(log.slice(0, 4).sort()).toEqual([
      'client re: one',
      'client re: two',
      'server one',
      'server two',
    ]);
    expect(log.slice(4).sort()).toEqual(['client closed 3000', 'server closed 3000']);
    const closeFrames = one.bytes.filter((byte) => byte === 0x88);
    expect(closeFrames.length).toBeGreaterThan(0);
  });
});

describe('sockets that fail', () => {
  it('while writing: callbacks get the error, close comes, error does not', async () => {
    for (const implementation of implementations) {
      const socket = new Duplex({
        read() {},
        write: (_chunk, _encoding, done) => done(new Error('broken pipe')),
      });
      const websocket = implementation.create();
      const log: string[] = [];
      websocket.on('error', () => log.push('error'));
      const closed = once(websocket, 'close');
      implementation.open(websocket, socket, 'server');
      websocket.send('one', (error) => log.push(`one ${error?.message}`));
      expect(await closed).toEqual([1006, noHead]);
      expect(log, implementation.name).toEqual(['one broken pipe']);
    }
  });

  it('while the closing handshake waits: the close frame was not sent', async () => {
    for (const implementation of implementations) {
      const socket = new Duplex({
        read() {},
        write: (_chunk, _encoding, done) => done(new Error('broken pipe')),
      });
      const websocket = implementation.create();
      implementation.open(websocket, socket, 'client');
      const event = new Promise<{ code: number; wasClean: boolean }>((resolve) => {
        websocket.onclose = resolve;
      });
      socket.push(hex('88 02 03e8'));
      expect(await event, implementation.name).toMatchObject({ code: 1000, wasClean: false });
    }
  });

  it('by a reset that comes after close', async () => {
    const { websocket, socket, closed, log } = await openBench('client');
    websocket.terminate();
    await closed;
    socket.emit('error', new Error('late'));
    expect(log).toEqual(['open @1', 'close 1006 <> @3']);
  });

  it('are told to those who listen to the socket', async () => {
    const { socket, peer, closed } = await openBench('server');
    const failed = once(socket, 'error');
    (peer.socket as Socket).resetAndDestroy();
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
    await closed;
  });
});

describe('R10 terminate', () => {
  const scenarios: [string, (bench: Awaited<ReturnType<typeof openBench>>) => unknown][] = [
    ['at once', ({ websocket }) => websocket.terminate()],
    ['in a message', ({ websocket, peer }) => {
      websocket.on('message', () => websocket.terminate());
      peer.sendFrames([0x81, 'one'], [0x81, 'two']);
    }],
    ['in a ping, instead of the pong', ({ websocket, peer }) => {
      websocket.pong = () => websocket.terminate();
      peer.sendFrames([0x89, ''], [0x89, '']);
    }],
    ['in a callback', ({ websocket }) => websocket.send('x', () => websocket.terminate())],
    ['while a Blob is read', ({ websocket }) => {
      websocket.send(new Blob(['blob']));
      websocket.send('behind');
      websocket.terminate();
    }],
    ['while paused', ({ websocket, peer }) => {
      websocket.pause();
      peer.sendFrames([0x81, 'one']);
      setImmediate(() => websocket.terminate());
    }],
    ['while closing', ({ websocket }) => {
      websocket.close();
      websocket.terminate();
    }],
    ['in an error', ({ websocket, peer }) => {
      websocket.on('error', () => websocket.terminate());
      peer.send('ff 00');
    }],
    ['with much to write', ({ websocket, peer }) => {
      peer.socket.pause();
      for (let i = 0; i < 100; i++) websocket.send(Buffer.alloc(100_000));
      websocket.terminate();
      peer.socket.resume();
    }],
  ]; // prettier-ignore

  it.each(scenarios)('%s ends in close, once', async (_name, scenario) => {
    for (const role of roles) {
      const { log, closed, websocket, socket, ...bench } = await openBench(role);
      scenario({ log, closed, websocket, socket, ...bench });
      await closed;
      await nextTurn();
      expect(log.filter((line) => line.startsWith('close'))).toEqual(['close 1006 <> @3']);
      expect(websocket.readyState).toBe(3);
      expect(socket.destroyed).toBe(true);
      expect(websocket.bufferedAmount).toBe(0);
    }
  });

  it('while a transform works frees it', async () => {
    const transform = new FakeTransform();
    const { websocket, closed } = await openBench('server', { transform });
    websocket.send('x');
    websocket.terminate();
    await closed;
    expect(transform.closed).toBe(true);
  });
});

describe('many connections', () => {
  it('come and go, half of them by reset, and leave nothing', async () => {
    const resources = (): string[] =>
      process.getActiveResourcesInfo().filter((name) => /Timeout|TCPSocket/.test(name));
    const before = resources().length;
    for (let i = 0; i < 50; i++) {
      const { websocket, peer, closed } = await openBench(roles[i % 2]!, { implementation: ours });
      websocket.send('hello');
      await peer.untilFrames(1);
      if (i % 4 < 2) (peer.socket as Socket).resetAndDestroy();
      else {
        websocket.close();
        peer.sendFrames([0x88, '']);
        await peer.close();
      }
      await closed;
    }
    while (resources().length > before) await nextTurn();
    expect(resources().length).toBeLessThanOrEqual(before);
  });
});

it('a socket in memory that stalls holds everything back, in order', async () => {
  const { websocket, peer, socket } = await openBench('server', { pair: memoryPair });
  (socket as MemorySocket).stalled = true;
  for (let i = 0; i < 10; i++) {
    websocket.send(`${i}`);
    await nextTurn();
  }
  websocket.close(1000);
  expect(peer.received).toHaveLength(0);
  (socket as MemorySocket).flow();
  expect(await peer.untilFrames(11)).toEqual([
    ...Array.from({ length: 10 }, (_, i) => `1: ${i}`),
    '8: 1000',
  ]);
});
