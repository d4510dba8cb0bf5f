/** Messages that are compressed once for many connections, among those of each connection. */
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  type DeflateCodecOptions,
  type HotContext,
  type HotContexts,
} from '../../src/node/index.js';
import { inflate } from '../reference/inflate.js';
import { noise, periodic, run, tail } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { streams } from '../support/recorded-zlib.js';
import { wsCodec } from '../support/ws-permessage-deflate.js';

vi.mock('node:zlib', async (original) => {
  const { recordZlib } = await import('../support/recorded-zlib.js');
  return recordZlib(await original<typeof zlib>());
});

const bytes = (text: string): Buffer => Buffer.from(text);
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

/** The contexts of a test, which cool when it says so. */
class Contexts {
  readonly hot = new Set<HotContext>();
  add(context: HotContext): void {
    this.hot.add(context);
  }
  delete(context: HotContext): void {
    this.hot.delete(context);
  }
  cool(idle: boolean): void {
    for (const context of this.hot) context.cool(idle);
    this.hot.clear();
  }
}

function open(parameters: DeflateParameters = {}, options: Partial<DeflateCodecOptions> = {}) {
  const contexts = new Contexts();
  const codec = new DeflateCodec({
    role: 'server',
    parameters,
    contexts: contexts as unknown as HotContexts,
    ...options,
  });
  const encodeApart = (payload: Uint8Array): Promise<Uint8Array> =>
    run(
      { encode: (data, _fin, done) => codec.encodeApart(data, done), decode: () => undefined },
      'encode',
      payload,
    );
  const sendApart = async (payload: Uint8Array): Promise<Uint8Array> => {
    const encoded = await encodeApart(payload);
    codec.sentApart(payload);
    return encoded;
  };
  return { codec, contexts, encodeApart, sendApart };
}

const deflaters = () => streams.filter(({ kind }) => kind === 'deflate');

describe('what can be shared', () => {
  const key = (parameters: DeflateParameters, options?: Partial<DeflateCodecOptions>): object =>
    open(parameters, options).codec.sharingKey;

  test('depends on the window and the options, not on takeover', () => {
    const zlibDeflateOptions = { level: 3 };
    expect(key({})).toBe(key({ server_no_context_takeover: true }));
    expect(key({})).toBe(key({ server_max_window_bits: 15, client_max_window_bits: 9 }));
    expect(key({})).toBe(key({ server_max_window_bits: 9 }, { role: 'client' }));
    expect(key({})).not.toBe(key({ server_max_window_bits: 14 }));
    expect(key({})).not.toBe(key({}, { zlibDeflateOptions }));
    expect(key({}, { zlibDeflateOptions })).toBe(key({}, { zlibDeflateOptions }));
  });

  test('depends on takeover where a dictionary does', () => {
    const zlibDeflateOptions = { dictionary: bytes('words') };
    const takeover = key({}, { zlibDeflateOptions });
    expect(takeover).toBe(key({}, { zlibDeflateOptions }));
    expect(takeover).not.toBe(key({ server_no_context_takeover: true }, { zlibDeflateOptions }));
  });

  test('is what has as many bytes as the threshold, also under takeover', () => {
    const { codec } = open({});
    expect([1023, 1024].map((size) => codec.shouldEncodeApart(size))).toEqual([false, true]);
    expect(codec.shouldEncode(0)).toBe(true);
    expect(open({}, { threshold: 0 }).codec.shouldEncodeApart(0)).toBe(true);
  });
});

describe.each(modes)('$name', ({ options, sync }) => {
  beforeEach(() => {
    streams.length = 0;
  });

  afterEach(() => {
    // Only streams that wait in a pool, or were closed, are left.
    expect(deflaters().filter(({ stream }) => stream.writableLength > 0)).toEqual([]);
  });

  test('the bytes are those of a message of its own (RFC 7692 §7.2.3.1)', async () => {
    const { sendApart, codec } = open({}, options);
    expect(hex(await sendApart(bytes('Hello')))).toBe('f248cdc9c90700');
    expect(hex(await sendApart(bytes('Hello')))).toBe('f248cdc9c90700');
    expect(hex(await sendApart(bytes('')))).toBe('00');
    // With a window of its own it would be f200110000, a reference to the message before.
    expect(hex(await run(codec, 'encode', bytes('Hello')))).toBe('f248cdc9c90700');
    expect(hex(await run(codec, 'encode', bytes('Hello')))).toBe('f200110000');
    codec.close();
  });

  test('a message after one that was sent apart refers past it, and into it', async () => {
    const { sendApart, codec } = open({}, options);
    const [own, apart] = [noise(300, 1), noise(200, 2)];
    const window = [...own];
    await run(codec, 'encode', own);
    await sendApart(apart);
    window.push(...apart);
    const encoded = await run(codec, 'encode', Buffer.concat([own, apart]));
    const { output, maxDistance } = inflate(Buffer.concat([encoded, tail]), window);
    expect(Buffer.from(output).equals(Buffer.concat([own, apart]))).toBe(true);
    // All of the window was of use: the own message lies this far back.
    expect(maxDistance).toBe(500);
    expect(encoded.length).toBeLessThan(30);
    codec.close();
  });

  test('the hot stream is given up, unless it has compressed nothing', async () => {
    const { sendApart, codec, contexts } = open({}, options);
    await sendApart(noise(100));
    expect(contexts.hot.size).toBe(0);
    await run(codec, 'encode', noise(100));
    const [context] = contexts.hot;
    expect(contexts.hot.size).toBe(1);
    await sendApart(noise(100));
    expect(contexts.hot.size).toBe(0);
    await run(codec, 'encode', noise(100));
    expect(contexts.hot.has(context!)).toBe(true);
    codec.close();
  });

  test('many messages need one stream, which goes back to its pool', async () => {
    const zlibDeflateOptions = {};
    const { sendApart, codec } = open({}, { zlibDeflateOptions, ...options });
    for (let i = 0; i < 20; i++) await sendApart(noise(i * 100));
    expect(deflaters()).toHaveLength(1);
    expect(deflaters()[0]?.resets).toBe(19);
    codec.close();
  });

  test('it can be asked for in the midst of a message, and of another one', async () => {
    const { codec, encodeApart } = open({}, options);
    const large = noise(100_000);
    const jobs = [encodeApart(large), encodeApart(large), run(codec, 'encode', large, false)];
    const [one, two, first] = await Promise.all(jobs);
    expect(Buffer.compare(one!, two!)).toBe(0);
    const last = await run(codec, 'encode', bytes('end'));
    const whole = zlib.inflateRawSync(Buffer.concat([first!, last, tail]), { finishFlush: 2 });
    expect(whole.equals(Buffer.concat([large, bytes('end')]))).toBe(true);
    codec.close();
  });

  test('it ends however soon its codec is closed, and leaves nothing behind', async () => {
    const limiter = new ConcurrencyLimiter(1);
    const { codec, encodeApart } = open({}, { limiter, zlibDeflateOptions: {}, ...options });
    const large = noise(100_000);
    const jobs = [encodeApart(large), encodeApart(large)];
    codec.close();
    const [one, two] = await Promise.all(jobs);
    expect(Buffer.compare(one!, two!)).toBe(0);
    expect([limiter.running, limiter.queued]).toEqual([0, 0]);
    // Done on the thread pool, one after the other.
    expect(deflaters()).toHaveLength(1);
    codec.sentApart(large);
  });

  test('small messages are done at once, large ones are a job', async () => {
    const limiter = new ConcurrencyLimiter(1);
    const { codec, encodeApart } = open({}, { limiter, ...options });
    const small = encodeApart(noise(16_384));
    expect(limiter.running).toBe(sync ? 0 : 1);
    await small;
    const large = encodeApart(noise(16_385));
    expect(limiter.running).toBe(1);
    await large;
    codec.close();
  });

  test("zlib's refusal is the outcome, and the slot is free again", async () => {
    const limiter = new ConcurrencyLimiter(1);
    const zlibDeflateOptions = { level: 99 };
    const { codec, encodeApart } = open({}, { limiter, zlibDeflateOptions, ...options });
    const outcome = async (): Promise<unknown> =>
      encodeApart(noise(10)).catch((error: unknown) => error);
    expect(await outcome()).toMatchObject({ code: 'ERR_OUT_OF_RANGE', closeCode: 1011 });
    expect(limiter.running).toBe(0);
    codec.close();
  });

  describe('with a dictionary', () => {
    const dictionary = noise(400, 5);
    const zlibDeflateOptions = { dictionary };

    test('under takeover it is not used, and lies further back from then on', async () => {
      const { codec, encodeApart, sendApart } = open({}, { zlibDeflateOptions, ...options });
      expect((await encodeApart(dictionary)).length).toBeGreaterThan(400);
      const apart = noise(300, 6);
      await sendApart(apart);
      const encoded = await run(codec, 'encode', dictionary);
      const { output, maxDistance } = inflate(Buffer.concat([encoded, tail]), [
        ...dictionary,
        ...apart,
      ]);
      expect(Buffer.from(output).equals(dictionary)).toBe(true);
      expect(maxDistance).toBe(700);
      codec.close();
    });

    test('without takeover every message starts with it', async () => {
      const parameters = { server_no_context_takeover: true } as const;
      const { codec, sendApart } = open(parameters, { zlibDeflateOptions, ...options });
      for (let i = 0; i < 2; i++) {
        const { output } = inflate(Buffer.concat([await sendApart(dictionary), tail]), [
          ...dictionary,
        ]);
        expect(Buffer.from(output).equals(dictionary)).toBe(true);
      }
      codec.close();
    });
  });

  test('a history longer than the window keeps to the window', async () => {
    const { codec, sendApart } = open({ server_max_window_bits: 9 }, options);
    const window: number[] = [];
    for (let i = 0; i < 6; i++) {
      const [own, apart] = [periodic(700, 200), periodic(600 * (i % 3), 180)];
      const sent = [await run(codec, 'encode', own), await sendApart(apart)];
      for (const [at, text] of [own, apart].entries()) {
        const { output, maxDistance } = inflate(Buffer.concat([sent[at]!, tail]), window);
        expect(Buffer.from(output).equals(text)).toBe(true);
        expect(maxDistance).toBeLessThanOrEqual(512);
        window.push(...output);
      }
    }
    codec.close();
  });

  test('any peer of ws reads what is mixed, with all parameters', async () => {
    const parameters = fc.record(
      {
        server_no_context_takeover: fc.constant<true>(true),
        server_max_window_bits: fc.integer({ min: 8, max: 15 }),
      },
      { requiredKeys: [] },
    );
    // Of two kinds, so that most messages could refer to others: a window that is wrong is found out.
    const text = fc
      .tuple(fc.constantFrom(101, 250), fc.integer({ min: 0, max: 1500 }))
      .map(([period, length]) => periodic(length, period));
    const step = fc.oneof(
      fc.record({ kind: fc.constant('own' as const), to: fc.nat(3), text }),
      fc.record({ kind: fc.constant('apart' as const), text }),
      fc.record({ kind: fc.constantFrom('cool', 'idle' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(parameters, { minLength: 1, maxLength: 3 }),
        fc.array(step, { maxLength: 20, size: 'max' }),
        async (agreed, steps) => {
          const zlibDeflateOptions = { level: 6 };
          const all = agreed.map((each) => ({
            ...open(each, { zlibDeflateOptions, ...options }),
            peer: wsCodec('client', each),
          }));
          const receive = async (at: number, encoded: Uint8Array, text: Uint8Array) => {
            const received = await run(all[at]!.peer, 'decode', encoded);
            expect(Buffer.compare(received, text)).toBe(0);
          };
          for (const each of steps) {
            if (each.kind === 'own') {
              const at = each.to % all.length;
              await receive(at, await run(all[at]!.codec, 'encode', each.text), each.text);
            } else if (each.kind === 'apart') {
              const shared = new Map<object, Uint8Array>();
              for (const [at, { codec, encodeApart }] of all.entries()) {
                const encoded = shared.get(codec.sharingKey) ?? (await encodeApart(each.text));
                shared.set(codec.sharingKey, encoded);
                codec.sentApart(each.text);
                await receive(at, encoded, each.text);
              }
            } else for (const { contexts } of all) contexts.cool(each.kind === 'idle');
          }
          for (const { codec, peer } of all) {
            codec.close();
            peer.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
