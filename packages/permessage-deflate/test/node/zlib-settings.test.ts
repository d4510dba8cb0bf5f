/** What the codec tells zlib, and what users can say about it. */
import { bytes } from '@hybi/testkit';
import type * as Zlib from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  type DeflateCodecOptions,
} from '../../src/node/index.js';
import { noise, periodic, run, runAll } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { streams } from '../support/recorded-zlib.js';

vi.mock('node:zlib', async (importOriginal) => {
  const { recordZlib } = await import('../support/recorded-zlib.js');
  return recordZlib(await importOriginal<typeof Zlib>());
});

beforeEach(() => {
  streams.length = 0;
});

const hello = new TextEncoder().encode('Hello');
const helloPayload = bytes('f2 48 cd c9 c9 07 00');

describe.each(modes)('$name', (mode) => {
  const create = (
    options: Partial<DeflateCodecOptions> = {},
    role: 'server' | 'client' = 'server',
  ): DeflateCodec => new DeflateCodec({ role, parameters: {}, ...mode.options, ...options });

  /** Options of its own, so that no stream comes from the pool of another test. */
  const fresh = (options: Zlib.ZlibOptions = {}): Zlib.ZlibOptions => ({ ...options });

  const message = periodic(5000, 90);

  test('level, memLevel, strategy and chunkSize are passed on', async () => {
    const codec = create({
      zlibDeflateOptions: { level: 1, memLevel: 2, strategy: 2, chunkSize: 64 },
      zlibInflateOptions: { chunkSize: 128 },
    });
    const sent = await run(codec, 'encode', message);
    expect(Buffer.compare(await run(codec, 'decode', sent), message)).toBe(0);
    const [deflate, inflate] = streams;
    expect(deflate?.options).toMatchObject({ level: 1, memLevel: 2, strategy: 2, chunkSize: 64 });
    expect(inflate?.options).toMatchObject({ chunkSize: 128 });
    const best = await run(create(), 'encode', message);
    expect(best.length).toBeLessThan(sent.length / 10);
  });

  test.each([
    // Where a context outlives its message, a window of ours is as small as was asked for.
    { agreed: 15, asked: undefined, takeover: true, deflate: 13, memLevel: 5 },
    { agreed: 12, asked: undefined, takeover: true, deflate: 12, memLevel: 5 },
    { agreed: 15, asked: 15, takeover: true, deflate: 15, memLevel: 5 },
    { agreed: 15, asked: 11, takeover: true, deflate: 11, memLevel: 5 },
    { agreed: 10, asked: 15, takeover: true, deflate: 10, memLevel: 5 },
    { agreed: 8, asked: 8, takeover: true, deflate: 9, memLevel: 5 },
    { agreed: 15, asked: undefined, takeover: false, deflate: 15, memLevel: undefined },
    { agreed: 15, asked: 10, takeover: false, deflate: 10, memLevel: undefined },
    { agreed: 8, asked: undefined, takeover: false, deflate: 9, memLevel: undefined },
  ])(
    '$agreed bits agreed, $asked asked for, takeover $takeover: deflate has $deflate',
    async ({ agreed, asked, takeover, deflate, memLevel }) => {
      for (const role of ['server', 'client'] as const) {
        streams.length = 0;
        const noTakeover = takeover
          ? {}
          : ({ server_no_context_takeover: true, client_no_context_takeover: true } as const);
        const windows = { server_max_window_bits: agreed, client_max_window_bits: agreed };
        const asking = asked === undefined ? {} : { windowBits: asked };
        const codec = create(
          {
            parameters: { ...noTakeover, ...windows },
            zlibDeflateOptions: fresh(asking),
            zlibInflateOptions: fresh(asking),
          },
          role,
        );
        await run(codec, 'encode', hello);
        await run(codec, 'decode', helloPayload);
        codec.close();
        expect(streams.map(({ kind, options }) => [kind, options.windowBits])).toEqual([
          ['deflate', deflate],
          ['inflate', agreed], // Whatever was asked for: that is the peer's window.
        ]);
        expect(streams[0]?.options.memLevel).toBe(memLevel);
      }
    },
  );

  test('the windows of both ends are told apart', async () => {
    const parameters = { server_max_window_bits: 10, client_max_window_bits: 12 };
    for (const role of ['server', 'client'] as const) {
      const own = { zlibDeflateOptions: fresh(), zlibInflateOptions: fresh() };
      const codec = create({ parameters, ...own }, role);
      await run(codec, 'encode', hello);
      await run(codec, 'decode', helloPayload);
    }
    expect(streams.map(({ options }) => options.windowBits)).toEqual([10, 12, 12, 10]);
  });

  test('a window of 15 bits is what a peer may use where nothing was agreed', async () => {
    const codec = create({
      parameters: { client_max_window_bits: true },
      zlibInflateOptions: fresh(),
    });
    await run(codec, 'decode', helloPayload);
    expect(streams.map(({ options }) => options.windowBits)).toEqual([15]);
  });

  test.each([0, 1, 2, 3, 4, 5])('flush and finishFlush %d do no harm', async (flush) => {
    const zlibOptions = { flush, finishFlush: flush };
    const codec = create({ zlibDeflateOptions: zlibOptions, zlibInflateOptions: zlibOptions });
    for (const fragments of [[message], [hello, message, hello], [message], [noise(20_000)]]) {
      const sent = await runAll(codec, 'encode', fragments);
      const received = await runAll(codec, 'decode', sent);
      expect(Buffer.compare(Buffer.concat(received), Buffer.concat(fragments))).toBe(0);
    }
    codec.close();
  });

  test('the objects are not changed', async () => {
    const zlibOptions = Object.freeze({ level: 3, windowBits: 8, flush: 4 });
    const codec = create({ zlibDeflateOptions: zlibOptions, zlibInflateOptions: zlibOptions });
    await run(codec, 'decode', await run(codec, 'encode', hello));
    expect(zlibOptions).toEqual({ level: 3, windowBits: 8, flush: 4 });
  });

  test('what zlib refuses ends the job and frees the slot', async () => {
    const limiter = new ConcurrencyLimiter(1);
    const bad = create({
      limiter,
      zlibDeflateOptions: { level: 99 },
      zlibInflateOptions: { chunkSize: 1 },
    });
    const failure = { name: 'RangeError', code: 'ERR_OUT_OF_RANGE', closeCode: 1011 };
    for (const length of [5, 20_000]) {
      const first = run(bad, 'encode', noise(length));
      const second = run(bad, 'decode', noise(length));
      await expect(first).rejects.toMatchObject(failure);
      await expect(second).rejects.toMatchObject(failure);
      expect([limiter.running, limiter.queued]).toEqual([0, 0]);
    }
    bad.close();
  });

  test("what zlib refuses after close is nobody's matter any more", async () => {
    const limiter = new ConcurrencyLimiter(1);
    const bad = create({ limiter, zlibDeflateOptions: { level: 99 } });
    const outcomes: unknown[] = [];
    bad.encode(noise(20_000), true, (error) => outcomes.push(error));
    bad.close();
    await new Promise(setImmediate);
    expect(outcomes).toMatchObject([{ code: 'WS_ERR_DEFLATE_CLOSED' }]);
    expect([limiter.running, limiter.queued]).toEqual([0, 0]);
  });

  test.each([true, false])('a stream that a signal aborts, takeover %s', async (takeover) => {
    const controller = new AbortController();
    const zlibDeflateOptions = { signal: controller.signal } as Zlib.ZlibOptions;
    const parameters = takeover ? {} : ({ server_no_context_takeover: true } as const);
    const codec = create({ zlibDeflateOptions, parameters });
    await run(codec, 'encode', hello);
    controller.abort();
    for (let i = 0; i < 2; i++) {
      await expect(run(codec, 'encode', hello)).rejects.toMatchObject({
        name: 'AbortError',
        closeCode: 1011,
      });
    }
    // Nor does it stand in the way of others, when their contexts need room.
    codec.close();
    const other = create({ zlibDeflateOptions, parameters });
    await expect(run(other, 'encode', hello)).rejects.toMatchObject({ name: 'AbortError' });
    expect(streams.every(({ stream }) => stream.destroyed)).toBe(true);
  });
});
