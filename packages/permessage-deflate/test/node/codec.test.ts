import { bytes, hex } from '@hybi/testkit';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type * as Zlib from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  type DeflateCodecOptions,
  type JobLimiter,
} from '../../src/node/index.js';
import { noise, periodic, run, runAll } from '../support/codec.js';
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
const closedError = {
  name: 'Error',
  code: 'WS_ERR_DEFLATE_CLOSED',
  message: 'The deflate stream was closed while data was being processed',
};

function server(options: Partial<DeflateCodecOptions> = {}): DeflateCodec {
  return new DeflateCodec({ role: 'server', parameters: {}, ...options });
}

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

describe('done', () => {
  test.each(['encode', 'decode'] as const)(
    'of %s comes once, after the return',
    async (direction) => {
      const codec = server();
      const calls: unknown[] = [];
      const result = await new Promise((resolve) => {
        const ready = codec[direction](
          direction === 'encode' ? hello : helloPayload,
          true,
          (...args) => {
            calls.push(args);
            resolve(ready);
          },
        );
        calls.push('returned');
      });
      expect(result).toBeUndefined();
      await run(codec, direction, direction === 'encode' ? hello : helloPayload);
      codec.close();
      const output = direction === 'encode' ? helloPayload : hello;
      expect(calls).toEqual(['returned', [null, Buffer.from(output)]]);
    },
  );

  test('may start the next job', async () => {
    const codec = server({ limiter: new ConcurrencyLimiter(1) });
    const outputs: string[] = [];
    await new Promise<void>((resolve) => {
      const next = (error: Error | null, output?: Uint8Array): void => {
        outputs.push(error === null ? hex(output as Uint8Array) : error.message);
        if (outputs.length === 3) resolve();
        else codec.encode(hello, true, next);
      };
      codec.encode(hello, true, next);
    });
    expect(outputs).toEqual(['f2 48 cd c9 c9 07 00', 'f2 00 11 00 00', '02 13 00 00']);
  });

  test('a second job in the same direction is a wrong use', async () => {
    const codec = server();
    for (const direction of ['encode', 'decode'] as const) {
      const first = run(codec, direction, direction === 'encode' ? hello : helloPayload);
      expect(() => codec[direction](hello, true, () => {})).toThrow('wait until its callback');
      expect(() => codec[direction](new Uint8Array(0), false, () => {})).toThrow('wait until');
      await first;
    }
  });

  test('both directions work at the same time', async () => {
    const codec = server();
    const both = [run(codec, 'encode', hello), run(codec, 'decode', helloPayload)];
    expect((await Promise.all(both)).map(hex)).toEqual([hex(helloPayload), hex(hello)]);
  });
});

describe('memory', () => {
  test('zlib is set up per direction at its first use and torn down by close', async () => {
    const codec = server();
    expect(streams).toHaveLength(0);
    await run(codec, 'encode', new Uint8Array(0));
    await run(codec, 'decode', new Uint8Array(0), false);
    expect(streams).toHaveLength(0);
    await run(codec, 'decode', helloPayload);
    await run(codec, 'encode', hello);
    await run(codec, 'encode', hello);
    expect(streams.map(({ kind }) => kind)).toEqual(['inflate', 'deflate']);
    codec.close();
    expect(streams.map(({ stream }) => stream.destroyed)).toEqual([true, true]);
  });

  test('results do not hold on to the buffers of zlib', async () => {
    const chunkSize = 1_000_000;
    const codec = server({ zlibDeflateOptions: { chunkSize }, zlibInflateOptions: { chunkSize } });
    for (const message of [hello, noise(70_000), periodic(100_000, 7)]) {
      const sent = await run(codec, 'encode', message);
      const received = await run(codec, 'decode', sent);
      for (const result of [sent, received]) {
        expect(result.buffer.byteLength).toBeLessThanOrEqual(
          Math.max(result.length, Buffer.poolSize),
        );
      }
    }
    codec.close();
  });

  test('a payload is let go of when its job is done', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const codec = server();
    const process = async (direction: 'encode' | 'decode', length: number, fin = true) => {
      const message = noise(length);
      const payload = direction === 'encode' ? message : await run(server(), 'encode', message);
      const own = new Uint8Array(payload);
      await run(codec, direction, own, fin);
      return new WeakRef(own.buffer);
    };
    const references = [
      await process('encode', 1000),
      await process('encode', 50_000),
      await process('decode', 1000),
      await process('decode', 50_000),
      await process('decode', 50_000, false),
    ];
    await new Promise(setImmediate);
    collectGarbage();
    expect(references.map((reference) => reference.deref() !== undefined)).not.toContain(true);
    codec.close();
  });

  test('payloads are not changed, wherever they lie', async () => {
    const codec = server();
    for (const length of [10, 20_000]) {
      const before = noise(length + 20);
      const payload = before.slice().subarray(10, 10 + length);
      const sent = await run(codec, 'encode', payload);
      const copy = sent.slice();
      expect(Buffer.compare(await run(codec, 'decode', sent), payload)).toBe(0);
      expect(Buffer.compare(new Uint8Array(payload.buffer), before)).toBe(0);
      expect(Buffer.compare(sent, copy)).toBe(0);
    }
    codec.close();
  });
});

describe('options for zlib', () => {
  const message = periodic(5000, 90);

  test('level, memLevel, strategy and chunkSize are passed on', async () => {
    const codec = server({
      zlibDeflateOptions: { level: 1, memLevel: 2, strategy: 2, chunkSize: 64 },
      zlibInflateOptions: { chunkSize: 128 },
    });
    const sent = await run(codec, 'encode', message);
    expect(Buffer.compare(await run(codec, 'decode', sent), message)).toBe(0);
    const [deflate, inflate] = streams;
    expect(deflate?.options).toMatchObject({ level: 1, memLevel: 2, strategy: 2, chunkSize: 64 });
    expect(inflate?.options).toMatchObject({ chunkSize: 128 });
    const best = await run(server(), 'encode', message);
    expect(best.length).toBeLessThan(sent.length / 10);
  });

  test('windowBits are the agreed ones, never those of the options', async () => {
    const parameters = { server_max_window_bits: 9, client_max_window_bits: 8 } as const;
    const zlibOptions = { windowBits: 12 };
    for (const role of ['server', 'client'] as const) {
      const options = { zlibDeflateOptions: zlibOptions, zlibInflateOptions: zlibOptions };
      const codec = new DeflateCodec({ role, parameters, ...options });
      await run(codec, 'encode', hello);
      await run(codec, 'decode', helloPayload);
    }
    const used = streams.map(({ kind, options }) => [kind, options.windowBits]);
    expect(used).toEqual([
      ['deflate', 9],
      ['inflate', 8],
      ['deflate', 9], // 8, see deflater.ts
      ['inflate', 9],
    ]);
  });

  test('windowBits are 15 where nothing was agreed', async () => {
    const codec = server({ parameters: { client_max_window_bits: true } });
    await run(codec, 'encode', hello);
    await run(codec, 'decode', helloPayload);
    expect(streams.map(({ options }) => options.windowBits)).toEqual([15, 15]);
  });

  test.each([0, 1, 2, 3, 4, 5])('flush and finishFlush %d do no harm', async (flush) => {
    const zlibOptions = { flush, finishFlush: flush };
    const codec = server({ zlibDeflateOptions: zlibOptions, zlibInflateOptions: zlibOptions });
    for (const fragments of [[message], [hello, message, hello], [message]]) {
      const sent = await runAll(codec, 'encode', fragments);
      const received = await runAll(codec, 'decode', sent);
      expect(Buffer.compare(Buffer.concat(received), Buffer.concat(fragments))).toBe(0);
    }
    codec.close();
  });

  test('the objects are not changed', async () => {
    const zlibOptions = Object.freeze({ level: 3, windowBits: 8, flush: 4 });
    const codec = server({ zlibDeflateOptions: zlibOptions, zlibInflateOptions: zlibOptions });
    await run(codec, 'decode', await run(codec, 'encode', hello));
    expect(zlibOptions).toEqual({ level: 3, windowBits: 8, flush: 4 });
  });

  test('what zlib refuses comes to done and frees the slot', async () => {
    const limiter = new ConcurrencyLimiter(1);
    const bad = server({
      limiter,
      zlibDeflateOptions: { level: 99 },
      zlibInflateOptions: { chunkSize: 1 },
    });
    const failure = { name: 'RangeError', code: 'ERR_OUT_OF_RANGE', closeCode: 1011 };
    const first = run(bad, 'encode', hello);
    const second = run(bad, 'decode', helloPayload);
    await expect(first).rejects.toMatchObject(failure);
    await expect(second).rejects.toMatchObject(failure);
    expect([limiter.running, limiter.queued]).toEqual([0, 0]);
  });

  test('a stream that was aborted through them fails the job and is replaced', async () => {
    const controller = new AbortController();
    const zlibOptions = { signal: controller.signal } as Zlib.ZlibOptions;
    const codec = server({ zlibDeflateOptions: zlibOptions });
    await run(codec, 'encode', hello);
    controller.abort();
    await expect(run(codec, 'encode', hello)).rejects.toMatchObject({ closeCode: 1011 });
    await expect(run(codec, 'encode', hello)).rejects.toMatchObject({ name: 'AbortError' });
    expect(streams.every(({ stream }) => stream.destroyed)).toBe(true);
  });
});

describe('the parameters', () => {
  test.each([7, 16, NaN])('a window of %d bits is a RangeError', (windowBits) => {
    for (const name of ['server_max_window_bits', 'client_max_window_bits']) {
      expect(() => server({ parameters: { [name]: windowBits } })).toThrow(
        `The parameter "${name}" must be an integer from 8 to 15, got ${windowBits}`,
      );
    }
  });
});

describe('close', () => {
  test('ends what is under way in both directions, at once', () => {
    const codec = server();
    const ended: unknown[] = [];
    codec.encode(hello, true, (error) => ended.push(error));
    codec.decode(helloPayload, true, (error) => ended.push(error));
    codec.close();
    expect(ended).toMatchObject([closedError, closedError]);
    codec.close();
    expect(ended).toHaveLength(2);
  });

  test('ends what waits for its turn, and takes it out of the queue', async () => {
    const limiter = new ConcurrencyLimiter(1);
    const [running, waiting, last] = [
      server({ limiter }),
      server({ limiter }),
      server({ limiter }),
    ];
    const first = run(running, 'encode', hello);
    const second = run(waiting, 'encode', hello);
    const third = run(last, 'encode', hello);
    waiting.close();
    await expect(second).rejects.toMatchObject(closedError);
    expect(limiter.queued).toBe(1);
    expect(hex(await first)).toBe(hex(helloPayload));
    expect(hex(await third)).toBe(hex(helloPayload));
    expect(streams).toHaveLength(2);
  });

  test('fails what comes later, without setting zlib up', async () => {
    const codec = server();
    codec.close();
    for (const fin of [true, false]) {
      for (const payload of [hello, new Uint8Array(0)]) {
        await expect(run(codec, 'encode', payload, fin)).rejects.toMatchObject(closedError);
        await expect(run(codec, 'decode', payload, fin)).rejects.toMatchObject(closedError);
      }
    }
    expect(streams).toHaveLength(0);
  });

  test('reaches the second direction though the first callback throws', async () => {
    const codec = server();
    codec.encode(hello, true, () => {
      throw new Error('from the application');
    });
    const decoding = run(codec, 'decode', helloPayload);
    expect(() => codec.close()).toThrow('from the application');
    await expect(decoding).rejects.toMatchObject(closedError);
    expect(streams.map(({ stream }) => stream.destroyed)).toEqual([true, true]);
  });

  test('from within done is fine', async () => {
    const codec = server();
    await new Promise<void>((resolve) => {
      codec.decode(helloPayload, true, () => {
        codec.close();
        resolve();
      });
    });
    expect(streams[0]?.stream.destroyed).toBe(true);
  });
});

describe('the limiter', () => {
  test('is the given one', async () => {
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
    const codec = server({ limiter });
    await run(codec, 'encode', hello);
    const failing = run(codec, 'decode', bytes('ff ff'));
    await expect(failing).rejects.toMatchObject({ closeCode: 1007 });
    expect(log).toEqual(['acquire', 'release', 'acquire', 'release']);
  });

  test('is otherwise one for all, whose limit the first codec sets', async () => {
    vi.resetModules();
    const fresh = await import('../../src/node/index.js');
    const { getSharedLimiter } = await import('../../src/node/limiter.js');
    new fresh.DeflateCodec({ role: 'server', parameters: {}, concurrencyLimit: 2 });
    new fresh.DeflateCodec({ role: 'server', parameters: {}, concurrencyLimit: 7 });
    const codecs = Array.from(
      { length: 5 },
      () => new fresh.DeflateCodec({ role: 'server', parameters: {} }),
    );
    const limiter = getSharedLimiter();
    const jobs = codecs.map((codec) => run(codec, 'encode', hello));
    expect([limiter.limit, limiter.running, limiter.queued]).toEqual([2, 2, 3]);
    expect((await Promise.all(jobs)).map(hex)).toEqual(new Array(5).fill(hex(helloPayload)));
    expect([limiter.running, limiter.queued]).toEqual([0, 0]);
  });
});
