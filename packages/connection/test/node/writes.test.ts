import { describe, expect, it } from 'vitest';
import { WebSocket } from '../../src/node/index.js';
import { nextTurn, openBench } from './support/bench.js';
import { roles } from './support/implementations.js';
import type { MemorySocket } from './support/sockets.js';
import { memoryPair, tcpPair, tlsPair } from './support/sockets.js';
import { countChunks, countWrites } from './support/write-counter.js';

const noHead = Buffer.alloc(0);

describe.each(roles)('as a %s', (role) => {
  it.each([
    ['TCP', tcpPair],
    ['TLS', tlsPair],
    ['memory', memoryPair],
  ])('answers all messages of a chunk in one write, over %s', async (_name, pair) => {
    const { websocket, peer, socket } = await openBench(role, { pair });
    const counter = countWrites(socket);
    const arrivals = countChunks(socket);
    let callbacks = 0;
    websocket.on('message', (data) => {
      websocket.send(data);
      websocket.send('and a text', () => callbacks++);
    });
    const frames = Array.from({ length: 100 }, (_, i) => peer.frame(0x82, `message ${i}`));
    peer.send(Buffer.concat([...frames, peer.frame(0x89, 'ping')]));
    const answers = await peer.untilFrames(201);
    expect(answers[0]?.replace('masked ', '')).toBe('2: message 0');
    expect(answers.at(-1)?.replace('masked ', '')).toBe('10: ping');
    expect(counter.writes).toBe(arrivals.chunks);
    expect(counter.writes).toBeLessThan(10);
    await nextTurn();
    expect(callbacks).toBe(100);
  });

  it('answers with large payloads in one write, too', async () => {
    const { websocket, peer, socket } = await openBench(role, { pair: memoryPair });
    websocket.on('message', () => {
      websocket.send(Buffer.alloc(40_000, 'a'));
      websocket.send('small');
      websocket.send('b'.repeat(40_000));
    });
    peer.sendFrames([0x81, 'go']);
    const frames = await peer.untilFrames(3);
    expect(frames.map((frame) => frame.replace('masked ', '').length)).toEqual([40_003, 8, 40_003]);
    expect((socket as MemorySocket).writes).toHaveLength(1);
  });

  it('writes the first message of a tick at once, the rest at its end', async () => {
    const { websocket, peer, socket } = await openBench(role);
    const counter = countWrites(socket);
    const order: string[] = [];
    for (let i = 0; i < 100; i++) {
      websocket.send(`${i}`, () => order.push(`sent ${i}`));
      expect(counter.writes).toBe(1);
    }
    await new Promise<void>((resolve) => process.nextTick(resolve));
    expect(counter.writes).toBe(2);
    await peer.untilFrames(100);
    await nextTurn();
    expect(order).toEqual(Array.from({ length: 100 }, (_, i) => `sent ${i}`));
    expect(counter.writes).toBe(2);
  });

  it('writes at once again in the next tick', async () => {
    const { websocket, peer, socket } = await openBench(role);
    const counter = countWrites(socket);
    for (let i = 1; i <= 5; i++) {
      websocket.send('x');
      expect(counter.writes).toBe(i);
      await nextTurn();
    }
    await peer.untilFrames(5);
  });

  it('writes what a chain of promises sends at its end', async () => {
    const { websocket, peer, socket } = await openBench(role);
    const counter = countWrites(socket);
    for (let i = 0; i < 50; i++) {
      websocket.send(`${i}`);
      await Promise.resolve();
    }
    expect(counter.writes).toBe(1);
    await peer.untilFrames(50);
    expect(counter.writes).toBe(2);
  });

  it('writes a large message once, with its header', async () => {
    const { websocket, peer, socket } = await openBench(role, { pair: memoryPair });
    websocket.send(Buffer.alloc(200_000));
    expect((socket as MemorySocket).writes).toHaveLength(1);
    await peer.untilFrames(1);
  });

  it('bounds what gathers in a tick', async () => {
    const { websocket, peer, socket } = await openBench(role, { pair: memoryPair });
    const counter = countWrites(socket);
    for (let i = 0; i < 1000; i++) websocket.send(Buffer.alloc(1000));
    // A slab of 64 KiB after the other.
    expect(counter.writes).toBeGreaterThan(10);
    expect(counter.writes).toBeLessThan(25);
    await peer.untilFrames(1000);
  });

  it('lets a socket gather that is corked', async () => {
    const { websocket, peer, socket } = await openBench(role);
    const counter = countWrites(socket);
    socket.cork();
    for (let i = 0; i < 10; i++) {
      websocket.send(`${i}`);
      websocket.send(Buffer.alloc(20_000, `${i}`));
      await nextTurn();
    }
    expect(counter.writes).toBe(0);
    socket.uncork();
    expect(counter.writes).toBe(1);
    const frames = await peer.untilFrames(20);
    const digits = frames.map((frame) => frame.replace('masked ', '').slice(3, 5));
    expect(digits).toEqual(
      Array.from({ length: 20 }, (_, i) => {
        const digit = `${i >> 1}`;
        return i % 2 === 0 ? digit : digit + digit;
      }),
    );
  });
});

describe('a broadcast', () => {
  it('to 100 connections is a write each, and two for several messages', async () => {
    const pairs = Array.from({ length: 100 }, () => memoryPair());
    const websockets = pairs.map(([socket, peer]) => {
      peer.resume();
      const websocket = new WebSocket(null);
      websocket.attach(socket, noHead, { role: 'server' });
      return websocket;
    });
    const counts = (): Set<number> => new Set(pairs.map(([socket]) => socket.writes.length));
    for (const websocket of websockets) websocket.send('one');
    expect(counts()).toEqual(new Set([1]));
    await nextTurn();
    expect(counts()).toEqual(new Set([1]));
    for (const message of ['two', 'three', 'four', 'five']) {
      for (const websocket of websockets) websocket.send(message);
    }
    expect(counts()).toEqual(new Set([2]));
    await nextTurn();
    expect(counts()).toEqual(new Set([3]));
    const wire = pairs.map(([socket]) => socket.bytes.toString('hex'));
    expect(new Set(wire).size).toBe(1);
    expect(wire[0]).toContain('810374776f8105746872656581');
    for (const websocket of websockets) websocket.terminate();
  });

  it('R5 does not wait for the one that does not read', async () => {
    const benches = await Promise.all(Array.from({ length: 5 }, () => openBench('server')));
    const [slow, ...others] = benches;
    slow!.peer.socket.pause();
    const payload = Buffer.alloc(100_000, 'x');
    for (let round = 1; round <= 100; round++) {
      for (const { websocket } of benches) websocket.send(payload);
      await Promise.all(others.map(({ peer }) => peer.until(() => peer.received.length >= payload.length))); // prettier-ignore
      for (const { peer } of others) peer.forget();
    }
    expect(slow!.websocket.bufferedAmount).toBeGreaterThan(100_000);
    for (const { websocket } of others) expect(websocket.bufferedAmount).toBe(0);
    slow!.websocket.terminate();
  });
});

describe('memory that a socket was given', () => {
  it('is not written to again, where the socket may keep it', async () => {
    const kept = await openBench('server', { pair: memoryPair });
    const others = await Promise.all([openBench('client'), openBench('server')]);
    const socket = kept.socket as MemorySocket;
    for (let round = 0; round < 50; round++) {
      socket.stalled = round % 3 === 0;
      for (const { websocket } of [kept, ...others]) {
        websocket.send(`round ${round}`);
        websocket.send('x'.repeat(round * 400));
        websocket.send(Buffer.alloc(round, 'y'));
        websocket.send(Buffer.alloc(17_000, 'z'));
      }
      await nextTurn();
      socket.flow();
    }
    await kept.peer.untilFrames(200);
    const copies = Buffer.concat(socket.copies.flat());
    expect(socket.bytes.equals(copies)).toBe(true);
  });

  it('is not written to again when the methods of the socket were replaced', async () => {
    const [socket, other] = await tcpPair();
    const kept: Buffer[] = [];
    const copies: Buffer[] = [];
    const { write } = socket;
    socket.write = function (this: unknown, chunk: Buffer, ...rest: unknown[]) {
      kept.push(chunk);
      copies.push(Buffer.from(chunk));
      return Reflect.apply(write, this, [chunk, ...rest]) as boolean;
    } as typeof write;
    const websocket = new WebSocket(null);
    websocket.attach(socket, noHead, { role: 'server' });
    other.resume();
    for (let i = 0; i < 20; i++) {
      websocket.send(`message ${i}`);
      websocket.send(`and ${i}`);
      await nextTurn();
    }
    expect(copies).toHaveLength(40);
    expect(kept).toEqual(copies);
    websocket.terminate();
  });

  it('is not written to again while the kernel has no room', async () => {
    const { websocket, peer, socket } = await openBench('server');
    peer.socket.pause();
    let number = 0;
    while (socket.writableLength < 1_000_000) {
      for (let i = 0; i < 20; i++) websocket.send(`${number++} `.repeat(200));
      await nextTurn();
    }
    const others = await openBench('server');
    for (let i = 0; i < 100; i++) others.websocket.send(Buffer.alloc(3000, '!'));
    peer.socket.resume();
    const frames = await peer.untilFrames(number);
    for (const [i, frame] of frames.entries()) expect(frame).toBe(`1: ${`${i} `.repeat(200)}`);
  });
});
