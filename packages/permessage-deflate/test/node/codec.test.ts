import { bytes, hex } from '@hybi/testkit';
import type * as Zlib from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  type DeflateCodecOptions,
  type JobLimiter,
} from '../../src/node/index.js';
import { noise, run } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { aliveStreams, streams } from '../support/recorded-zlib.js';

vi.mock('node:zlib', async (importOriginal) => {
  const { recordZlib } = await import('../support/recorded-zlib.js');
  return recordZlib(await importOriginal<typeof Zlib>());
});

beforeEach(() => {
  streams.length = 0;
});

const hello = new TextEncoder().encode('Hello');
const helloPayload = bytes('f2 48 cd c9 c9 07 00');
/** Too large for the calling thread, before and after. */
const large = noise(20_000);
const closedError = {
  name: 'Error',
  code: 'WS_ERR_DEFLATE_CLOSED',
  message: 'The deflate stream was closed while data was being processed',
};

function server(options: Partial<DeflateCodecOptions> = {}): DeflateCodec {
  return new DeflateCodec({ role: 'server', parameters: {}, ...options });
}

const largePayload = await run(server(), 'encode', large);

/** What `MessageTransform` of `@hybi/connection` asks for, written out. */
interface Transform {
  shouldEncode(firstFragmentBytes: number): boolean;
  encode(
    payload: Uint8Array,
    fin: boolean,
    done: (error: Error | null, payload?: Uint8Array) => void,
  ): Uint8Array | undefined;
  decode(
    payload: Uint8Array,
    fin: boolean,
    done: (error: Error | null, payload?: Uint8Array) => void,
  ): Uint8Array | undefined;
  close(): void;
}

test('the codec is a message transform (the compiler checks)', () => {
  const transform: Transform = server();
  const isTransform: DeflateCodec extends Transform ? true : false = true;
  expect([typeof transform.encode, isTransform]).toEqual(['function', true]);
});

describe('threshold', () => {
  const answers = (codec: DeflateCodec): boolean[] =>
    [0, 99, 100, 1023, 1024].map((size) => codec.shouldEncode(size));

  test('does not matter while the own direction keeps its context', () => {
    const parameters = { client_no_context_takeover: true } as const;
    expect(answers(server({ threshold: 100, parameters }))).not.toContain(false);
  });

  test('is 1024 without context takeover', () => {
    const parameters = { server_no_context_takeover: true } as const;
    expect(answers(server({ parameters }))).toEqual([false, false, false, false, true]);
  });

  test('is what the option says, for the first fragment', () => {
    const parameters = { client_no_context_takeover: true } as const;
    const client = new DeflateCodec({ role: 'client', parameters, threshold: 100 });
    expect(answers(client)).toEqual([false, false, true, true, true]);
    expect(
      answers(server({ parameters: { server_no_context_takeover: true }, threshold: 0 })),
    ).not.toContain(false);
  });
});

describe('the options', () => {
  test.each([7, 16, NaN])('a window of %d bits is a RangeError', (windowBits) => {
    for (const name of ['server_max_window_bits', 'client_max_window_bits']) {
      expect(() => server({ parameters: { [name]: windowBits } })).toThrow(
        new RangeError(
          `The parameter "${name}" must be an integer from 8 to 15, got ${windowBits}`,
        ),
      );
    }
  });

  test.each([-1, NaN])('%d as maxSyncBytes or idleTimeout is a RangeError', (value) => {
    for (const name of ['maxSyncBytes', 'idleTimeout']) {
      expect(() => server({ [name]: value })).toThrow(
        new RangeError(`The "${name}" option must be 0 or a positive number, got ${value}`),
      );
    }
  });
});

describe('the border between the calling thread and the thread pool', () => {
  const isNow = (codec: DeflateCodec, direction: 'encode' | 'decode', payload: Uint8Array) =>
    codec[direction](payload, true, () => {}) !== undefined;

  test.each(modes.filter(({ sync }) => sync))('is 16,384 bytes by default', async () => {
    for (const [length, now] of [
      [16_384, true],
      [16_385, false],
    ] as const) {
      expect(isNow(server(), 'encode', noise(length))).toBe(now);
      // A stored block of all but six bytes: its header, and the one byte that stays of the flush.
      const stored = server({ zlibDeflateOptions: { level: 0 } });
      const payload = await run(stored, 'encode', noise(length - 6));
      expect([payload.length, isNow(server(), 'decode', payload)]).toEqual([length, now]);
    }
  });

  test.each(modes.filter(({ sync }) => sync))('is where the option puts it', () => {
    expect(isNow(server({ maxSyncBytes: 100 }), 'encode', noise(100))).toBe(true);
    expect(isNow(server({ maxSyncBytes: 100 }), 'encode', noise(101))).toBe(false);
    expect(isNow(server({ maxSyncBytes: Infinity }), 'encode', noise(1_000_000))).toBe(true);
  });

  test('0 leaves nothing on the calling thread but empty fragments', () => {
    const codec = server({ maxSyncBytes: 0 });
    expect(isNow(codec, 'encode', new Uint8Array(0))).toBe(true);
    expect(isNow(codec, 'encode', hello)).toBe(false);
    expect(isNow(codec, 'decode', new Uint8Array(0))).toBe(false);
    codec.close();
  });
});

describe.each(modes)('$name', (mode) => {
  const create = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    server({ ...mode.options, ...options });

  describe('done', () => {
    const cases = [
      ['encode', hello, helloPayload],
      ['decode', helloPayload, hello],
      ['encode', large, largePayload],
      ['decode', largePayload, large],
    ] as const;

    test.each(cases)(
      'of %s comes once, after the return, or never',
      async (direction, input, output) => {
        const codec = create();
        const calls: unknown[] = [];
        const now = mode.sync && input.length < 100;
        const ready = await new Promise<Uint8Array | undefined>((resolve) => {
          const result = codec[direction](input, true, (...args) => {
            calls.push(args);
            resolve(result);
          });
          calls.push('returned');
          if (result !== undefined) resolve(result);
        });
        expect(ready).toEqual(now ? Buffer.from(output) : undefined);
        // Whatever came later than it may would be here by now.
        const last = direction === 'encode' ? large : bytes('00');
        await run(codec, direction, last);
        codec.close();
        expect(calls).toEqual(now ? ['returned'] : ['returned', [null, Buffer.from(output)]]);
      },
    );

    test('may start the next job', async () => {
      const codec = create({ limiter: new ConcurrencyLimiter(1) });
      const outputs: string[] = [];
      await new Promise<void>((resolve) => {
        const next = (error: Error | null, output?: Uint8Array): void => {
          outputs.push(error === null ? hex(output as Uint8Array) : error.message);
          if (outputs.length === 3) resolve();
          else start();
        };
        const start = (): void => {
          const output = codec.encode(hello, true, next);
          if (output !== undefined) next(null, output);
        };
        start();
      });
      expect(outputs).toEqual(['f2 48 cd c9 c9 07 00', 'f2 00 11 00 00', '02 13 00 00']);
    });

    test('a second job in the same direction is a wrong use', async () => {
      const codec = create();
      for (const direction of ['encode', 'decode'] as const) {
        const first = run(codec, direction, direction === 'encode' ? large : largePayload);
        for (const payload of [hello, large, new Uint8Array(0)]) {
          expect(() => codec[direction](payload, true, () => {})).toThrow(
            'wait until its callback',
          );
        }
        expect(() => codec[direction](new Uint8Array(0), false, () => {})).toThrow('wait until');
        await first;
      }
      codec.close();
    });

    test('both directions work at the same time', async () => {
      const codec = create();
      const both = [run(codec, 'encode', large), run(codec, 'decode', largePayload)];
      expect((await Promise.all(both)).map(hex)).toEqual([hex(largePayload), hex(large)]);
    });
  });

  describe('close', () => {
    test('ends what is under way in both directions, at once', () => {
      const codec = create();
      const ended: unknown[] = [];
      codec.encode(large, true, (error) => ended.push(error));
      codec.decode(largePayload, true, (error) => ended.push(error));
      codec.close();
      expect(ended).toMatchObject([closedError, closedError]);
      codec.close();
      expect(ended).toHaveLength(2);
      expect(aliveStreams()).toEqual([]);
    });

    test('ends what waits for its turn, and takes it out of the queue', async () => {
      const limiter = new ConcurrencyLimiter(1);
      const [running, waiting, last] = [
        create({ limiter }),
        create({ limiter }),
        create({ limiter }),
      ];
      const first = run(running, 'encode', large);
      const second = run(waiting, 'encode', large);
      const third = run(last, 'encode', large);
      waiting.close();
      await expect(second).rejects.toMatchObject(closedError);
      expect(limiter.queued).toBe(1);
      expect(hex(await first)).toBe(hex(largePayload));
      expect(hex(await third)).toBe(hex(largePayload));
    });

    test('ends a job that has begun on the calling thread and waits for its turn', async () => {
      const limiter = new ConcurrencyLimiter(1);
      const sender = create();
      const bomb = await run(sender, 'encode', Buffer.alloc(300_000));
      const running = run(create({ limiter }), 'encode', large);
      const codec = create({ limiter });
      const waiting = run(codec, 'decode', bomb);
      expect(limiter.queued).toBe(1);
      codec.close();
      await expect(waiting).rejects.toMatchObject(closedError);
      expect([limiter.running, limiter.queued]).toEqual([1, 0]);
      await running;
      // The stream that had begun it serves others, and remembers nothing.
      const next = create({ limiter });
      expect(await run(next, 'decode', helloPayload)).toEqual(Buffer.from(hello));
    });

    test('between two fragments, and between two messages', async () => {
      for (const fin of [false, true]) {
        const codec = create();
        await run(codec, 'encode', hello, fin);
        await run(codec, 'decode', helloPayload, fin);
        codec.close();
      }
      const next = create();
      expect(hex(await run(next, 'encode', hello))).toBe(hex(helloPayload));
      expect(await run(next, 'decode', helloPayload)).toEqual(Buffer.from(hello));
    });

    test('fails what comes later, without setting zlib up', async () => {
      const codec = create();
      codec.close();
      for (const fin of [true, false]) {
        for (const payload of [hello, large, new Uint8Array(0)]) {
          await expect(run(codec, 'encode', payload, fin)).rejects.toMatchObject(closedError);
          await expect(run(codec, 'decode', payload, fin)).rejects.toMatchObject(closedError);
        }
      }
      expect(streams).toHaveLength(0);
    });

    test('reaches the second direction though the first callback throws', async () => {
      const limiter = new ConcurrencyLimiter(1);
      const codec = create({ limiter });
      codec.encode(large, true, () => {
        throw new Error('from the application');
      });
      const decoding = run(codec, 'decode', largePayload);
      expect(() => codec.close()).toThrow('from the application');
      await expect(decoding).rejects.toMatchObject(closedError);
      expect(aliveStreams()).toEqual([]);
      expect([limiter.running, limiter.queued]).toEqual([0, 0]);
    });

    test('from within done is fine', async () => {
      const codec = create();
      await new Promise<void>((resolve) => {
        codec.decode(largePayload, true, () => {
          codec.close();
          resolve();
        });
      });
      await expect(run(codec, 'decode', helloPayload)).rejects.toMatchObject(closedError);
    });
  });

  describe('a callback that throws', () => {
    /** What the process is told of, which is the only place left for it. */
    async function uncaught(start: () => void): Promise<unknown> {
      const others = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      try {
        return await new Promise((resolve) => {
          process.once('uncaughtException', resolve);
          start();
        });
      } finally {
        for (const listener of others) process.on('uncaughtException', listener);
      }
    }

    const fail = (): never => {
      throw new Error('from the application');
    };

    test.each([
      ['encode', large],
      ['decode', largePayload],
      ['decode', noise(20_000, 5)],
    ] as const)('of %s does no harm to the codec or others', async (direction, payload) => {
      const limiter = new ConcurrencyLimiter(1);
      const codec = create({ limiter });
      let other: Promise<Uint8Array> | undefined;
      const error = await uncaught(() => {
        codec[direction](payload, true, fail);
        other = run(create({ limiter }), 'encode', large);
      });
      expect(error).toMatchObject({ message: 'from the application' });
      expect(hex((await other) as Uint8Array)).toBe(hex(largePayload));
      const again = await run(create({ limiter }), 'encode', large);
      expect(hex(again)).toBe(hex(largePayload));
      expect(hex(await run(codec, 'encode', hello)).slice(0, 2)).toBe('f2');
      expect([limiter.running, limiter.queued]).toEqual([0, 0]);
      codec.close();
    });
  });

  test('the limiter is the given one', async () => {
    const log: string[] = [];
    const inner = new ConcurrencyLimiter(1);
    const limiter: JobLimiter = {
      acquire: (job) => {
        log.push('acquire');
        inner.acquire(job);
      },
      release: () => {
        log.push('release');
        inner.release();
      },
      cancel: (job) => inner.cancel(job),
    };
    const codec = create({ limiter });
    await run(codec, 'encode', large);
    const failing = run(codec, 'decode', new Uint8Array(20_000).fill(0xff));
    await expect(failing).rejects.toMatchObject({ closeCode: 1007 });
    expect(log).toEqual(['acquire', 'release', 'acquire', 'release']);
    log.length = 0;
    await run(codec, 'encode', hello);
    expect(log).toEqual(mode.sync ? [] : ['acquire', 'release']);
  });
});

test('the limiter is one for all, whose limit the first codec sets', async () => {
  vi.resetModules();
  const fresh = await import('../../src/node/index.js');
  new fresh.DeflateCodec({ role: 'server', parameters: {}, concurrencyLimit: 2 });
  new fresh.DeflateCodec({ role: 'server', parameters: {}, concurrencyLimit: 7 });
  const codecs = Array.from(
    { length: 5 },
    () => new fresh.DeflateCodec({ role: 'server', parameters: {} }),
  );
  const limiter = fresh.getSharedLimiter();
  const jobs = codecs.map((codec) => run(codec, 'encode', large));
  expect([limiter.limit, limiter.running, limiter.queued]).toEqual([2, 2, 3]);
  expect((await Promise.all(jobs)).map(hex)).toEqual(new Array(5).fill(hex(largePayload)));
  expect([limiter.running, limiter.queued]).toEqual([0, 0]);
});
