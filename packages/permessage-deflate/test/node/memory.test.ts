/** When zlib's memory is taken and given back, and whose bytes are whose. */
import { bytes } from '@hybi/testkit';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type * as Zlib from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DeflateCodec, HotContexts, type DeflateCodecOptions } from '../../src/node/index.js';
import { noise, periodic, run } from '../support/codec.js';
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
const noTakeover = {
  server_no_context_takeover: true,
  client_no_context_takeover: true,
} as const;
/** Streams that stay in the pool of one setting. */
const poolSize = 4;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe.each(modes)('$name', (mode) => {
  const create = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    new DeflateCodec({ role: 'server', parameters: {}, ...mode.options, ...options });

  /** Settings of its own, with pools that are empty. */
  const ownPools = (): Partial<DeflateCodecOptions> => ({
    zlibDeflateOptions: {},
    zlibInflateOptions: {},
  });

  test('zlib is set up per direction, at its first use', async () => {
    const codec = create(ownPools());
    expect(streams).toHaveLength(0);
    await run(codec, 'encode', new Uint8Array(0));
    await run(codec, 'decode', new Uint8Array(0), false);
    expect(streams).toHaveLength(0);
    await run(codec, 'decode', helloPayload);
    await run(codec, 'encode', hello);
    await run(codec, 'encode', hello);
    expect(streams.map(({ kind }) => kind)).toEqual(['inflate', 'deflate']);
    codec.close();
  });

  test.each([
    ['with', {}],
    ['without', noTakeover],
  ])('%s context takeover, few streams outlive their connections', async (_, parameters) => {
    const options = { ...ownPools(), parameters };
    const codecs = Array.from({ length: 20 }, () => create(options));
    await Promise.all(codecs.map((codec) => run(codec, 'encode', hello, false)));
    await Promise.all(codecs.map((codec) => run(codec, 'decode', helloPayload, false)));
    // In the midst of a message each has its own.
    expect(aliveStreams()).toHaveLength(40);
    for (const codec of codecs) codec.close();
    const kinds = aliveStreams().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'deflate')).toHaveLength(poolSize);
    expect(kinds.filter((kind) => kind === 'inflate')).toHaveLength(poolSize);
  });

  test('without context takeover connections share streams, message by message', async () => {
    const options = { ...ownPools(), parameters: noTakeover };
    for (let i = 0; i < 10; i++) {
      const codec = create(options);
      expect(await run(codec, 'encode', hello)).toEqual(Buffer.from(helloPayload));
      expect(await run(codec, 'decode', helloPayload)).toEqual(Buffer.from(hello));
    }
    expect(streams).toHaveLength(2);
  });

  test('with context takeover no more contexts than the limit says have a stream', async () => {
    const contexts = new HotContexts(3);
    const options = { ...ownPools(), contexts };
    const codecs = Array.from({ length: 12 }, () => create(options));
    for (const codec of [...codecs, ...codecs]) await run(codec, 'encode', hello);
    expect(contexts.size).toBe(3);
    expect(aliveStreams().length).toBeLessThanOrEqual(3 + poolSize);
    for (const codec of codecs) codec.close();
    expect(contexts.size).toBe(0);
    expect(aliveStreams().length).toBeLessThanOrEqual(poolSize);
  });

  test('results do not hold on to the buffers of zlib', async () => {
    const chunkSize = 1_000_000;
    const codec = create({ zlibDeflateOptions: { chunkSize }, zlibInflateOptions: { chunkSize } });
    for (const message of [hello, noise(70_000), periodic(100_000, 7)]) {
      const sent = await run(codec, 'encode', message);
      const received = await run(codec, 'decode', sent);
      for (const result of [sent, received]) {
        expect(result.buffer.byteLength).toBeLessThanOrEqual(
          Math.max(result.length, 2 * Buffer.poolSize),
        );
      }
    }
    codec.close();
  });

  test('a payload is let go of when its job is done', async () => {
    const codec = create();
    const process = async (direction: 'encode' | 'decode', length: number, fin = true) => {
      const message = noise(length);
      const payload = direction === 'encode' ? message : await run(create(), 'encode', message);
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
      await process('encode', 1000, false),
    ];
    await new Promise(setImmediate);
    collectGarbage();
    expect(references.map((reference) => reference.deref() !== undefined)).not.toContain(true);
    codec.close();
  });

  test('a codec is let go of when it is closed, whatever it shares', async () => {
    const contexts = new HotContexts(10);
    const use = async (parameters: object, fin: boolean) => {
      const codec = create({ parameters, contexts });
      await run(codec, 'encode', hello, fin);
      await run(codec, 'decode', helloPayload, fin);
      codec.close();
      return new WeakRef(codec);
    };
    const references = [
      await use({}, true),
      await use({}, false),
      await use(noTakeover, true),
      await use(noTakeover, false),
    ];
    await new Promise(setImmediate);
    collectGarbage();
    expect(references.map((reference) => reference.deref() !== undefined)).not.toContain(true);
    expect(contexts.size).toBe(0);
  });

  test('payloads are not changed, wherever they lie', async () => {
    const codec = create();
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

  test("results are nobody else's: what comes later does not change them", async () => {
    const codec = create();
    const kept: [Uint8Array, Uint8Array][] = [];
    for (let i = 1; i <= 50; i++) {
      const sent = await run(codec, 'encode', periodic(i * 50, i));
      const received = await run(codec, 'decode', sent);
      for (const result of [sent, received]) kept.push([result, result.slice()]);
    }
    for (const [result, copy] of kept) expect(Buffer.compare(result, copy)).toBe(0);
    codec.close();
  });
});
