/** What a hostile or vanished peer does to the codec; the lines are those of the threat list. */
import { bytes } from '@hybi/testkit';
import * as zlib from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  HotContexts,
  type DeflateCodecOptions,
} from '../../src/node/index.js';
import { cut, noise, run, runAll } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { aliveStreams, streams } from '../support/recorded-zlib.js';

vi.mock('node:zlib', async (importOriginal) => {
  const { recordZlib } = await import('../support/recorded-zlib.js');
  return recordZlib(await importOriginal<typeof zlib>());
});

beforeEach(() => {
  streams.length = 0;
});

/** Output of one step: of the calling thread, which is the larger one. */
const stepBytes = 65_536;
const tooLong = {
  name: 'RangeError',
  code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
  closeCode: 1009,
  message: 'Max payload size exceeded',
};
const corrupt = (message: string): object => ({
  code: 'Z_DATA_ERROR',
  errno: -3,
  closeCode: 1007,
  message,
});

/** Zeros, compressed to a thousandth, as one message. */
function bomb(length: number): Buffer {
  const payload = zlib.deflateRawSync(Buffer.alloc(length), {
    finishFlush: zlib.constants.Z_SYNC_FLUSH,
  });
  return payload.subarray(0, -4);
}

/** Lengths instead of megabytes: a test that fails prints what it got. */
async function sizes(results: Promise<Uint8Array[]> | [Promise<Uint8Array>]): Promise<number[]> {
  const all = results instanceof Promise ? await results : await Promise.all(results);
  return all.map(({ length }) => length);
}

const inflatedBytes = (): number => streams.reduce((sum, { outputBytes }) => sum + outputBytes, 0);

describe.each(modes)('$name', (mode) => {
  /** With zlib's settings of its own, so that no stream is in the pool from before. */
  const server = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    new DeflateCodec({
      role: 'server',
      parameters: {},
      zlibInflateOptions: {},
      ...mode.options,
      ...options,
    });

  describe('R4 deflate bombs', () => {
    test('one frame: refused as soon as it is too long, nothing comes out after that', async () => {
      const codec = server({ maxMessageBytes: 100_000 });
      const payload = bomb(16 * 1024 * 1024);
      expect(payload.length).toBeLessThan(20_000);
      await expect(sizes([run(codec, 'decode', payload)])).rejects.toMatchObject(tooLong);
      expect(streams.map(({ stream }) => stream.destroyed)).toEqual([true]);
      // A job that still ran would be done before one that was started later on the same thread pool.
      await run(server(), 'decode', bomb(1_000_000));
      expect(inflatedBytes() - 1_000_000).toBeLessThanOrEqual(100_000 + stepBytes);
    });

    const bombs = [bomb(3_000_000), bomb(64 * 1024 * 1024)];

    test.each([1, 999, 65_535, 65_536, 65_537, 100_000, 1_000_000])(
      'no more than a step beyond a limit of %d comes out of zlib, and none of it is kept',
      async (maxMessageBytes) => {
        for (const payload of bombs) {
          for (const fragments of [[payload], cut(payload, [10, 40])]) {
            streams.length = 0;
            const codec = server({ maxMessageBytes });
            await expect(sizes(runAll(codec, 'decode', fragments))).rejects.toMatchObject(tooLong);
            expect(aliveStreams()).toEqual([]);
            expect(inflatedBytes()).toBeLessThanOrEqual(maxMessageBytes + stepBytes);
          }
        }
      },
    );

    test('across a window that is built anew: only the message counts', async () => {
      const contexts = new HotContexts(0);
      const codec = server({ maxMessageBytes: 40_000, contexts });
      for (let i = 0; i < 3; i++) {
        expect(await run(codec, 'decode', bomb(40_000))).toHaveLength(40_000);
      }
      await expect(sizes([run(codec, 'decode', bomb(40_001))])).rejects.toMatchObject(tooLong);
    });

    test('across fragments: their sum counts', async () => {
      const codec = server({ maxMessageBytes: 100_000 });
      const fragments = cut(bomb(100_001), [20, 40, 60, 80]);
      const outputs: Uint8Array[] = [];
      const sending = (async () => {
        for (const fragment of fragments) outputs.push(await run(codec, 'decode', fragment, false));
      })();
      await expect(sending).rejects.toMatchObject(tooLong);
      expect(outputs.length).toBeGreaterThan(1);
    });

    test.each([
      [99_999, 'resolved'],
      [100_000, 'resolved'],
      [100_001, 'refused'],
    ])('%d bytes where 100,000 are allowed are %s', async (length, outcome) => {
      const codec = server({ maxMessageBytes: 100_000 });
      const results = await Promise.allSettled([
        runAll(codec, 'decode', cut(bomb(length), [9, 30])),
      ]);
      if (outcome === 'resolved') {
        const [result] = results as [PromiseFulfilledResult<Uint8Array[]>];
        expect(Buffer.concat(result.value).equals(Buffer.alloc(length))).toBe(true);
      } else {
        expect(results).toMatchObject([{ status: 'rejected', reason: tooLong }]);
      }
    });

    test('just below the limit at a high rate: every message counts from zero', async () => {
      for (const parameters of [{}, { client_no_context_takeover: true } as const]) {
        const codec = server({ parameters, maxMessageBytes: 50_000 });
        for (let i = 0; i < 100; i++) {
          // Message by message whole and in fragments, with its own final block and without.
          const payload = i % 3 === 0 ? zlib.deflateRawSync(Buffer.alloc(50_000)) : bomb(50_000);
          const fragments = i % 2 === 0 ? [payload] : cut(payload, [11, 12]);
          const received = await runAll(codec, 'decode', fragments);
          expect(Buffer.concat(received)).toHaveLength(50_000);
        }
        codec.close();
      }
    });

    test('0 is no limit', async () => {
      const received = await run(server({ maxMessageBytes: 0 }), 'decode', bomb(5_000_000));
      expect(received).toHaveLength(5_000_000);
    });

    test('the count starts anew after an error', async () => {
      const codec = server({ maxMessageBytes: 60_000 });
      await run(codec, 'decode', bomb(40_000), false);
      await expect(run(codec, 'decode', bytes('ff ff ff ff'), false)).rejects.toMatchObject({
        closeCode: 1007,
      });
      expect(await run(codec, 'decode', bomb(40_000))).toHaveLength(40_000);
      await expect(sizes([run(codec, 'decode', bomb(60_001))])).rejects.toMatchObject(tooLong);
      expect(await run(codec, 'decode', bomb(60_000))).toHaveLength(60_000);
    });
  });

  describe('R4 odd payloads', () => {
    test('a message without a single byte is empty', async () => {
      const parameters = { client_no_context_takeover: true } as const;
      const codec = server({ parameters });
      for (let i = 0; i < 3; i++) {
        expect(await run(codec, 'decode', new Uint8Array(0))).toHaveLength(0);
      }
    });

    test('such a message breaks a context that is kept, as it does in ws', async () => {
      const codec = server();
      expect(await run(codec, 'decode', new Uint8Array(0))).toHaveLength(0);
      await expect(run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00'))).rejects.toMatchObject(
        corrupt('invalid stored block lengths'),
      );
    });

    test('a payload of 00 is an empty message, again and again', async () => {
      const codec = server();
      for (let i = 0; i < 3; i++) {
        expect(await run(codec, 'decode', bytes('00'))).toHaveLength(0);
        expect(
          Buffer.from(await run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00'))).toString(),
        ).toBe('Hello');
      }
    });

    test('bytes after BFINAL are dropped, as in ws; the next message is whole', async () => {
      const codec = server();
      for (const behind of ['', '00', 'ff ff ff', 'f2 48 cd c9 c9 07 00']) {
        const payload = bytes(`f3 48 cd c9 c9 07 00 ${behind}`);
        expect(Buffer.from(await run(codec, 'decode', payload)).toString()).toBe('Hello');
      }
    });

    test('a final block that the tail itself completes: the next message is read', async () => {
      const codec = server();
      for (let i = 0; i < 3; i++) {
        // 01 and the tail are an empty stored block with BFINAL. `ws` loses the message after it.
        expect(await run(codec, 'decode', bytes('01'))).toHaveLength(0);
        expect(
          Buffer.from(await run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00'))).toString(),
        ).toBe('Hello');
      }
    });

    test('a large payload behind BFINAL is dropped too', async () => {
      const codec = server();
      const payload = Buffer.concat([bytes('f3 48 cd c9 c9 07 00'), noise(50_000)]);
      for (let i = 0; i < 2; i++) {
        expect(Buffer.from(await run(codec, 'decode', payload)).toString()).toBe('Hello');
      }
      expect(streams.map(({ stream }) => stream.destroyed)).toEqual([true, true]);
    });

    test.each(['', '00'])(
      'every fragment may end its own stream with BFINAL %s',
      async (behind) => {
        const codec = server();
        const fragment = bytes(`f3 48 cd c9 c9 07 00 ${behind}`);
        for (let i = 0; i < 2; i++) {
          const received = await runAll(codec, 'decode', [fragment, fragment, fragment]);
          expect(Buffer.concat(received).toString()).toBe('HelloHelloHello');
        }
      },
    );

    test('a large fragment after one that ended its stream is read', async () => {
      const codec = server();
      const message = noise(40_000);
      const received = await runAll(codec, 'decode', [
        bytes('f3 48 cd c9 c9 07 00'),
        zlib.deflateRawSync(message),
      ]);
      expect(Buffer.concat(received).subarray(5).equals(message)).toBe(true);
    });

    test('a truncated stream is completed by the tail, as in ws; the next message fails', async () => {
      const codec = server();
      const payload = bytes('f2 48 cd c9'); // "Hel" and half of a code, which 00 completes to "h"
      expect(Buffer.from(await run(codec, 'decode', payload)).toString('latin1')).toBe('Helh');
      await expect(run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00'))).rejects.toMatchObject(
        corrupt('invalid stored block lengths'),
      );
    });

    test.each([
      ['07', 'invalid block type'],
      ['ff ff', 'invalid block type'],
      ['00 05 00 fa fe', 'invalid stored block lengths'],
      ['02 fb ff', 'invalid distance too far back'],
    ])('garbage: %s', async (payload, message) => {
      const codec = server();
      await expect(run(codec, 'decode', bytes(payload))).rejects.toMatchObject(corrupt(message));
      expect(streams.map(({ stream }) => stream.destroyed)).toEqual([true]);
    });

    test('a back-reference beyond the window after a context reset', async () => {
      const codec = server({ parameters: { client_no_context_takeover: true } });
      await run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00'));
      await expect(run(codec, 'decode', bytes('f2 00 11 00 00'))).rejects.toMatchObject(
        corrupt('invalid distance too far back'),
      );
    });
  });

  describe('R6 200 peers vanish while their jobs are queued: callbacks called, memory back', () => {
    const message = noise(20_000);
    const payload = zlib
      .deflateRawSync(message, { finishFlush: zlib.constants.Z_SYNC_FLUSH })
      .subarray(0, -4);

    test.each([
      ['encode', message, payload],
      ['decode', payload, message],
    ] as const)('%s', async (direction, input, output) => {
      const limiter = new ConcurrencyLimiter(10);
      const shared = { limiter, zlibDeflateOptions: { windowBits: 15, memLevel: 8 } };
      const codecs = Array.from({ length: 200 }, () => server({ ...shared }));
      const outcomes: (string | undefined)[] = [];
      for (const codec of codecs) {
        codec[direction](input, true, (error) =>
          outcomes.push((error as { code?: string } | null)?.code),
        );
      }
      expect([limiter.running, limiter.queued]).toEqual([10, 190]);
      expect(aliveStreams()).toHaveLength(10);
      for (const codec of [...codecs].reverse()) codec.close();
      expect(outcomes).toEqual(new Array(200).fill('WS_ERR_DEFLATE_CLOSED'));
      expect([limiter.running, limiter.queued]).toEqual([0, 0]);
      // Those that waited were never set up, those that ran are gone, the others go on.
      expect(streams).toHaveLength(10);
      expect(aliveStreams()).toEqual([]);
      const result = await run(server({ ...shared }), direction, input);
      expect(Buffer.compare(result, output)).toBe(0);
      expect(outcomes).toHaveLength(200);
    });

    test('after a fragment each, in both directions', async () => {
      const limiter = new ConcurrencyLimiter(10);
      const shared = { limiter, zlibDeflateOptions: {}, zlibInflateOptions: {} };
      const codecs = Array.from({ length: 200 }, () => server(shared));
      const first = payload.subarray(0, 100);
      await Promise.all(
        codecs.map((codec) => run(codec, 'encode', message.subarray(0, 100), false)),
      );
      await Promise.all(codecs.map((codec) => run(codec, 'decode', first, false)));
      expect(aliveStreams()).toHaveLength(400);
      const outcomes: (string | undefined)[] = [];
      const done = (error: Error | null): void => {
        outcomes.push((error as { code?: string } | null)?.code);
      };
      for (const codec of codecs) {
        codec.encode(message, true, done);
        codec.decode(payload.subarray(100), true, done);
      }
      expect([limiter.running, limiter.queued]).toEqual([10, 390]);
      for (const codec of codecs) codec.close();
      expect(outcomes).toEqual(new Array(400).fill('WS_ERR_DEFLATE_CLOSED'));
      expect([limiter.running, limiter.queued]).toEqual([0, 0]);
      // What is kept for others is no more than the pools hold.
      expect(aliveStreams().length).toBeLessThanOrEqual(8);
      const next = server(shared);
      expect(Buffer.compare(await run(next, 'decode', payload), message)).toBe(0);
    });
  });

  describe('L5 compression and secrets', () => {
    test('whether a guess is right shows in the length: why messages can be left out', async () => {
      const lengths: number[] = [];
      for (const guess of ['token=hunter2', 'token=abcdefg']) {
        const page = Buffer.from(`<a href="?token=hunter2">you searched for ${guess}</a>`);
        lengths.push((await run(server(), 'encode', page)).length);
      }
      expect(lengths[0]).toBeLessThan(lengths[1] as number);
    });

    test('a message that is left out leaves nothing behind in either window', async () => {
      const [sender, receiver] = [server(), server()];
      const alone = await run(server(), 'encode', Buffer.from('token=hunter2'));
      // The secret goes by as it is, so the codec is not asked; then comes the guess.
      await run(receiver, 'decode', await run(sender, 'encode', Buffer.from('news')));
      const guess = await run(sender, 'encode', Buffer.from('token=hunter2'));
      expect(guess.length).toBeGreaterThanOrEqual(alone.length);
      expect(String(await run(receiver, 'decode', guess))).toBe('token=hunter2');
    });

    test('without context takeover no message shows in the length of another', async () => {
      const parameters = { server_no_context_takeover: true } as const;
      const codec = server({ parameters });
      const secret = Buffer.from('token=hunter2, token=hunter2');
      const alone = await run(server({ parameters }), 'encode', secret);
      await run(codec, 'encode', secret);
      expect(await run(codec, 'encode', secret)).toEqual(alone);
    });

    test('no connection shows in the length of another, though they share streams', async () => {
      const secret = Buffer.from('token=hunter2, token=hunter2');
      const shared = { zlibDeflateOptions: {} };
      const victim = server(shared);
      const alone = await run(victim, 'encode', secret);
      victim.close();
      expect(await run(server(shared), 'encode', secret)).toEqual(alone);
    });
  });
});
