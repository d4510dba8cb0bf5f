/** What a hostile or vanished peer does to the codec; the lines are those of the threat list. */
import { bytes } from '@hybi/testkit';
import * as zlib from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  type DeflateCodecOptions,
} from '../../src/node/index.js';
import { cut, noise, run, runAll } from '../support/codec.js';
import { streams } from '../support/recorded-zlib.js';

vi.mock('node:zlib', async (importOriginal) => {
  const { recordZlib } = await import('../support/recorded-zlib.js');
  return recordZlib(await importOriginal<typeof zlib>());
});

beforeEach(() => {
  streams.length = 0;
});

const chunkSize = 16_384;
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

function server(options: Partial<DeflateCodecOptions> = {}): DeflateCodec {
  return new DeflateCodec({ role: 'server', parameters: {}, ...options });
}

/** Zeros, compressed to a thousandth, as one message. */
function bomb(length: number): Buffer {
  const payload = zlib.deflateRawSync(Buffer.alloc(length), {
    finishFlush: zlib.constants.Z_SYNC_FLUSH,
  });
  return payload.subarray(0, -4);
}

const inflatedBytes = (): number => streams.reduce((sum, { outputBytes }) => sum + outputBytes, 0);

describe('R4 deflate bombs', () => {
  test('one frame: refused as soon as it is too long, nothing comes out after that', async () => {
    const codec = server({ maxMessageBytes: 100_000 });
    const payload = bomb(16 * 1024 * 1024);
    expect(payload.length).toBeLessThan(20_000);
    await expect(run(codec, 'decode', payload)).rejects.toMatchObject(tooLong);
    expect(streams.map(({ stream }) => stream.destroyed)).toEqual([true]);
    // A job that still ran would be done before one that was started later on the same thread pool.
    await run(server(), 'decode', bomb(1_000_000));
    expect(inflatedBytes() - 1_000_000).toBeLessThanOrEqual(100_000 + chunkSize);
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
    const results = await Promise.allSettled([runAll(codec, 'decode', cut(bomb(length), [9, 30]))]);
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
    await expect(run(codec, 'decode', bomb(60_001))).rejects.toMatchObject(tooLong);
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

  test.each(['', '00'])('every fragment may end its own stream with BFINAL %s', async (behind) => {
    const codec = server();
    const fragment = bytes(`f3 48 cd c9 c9 07 00 ${behind}`);
    for (let i = 0; i < 2; i++) {
      const received = await runAll(codec, 'decode', [fragment, fragment, fragment]);
      expect(Buffer.concat(received).toString()).toBe('HelloHelloHello');
    }
  });

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

test('R6 200 peers vanish while their jobs are queued: callbacks called, memory back', async () => {
  const limiter = new ConcurrencyLimiter(10);
  const codecs = Array.from({ length: 200 }, () => server({ limiter }));
  const message = noise(20_000);
  const outcomes: (string | undefined)[] = [];
  for (const codec of codecs) {
    codec.encode(message, true, (error) =>
      outcomes.push((error as { code?: string } | null)?.code),
    );
  }
  expect([limiter.running, limiter.queued]).toEqual([10, 190]);
  for (const codec of [...codecs].reverse()) codec.close();
  expect(outcomes).toEqual(new Array(200).fill('WS_ERR_DEFLATE_CLOSED'));
  expect([limiter.running, limiter.queued]).toEqual([0, 0]);
  // Those that waited were never set up, those that ran are gone, the others go on.
  expect(streams).toHaveLength(10);
  expect(streams.every(({ stream }) => stream.destroyed)).toBe(true);
  expect((await run(server({ limiter }), 'encode', message)).length).toBeGreaterThan(0);
  expect(outcomes).toHaveLength(200);
});
