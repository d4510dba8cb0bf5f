/** The user's `dictionary`, which a context starts with, against plain streams of zlib. */
import type * as Zlib from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { DeflateCodec, HotContexts, type DeflateCodecOptions } from '../../src/node/index.js';
import { noise, run, runAll } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { OneContext } from '../support/one-context.js';
import { wsCodec } from '../support/ws-permessage-deflate.js';
import { PlainDeflater, PlainInflater } from '../support/zlib-peer.js';

describe.each(modes)('$name', (mode) => {
  const create = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    new DeflateCodec({ role: 'server', parameters: {}, ...mode.options, ...options });

  const dictionary = Buffer.concat([Buffer.from('{"type":"message","text":"'), noise(400, 6)]);
  const text = Buffer.concat([dictionary.subarray(0, 200), Buffer.from('Hello')]);
  const options = { dictionary };
  const forms: [string, Zlib.ZlibOptions['dictionary']][] = [
    ['a Buffer', dictionary],
    ['an ArrayBuffer', new Uint8Array(dictionary).buffer],
    ['a DataView', new DataView(new Uint8Array([...dictionary, 1]).buffer, 0, dictionary.length)],
  ];

  test.each(forms)('as %s starts the context', async (_, given) => {
    const contexts = new OneContext();
    const own = { dictionary: given as NonNullable<Zlib.ZlibOptions['dictionary']> };
    const codec = create({ contexts, zlibDeflateOptions: own, zlibInflateOptions: own });
    const receiver = new PlainInflater(options);
    const sender = new PlainDeflater(options);
    for (const message of [text, noise(50), text, noise(40_000), text, text]) {
      const sent = await run(codec, 'encode', message);
      expect((await receiver.decode(sent)).equals(message)).toBe(true);
      const received = await run(codec, 'decode', await sender.encode(message));
      expect(Buffer.compare(received, message)).toBe(0);
    }
    for (const each of [codec, receiver, sender]) each.close();
  });

  test('is worth something from the first message on', async () => {
    const first = await run(create({ zlibDeflateOptions: options }), 'encode', text);
    expect(first.length).toBeLessThan(20);
    expect((await run(create(), 'encode', text)).length).toBeGreaterThan(150);
  });

  test('may be longer than the window', async () => {
    const contexts = new OneContext();
    const long = { dictionary: noise(5000, 4) };
    const parameters = { server_max_window_bits: 10, client_max_window_bits: 10 };
    const codec = create({
      contexts,
      parameters,
      zlibDeflateOptions: long,
      zlibInflateOptions: long,
    });
    const receiver = new PlainInflater({ ...long, windowBits: 10 });
    const sender = new PlainDeflater({ ...long, windowBits: 10 });
    const end = long.dictionary.subarray(-600);
    for (const message of [end, noise(50), end]) {
      const sent = await run(codec, 'encode', message);
      expect((await receiver.decode(sent)).equals(message)).toBe(true);
      const received = await run(codec, 'decode', await sender.encode(message));
      expect(Buffer.compare(received, message)).toBe(0);
      contexts.coolAll();
    }
    for (const each of [codec, receiver, sender]) each.close();
  });

  test('starts every message without context takeover', async () => {
    const parameters = {
      server_no_context_takeover: true,
      client_no_context_takeover: true,
    } as const;
    const codec = create({
      parameters,
      zlibDeflateOptions: options,
      zlibInflateOptions: options,
    });
    for (let i = 0; i < 3; i++) {
      const [receiver, sender] = [new PlainInflater(options), new PlainDeflater(options)];
      const sent = await run(codec, 'encode', text);
      expect(sent.length).toBeLessThan(20);
      expect((await receiver.decode(sent)).equals(text)).toBe(true);
      expect(await run(codec, 'decode', await sender.encode(text))).toEqual(text);
      receiver.close();
      sender.close();
    }
    codec.close();
  });

  test('is not what an idle deflater falls back to: the window of the peer has moved on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const codec = create({
        contexts: new HotContexts(9),
        idleTimeout: 10,
        zlibDeflateOptions: options,
      });
      const receiver = new PlainInflater(options);
      for (const message of [text, noise(500), text]) {
        const sent = await run(codec, 'encode', message);
        expect((await receiver.decode(sent)).equals(message)).toBe(true);
        vi.advanceTimersByTime(10);
      }
      codec.close();
      receiver.close();
    } finally {
      vi.useRealTimers();
    }
  });

  test('is there again behind a final block, as in ws', async () => {
    const final = Buffer.from('f348cdc9c9070000', 'hex');
    const message = await run(create({ zlibDeflateOptions: options }), 'encode', text);
    const ours = create({ zlibInflateOptions: options });
    const theirs = wsCodec('server', {}, { zlibInflateOptions: options });
    for (const codec of [ours, theirs as unknown as DeflateCodec]) {
      for (let i = 0; i < 2; i++) {
        expect(await run(codec, 'decode', message)).toEqual(text);
        expect(String(await run(codec, 'decode', final))).toBe('Hello');
      }
      // Also for what follows in the same message.
      const fragments = [final, message];
      const received = await runAll(codec, 'decode', fragments);
      expect(Buffer.concat(received)).toEqual(Buffer.concat([Buffer.from('Hello'), text]));
      codec.close();
    }
    // Here the stream ends with the last byte of the fragment, which the next one finds out.
    const exact = create({ zlibInflateOptions: options });
    const received = await runAll(exact, 'decode', [final.subarray(0, -1), message]);
    expect(Buffer.concat(received)).toEqual(Buffer.concat([Buffer.from('Hello'), text]));
    exact.close();
  });
});
