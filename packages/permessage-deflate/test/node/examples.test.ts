/** The examples of RFC 7692 §7.2.3, octet by octet. */
import { bytes, hex } from '@hybi/testkit';
import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import { DeflateCodec } from '../../src/node/index.js';
import { run, runAll } from '../support/codec.js';
import { modes } from '../support/modes.js';

const hello = new TextEncoder().encode('Hello');
const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);

describe.each(modes)('$name', ({ options }) => {
  const server = (parameters: DeflateParameters = {}): DeflateCodec =>
    new DeflateCodec({ role: 'server', parameters, ...options });
  const client = (parameters: DeflateParameters = {}): DeflateCodec =>
    new DeflateCodec({ role: 'client', parameters, ...options });

  describe('§7.2.3.1 one DEFLATE block', () => {
    const one = 'f2 48 cd c9 c9 07 00';

    test('is what "Hello" becomes', async () => {
      expect(hex(await run(server(), 'encode', hello))).toBe(one);
    });

    test('is "Hello", whole and in the two fragments of the RFC', async () => {
      expect(text(await run(server(), 'decode', bytes(one)))).toBe('Hello');
      const fragments = [bytes('f2 48 cd'), bytes('c9 c9 07 00')];
      expect((await runAll(server(), 'decode', fragments)).map(text).join('')).toBe('Hello');
    });

    test('is "Hello" at every split', async () => {
      const codec = server();
      for (let at = 0; at <= 7; at++) {
        const fragments = [bytes(one).subarray(0, at), bytes(one).subarray(at)];
        expect((await runAll(codec, 'decode', fragments)).map(text).join('')).toBe('Hello');
      }
    });
  });

  describe('§7.2.3.2 sharing the LZ77 window', () => {
    test('the second "Hello" refers to the first', async () => {
      const codec = server();
      expect(hex(await run(codec, 'encode', hello))).toBe('f2 48 cd c9 c9 07 00');
      expect(hex(await run(codec, 'encode', hello))).toBe('f2 00 11 00 00');
      expect(text(await run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00')))).toBe('Hello');
      expect(text(await run(codec, 'decode', bytes('f2 00 11 00 00')))).toBe('Hello');
    });

    test('without context takeover both are the same', async () => {
      const codec = server({ server_no_context_takeover: true, client_no_context_takeover: true });
      for (let i = 0; i < 3; i++) {
        expect(hex(await run(codec, 'encode', hello))).toBe('f2 48 cd c9 c9 07 00');
        expect(text(await run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00')))).toBe('Hello');
      }
    });
  });

  test('§7.2.3.3 a DEFLATE block with no compression', async () => {
    const payload = bytes('00 05 00 fa ff 48 65 6c 6c 6f 00');
    expect(text(await run(server(), 'decode', payload))).toBe('Hello');
    const codec = new DeflateCodec({
      role: 'server',
      parameters: {},
      zlibDeflateOptions: { level: 0 },
      ...options,
    });
    expect(hex(await run(codec, 'encode', hello))).toBe(hex(payload));
  });

  test('§7.2.3.4 a DEFLATE block with BFINAL set, again and again', async () => {
    const codec = server();
    for (let i = 0; i < 3; i++) {
      expect(text(await run(codec, 'decode', bytes('f3 48 cd c9 c9 07 00 00')))).toBe('Hello');
    }
    expect(text(await run(codec, 'decode', bytes('f2 48 cd c9 c9 07 00')))).toBe('Hello');
  });

  test('§7.2.3.5 two DEFLATE blocks in one message', async () => {
    const payload = bytes('f2 48 05 00 00 00 ff ff ca c9 c9 07 00');
    expect(text(await run(server(), 'decode', payload))).toBe('Hello');
  });

  describe('§7.2.3.6 an empty message', () => {
    test('is one octet, before, between and after others', async () => {
      const codec = server();
      const peer = client();
      for (const message of ['', 'Hello', '', '', 'Hello', '']) {
        const payload = await run(codec, 'encode', new TextEncoder().encode(message));
        if (message === '') expect(hex(payload)).toBe('00');
        expect(text(await run(peer, 'decode', payload))).toBe(message);
      }
    });
  });

  describe('§7.2.1 fragments', () => {
    test('keep the tail of every flush but the last', async () => {
      const codec = server();
      expect(hex(await run(codec, 'encode', hello, false))).toBe(
        'f2 48 cd c9 c9 07 00 00 00 ff ff',
      );
      expect(hex(await run(codec, 'encode', hello, true))).toBe('f2 00 11 00 00');
    });

    test('may be empty at the start, in the middle and at the end', async () => {
      const codec = server();
      const peer = client();
      const none = new Uint8Array(0);
      for (const message of [
        [none, hello],
        [hello, none],
        [hello, none, hello],
        [none, none],
      ]) {
        const sent = await runAll(codec, 'encode', message);
        const received = await runAll(peer, 'decode', sent);
        expect(received.map(text)).toEqual(message.map(text));
      }
      expect((await runAll(server(), 'encode', [hello, none])).map(hex)).toEqual([
        'f2 48 cd c9 c9 07 00 00 00 ff ff',
        '00',
      ]);
      expect((await runAll(server(), 'encode', [none, hello])).map(hex)).toEqual([
        '00 00 00 ff ff',
        'f2 48 cd c9 c9 07 00',
      ]);
    });

    test('an empty end resets the window where there is no context takeover', async () => {
      const codec = server({ server_no_context_takeover: true });
      for (let i = 0; i < 2; i++) {
        const sent = await runAll(codec, 'encode', [hello, new Uint8Array(0)]);
        expect(sent.map(hex)).toEqual(['f2 48 cd c9 c9 07 00 00 00 ff ff', '00']);
      }
    });
  });
});
