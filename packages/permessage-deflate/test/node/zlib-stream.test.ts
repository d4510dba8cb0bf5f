import { createDeflateRaw, createInflateRaw } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { RawStream } from '../../src/node/sync-zlib.js';
import { StreamPool, type StreamUser, type ZlibStream } from '../../src/node/zlib-stream.js';
import { noise, tail } from '../support/codec.js';

/** How many stay unused. */
const kept = 4;

function pool(kind: 'deflate' | 'inflate'): { created: RawStream[]; pool: StreamPool } {
  const created: RawStream[] = [];
  const create = (): RawStream => {
    const stream = kind === 'deflate' ? createDeflateRaw() : createInflateRaw();
    created.push(stream);
    return stream;
  };
  return { created, pool: new StreamPool(create) };
}

/** Writes, and returns what came of it. */
function write(stream: ZlibStream, bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const user: StreamUser = {
      onOutput: (chunk) => void chunks.push(chunk),
      onWritten: () => resolve(Buffer.concat(chunks)),
      onStreamError: reject,
    };
    stream.lendTo(user).write(bytes);
  });
}

const hello = Buffer.from('f248cdc9c90700' + '0000ffff', 'hex');
const helloAgain = Buffer.from('f200110000' + '0000ffff', 'hex');
const final = Buffer.from('f348cdc9c90700', 'hex');
const text = Buffer.from('Hello');

describe('StreamPool', () => {
  test('lends what was given back', () => {
    const { created, pool: streams } = pool('inflate');
    const first = streams.take();
    first.release();
    expect(streams.take()).toBe(first);
    expect(streams.take()).not.toBe(first);
    expect(created).toHaveLength(2);
  });

  test('lends no stream twice', () => {
    const { pool: streams } = pool('inflate');
    const first = streams.take();
    first.release();
    expect(new Set([streams.take(), streams.take(), streams.take()]).size).toBe(3);
  });

  test(`keeps ${kept}, and closes the others`, () => {
    const { created, pool: streams } = pool('deflate');
    const taken = Array.from({ length: 50 }, () => streams.take());
    for (const stream of taken) stream.release();
    expect(created.filter((stream) => !stream.destroyed)).toHaveLength(kept);
    const again = Array.from({ length: kept }, () => streams.take());
    expect(created).toHaveLength(50);
    for (const stream of again) stream.close();
  });

  test('forgets the context', async () => {
    const { pool: streams } = pool('inflate');
    const stream = streams.take();
    expect(await write(stream, hello)).toEqual(text);
    expect(await write(stream, helloAgain)).toEqual(text);
    stream.release();
    const next = streams.take();
    expect(next).toBe(stream);
    await expect(write(next, helloAgain)).rejects.toThrow('invalid distance too far back');
  });

  test('forgets what a message in its midst has left', async () => {
    const { pool: streams } = pool('inflate');
    const stream = streams.take();
    await write(stream, hello.subarray(0, 3));
    stream.release();
    expect(await write(streams.take(), hello)).toEqual(text);
  });

  test('never lends a stream that has failed', async () => {
    const { created, pool: streams } = pool('inflate');
    for (let i = 0; i < 3; i++) {
      const stream = streams.take();
      await expect(write(stream, Buffer.of(0xff, 0xff))).rejects.toMatchObject({
        code: 'Z_DATA_ERROR',
      });
      stream.release();
    }
    expect(created.map((stream) => stream.destroyed)).toEqual([true, true, true]);
    expect(await write(streams.take(), hello)).toEqual(text);
  });

  test('never lends a stream that was destroyed from outside, nor chokes on it', async () => {
    const { created, pool: streams } = pool('inflate');
    const stream = streams.take();
    created[0]?.destroy();
    stream.release();
    expect(await write(streams.take(), hello)).toEqual(text);
  });

  test.each([
    ['bytes behind it', Buffer.concat([final, Buffer.of(0)])],
    ['the tail behind it', Buffer.concat([final, tail])],
    ['noise behind it', Buffer.concat([final, noise(40_000)])],
  ])('never lends a stream that Node has ended: a final block with %s', async (_, payload) => {
    const { pool: streams } = pool('inflate');
    for (let i = 0; i < 5; i++) {
      const stream = streams.take();
      expect(await write(stream, payload)).toEqual(text);
      stream.release();
    }
    // It would fail with `stream.push() after EOF`, whoever got it.
    expect(await write(streams.take(), hello)).toEqual(text);
  });

  test('lends a stream whose deflate stream has ended with the last byte', async () => {
    const { created, pool: streams } = pool('inflate');
    for (let i = 0; i < 3; i++) {
      const stream = streams.take();
      expect(await write(stream, final)).toEqual(text);
      stream.release();
    }
    expect(created).toHaveLength(1);
  });

  test('tells a user nothing of what happens after it has given the stream back', async () => {
    const { created, pool: streams } = pool('inflate');
    const stream = streams.take();
    const calls: string[] = [];
    stream.lendTo({
      onOutput: () => calls.push('output'),
      onWritten: () => calls.push('written'),
      onStreamError: () => calls.push('error'),
    });
    stream.write(hello);
    stream.close();
    await new Promise<void>((resolve) => created[0]?.once('close', resolve));
    expect(calls).toEqual([]);
  });
});

describe('run', () => {
  test('goes on where write has stopped, and the other way round', async () => {
    const { pool: streams } = pool('inflate');
    const stream = streams.take();
    const output = Buffer.alloc(100);
    for (let i = 0; i < 3; i++) {
      expect(await write(stream, i === 0 ? hello : helloAgain)).toEqual(text);
      stream.run(helloAgain, 0, helloAgain.length, output);
      expect([stream.free, stream.unread]).toEqual([95, 0]);
      expect(output.subarray(0, 5)).toEqual(text);
    }
    stream.close();
  });

  test('tells what was left free and unread', () => {
    const { pool: streams } = pool('inflate');
    const stream = streams.take();
    const output = Buffer.alloc(2);
    stream.run(hello, 0, hello.length, output);
    expect([stream.free, String(output)]).toEqual([0, 'He']);
    const rest = hello.length - stream.unread;
    const more = Buffer.alloc(100);
    stream.run(hello, rest, hello.length, more);
    expect([stream.free, stream.unread]).toEqual([97, 0]);
    stream.close();
  });

  test('throws what zlib reports, once', () => {
    const { created, pool: streams } = pool('inflate');
    const stream = streams.take();
    const garbage = Buffer.of(0xff, 0xff);
    for (let i = 0; i < 2; i++) {
      expect(() => stream.run(garbage, 0, 2, Buffer.alloc(10))).toThrow('invalid block type');
    }
    expect(created[0]?.destroyed).toBe(true);
  });
});
