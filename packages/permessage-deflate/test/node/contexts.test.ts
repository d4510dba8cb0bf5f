/**
 * Contexts that lose their stream between two messages and get another one: what comes out must be
 * what one stream for all messages would have made. The peers are plain streams of zlib.
 */
import type * as Zlib from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  HotContexts,
  type DeflateCodecOptions,
} from '../../src/node/index.js';
import { inflate } from '../reference/inflate.js';
import { cut, noise, periodic, run, runAll, tail } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { OneContext } from '../support/one-context.js';
import { aliveStreams, streams } from '../support/recorded-zlib.js';
import { PlainDeflater, PlainInflater } from '../support/zlib-peer.js';

vi.mock('node:zlib', async (importOriginal) => {
  const { recordZlib } = await import('../support/recorded-zlib.js');
  return recordZlib(await importOriginal<typeof Zlib>());
});

beforeEach(() => {
  streams.length = 0;
});

/** Refers to all of a window's text, in pieces: noise that comes again from message to message. */
function* messages(windowBits: number): Generator<Uint8Array> {
  const windowBytes = 2 ** windowBits;
  const text = noise(windowBytes, windowBits);
  yield text.subarray(0, 100);
  yield text;
  // From the middle of the window, from its begin, and from what was just added.
  yield text.subarray(windowBytes >> 1, (windowBytes >> 1) + 200);
  yield text.subarray(0, 300);
  yield Buffer.concat([text.subarray(0, 50), noise(70, 3), text.subarray(20, 90)]);
  yield noise(3 * windowBytes, 9);
  yield noise(3 * windowBytes, 9).subarray(2 * windowBytes);
  yield noise(40_000, 5);
  yield noise(40_000, 5).subarray(-200);
}

const windows = [8, 9, 10, 11, 12, 13, 14, 15];

describe.each(modes)('$name', (mode) => {
  const create = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    new DeflateCodec({ role: 'server', parameters: {}, ...mode.options, ...options });

  /** The codec's own share in the streams; plain peers make theirs through the same module. */
  const made = (kind: 'deflate' | 'inflate') => streams.filter((each) => each.kind === kind);

  describe.each(windows)('a window of %d bits', (windowBits) => {
    test('what it compresses cold, a peer inflates that was never interrupted', async () => {
      const contexts = new OneContext();
      const parameters = { server_max_window_bits: windowBits };
      const zlibDeflateOptions = { windowBits };
      const cold = create({ parameters, contexts, zlibDeflateOptions });
      const hot = create({ parameters, contexts: new HotContexts(9), zlibDeflateOptions });
      const peer = new PlainInflater({ windowBits });
      const hotPeer = new PlainInflater({ windowBits });
      const sizes = { cold: 0, hot: 0 };
      for (const message of messages(windowBits)) {
        const sent = await run(cold, 'encode', message);
        expect((await peer.decode(sent)).equals(message)).toBe(true);
        contexts.coolAll();
        const sentHot = await run(hot, 'encode', message);
        expect((await hotPeer.decode(sentHot)).equals(message)).toBe(true);
        sizes.cold += sent.length;
        sizes.hot += sentHot.length;
      }
      // Cold or hot, the window is of use; to begin with the history may find other matches.
      expect(sizes.cold).toBeLessThan(sizes.hot * 1.02);
      for (const each of [cold, hot, peer, hotPeer]) each.close();
      // Both peers, the hot one and its pool; and one for each message that found it cold.
      expect(made('deflate').length).toBeGreaterThan(8);
    });

    test('what a peer compresses that was never interrupted, it inflates cold', async () => {
      const contexts = new OneContext();
      const parameters = { client_max_window_bits: windowBits };
      const codec = create({ parameters, contexts, zlibInflateOptions: {} });
      const peer = new PlainDeflater({ windowBits: Math.max(windowBits, 9) });
      let small = 0;
      for (const message of messages(windowBits)) {
        const sent = await peer.encode(message);
        if (message.length >= 200 && sent.length < 50) small += 1;
        const received = await run(codec, 'decode', sent);
        expect(Buffer.compare(received, message)).toBe(0);
        contexts.coolAll();
        expect(contexts.size).toBe(0);
      }
      // Else the messages did not need the window at all.
      expect(small).toBeGreaterThanOrEqual(windowBits > 9 ? 2 : 1);
      codec.close();
      peer.close();
    });

    test('no back-reference leaves the window though the stream is another', async () => {
      const contexts = new OneContext();
      const codec = create({ parameters: { server_max_window_bits: windowBits }, contexts });
      const window: number[] = [];
      for (const period of [100, 249, 250, 256, 257, 300, 511, 513, 1500]) {
        const message = periodic(1600, period);
        for (let i = 0; i < 2; i++) {
          const sent = Buffer.concat([await run(codec, 'encode', message), tail]);
          const { output, maxDistance } = inflate(sent, window);
          expect(Buffer.from(output).equals(message)).toBe(true);
          expect(maxDistance).toBeLessThanOrEqual(2 ** windowBits);
          window.push(...output);
          contexts.coolAll();
        }
      }
      codec.close();
    });
  });

  test('hot and cold by turns, in both directions and in fragments', async () => {
    const contexts = new OneContext();
    const codec = create({ contexts });
    const other = create({ role: 'client' });
    for (const [i, message] of [...messages(12), ...messages(12)].entries()) {
      const fragments =
        i % 2 === 0 ? [message] : cut(message, [message.length >> 2, message.length >> 1]);
      const sent = await runAll(codec, 'encode', fragments);
      expect(Buffer.concat(await runAll(other, 'decode', sent)).equals(message)).toBe(true);
      // With room for one, each direction cools the other one.
      const back = await runAll(other, 'encode', fragments);
      expect(Buffer.concat(await runAll(codec, 'decode', back)).equals(message)).toBe(true);
      if (i % 3 === 0) contexts.coolAll();
      expect(contexts.size).toBeLessThanOrEqual(1);
    }
    codec.close();
    other.close();
  });

  test('a message under way keeps its stream, whoever needs room', async () => {
    const contexts = new OneContext();
    const zlibOptions = {};
    const [codec, peer] = [
      create({ contexts, zlibDeflateOptions: zlibOptions, zlibInflateOptions: zlibOptions }),
      create({ role: 'client' }),
    ];
    const message = periodic(900, 300);
    const parts = cut(message, [300, 600]);
    const sent: Uint8Array[] = [];
    const received: Uint8Array[] = [];
    // A message before makes the context hot.
    await run(peer, 'decode', await run(codec, 'encode', noise(20)));
    for (const [i, part] of parts.entries()) {
      sent.push(await run(codec, 'encode', part, i === 2));
      contexts.coolAll();
      await run(create({ contexts }), 'encode', message);
    }
    await run(codec, 'decode', await run(peer, 'encode', noise(20)));
    // Cut within a block, where only the stream itself knows how to go on.
    const back = cut(await run(peer, 'encode', message), [50, 51]);
    for (const [i, part] of back.entries()) {
      received.push(await run(codec, 'decode', part, i === 2));
      contexts.coolAll();
    }
    expect(Buffer.concat(received).equals(message)).toBe(true);
    expect(Buffer.concat(await runAll(peer, 'decode', sent)).equals(message)).toBe(true);
    expect(sent[1]?.length).toBeLessThan(60);
  });

  test('a context that waits for the limiter may lose its stream meanwhile', async () => {
    const contexts = new OneContext();
    const limiter = new ConcurrencyLimiter(1);
    const codec = create({ contexts, limiter });
    const peer = new PlainInflater();
    const text = noise(30_000);
    await peer.decode(await run(codec, 'encode', text));
    const blocking = run(create({ limiter, contexts }), 'encode', noise(60_000, 8));
    const waiting = run(codec, 'encode', text);
    expect(limiter.queued).toBe(1);
    contexts.coolAll();
    await blocking;
    expect((await peer.decode(await waiting)).equals(text)).toBe(true);
    expect((await peer.decode(await run(codec, 'encode', text))).equals(text)).toBe(true);
    codec.close();
    peer.close();
  });

  test('a limit of 0 sets zlib up for each message, with all of the window', async () => {
    const contexts = new HotContexts(0);
    const codec = create({ contexts });
    const peer = new PlainInflater();
    for (let i = 0; i < 4; i++) {
      const sent = await run(codec, 'encode', noise(2000));
      expect((await peer.decode(sent)).equals(noise(2000))).toBe(true);
      if (i > 0) expect(sent.length).toBeLessThan(60);
      expect(contexts.size).toBe(0);
    }
    codec.close();
    peer.close();
  });

  describe('idle', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    });

    afterEach(() => {
      vi.useRealTimers();
    });

    test('a deflater starts again with an empty window, which its peer does not notice', async () => {
      const contexts = new HotContexts(9);
      const codec = create({ contexts, idleTimeout: 5000, zlibDeflateOptions: {} });
      const peer = new PlainInflater();
      const text = noise(3000);
      const sizes: number[] = [];
      const send = async (): Promise<void> => {
        const sent = await run(codec, 'encode', text);
        expect((await peer.decode(sent)).equals(text)).toBe(true);
        sizes.push(sent.length);
      };
      await send();
      await send();
      vi.advanceTimersByTime(4999);
      await send();
      vi.advanceTimersByTime(5000);
      expect(contexts.size).toBe(0);
      await send();
      await send();
      const [first, second, third, fresh, last] = sizes;
      expect([fresh, last]).toEqual([first, second]);
      expect(Math.max(second as number, third as number)).toBeLessThan(100);
      codec.close();
      peer.close();
    });

    test('an inflater remembers all, and holds no stream', async () => {
      const contexts = new HotContexts(9);
      const codec = create({ contexts, idleTimeout: 5000, zlibInflateOptions: {} });
      const sender = create({ role: 'client' });
      const text = noise(3000);
      await run(codec, 'decode', await run(sender, 'encode', text));
      for (let i = 0; i < 3; i++) {
        vi.advanceTimersByTime(5000);
        expect(contexts.size).toBe(0);
        const sent = await run(sender, 'encode', text);
        expect(sent.length).toBeLessThan(100);
        expect(Buffer.compare(await run(codec, 'decode', sent), text)).toBe(0);
      }
      codec.close();
      sender.close();
    });

    test('0 is never', async () => {
      const contexts = new HotContexts(9);
      const codec = create({ contexts, idleTimeout: 0 });
      await run(codec, 'encode', noise(100));
      expect([contexts.size, vi.getTimerCount()]).toEqual([1, 0]);
      vi.advanceTimersByTime(1e9);
      expect(contexts.size).toBe(1);
      codec.close();
      expect(contexts.size).toBe(0);
    });

    test('is 60 seconds by default', async () => {
      const contexts = new HotContexts(9);
      const codec = create({ contexts });
      await run(codec, 'encode', noise(100));
      vi.advanceTimersByTime(59_999);
      expect(contexts.size).toBe(1);
      vi.advanceTimersByTime(1);
      expect([contexts.size, vi.getTimerCount()]).toEqual([0, 0]);
      codec.close();
    });

    test('nothing happens to a codec that was closed before', async () => {
      const contexts = new HotContexts(9);
      const codec = create({ contexts, idleTimeout: 1000 });
      await run(codec, 'encode', noise(100));
      codec.close();
      expect(contexts.size).toBe(0);
      vi.advanceTimersByTime(1000);
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  test('closed contexts leave nothing behind but what the pools hold', async () => {
    const contexts = new HotContexts(5);
    const own = { zlibDeflateOptions: {}, zlibInflateOptions: {} };
    const codecs = Array.from({ length: 30 }, () => create({ contexts, ...own }));
    const message = noise(100);
    const payload = await run(create({ role: 'client' }), 'encode', message);
    streams.length = 0;
    for (const codec of codecs) {
      await run(codec, 'encode', message);
      await run(codec, 'decode', payload);
    }
    expect(contexts.size).toBe(5);
    for (const codec of codecs) codec.close();
    expect(contexts.size).toBe(0);
    expect(aliveStreams().length).toBeLessThanOrEqual(8);
  });
});
