/**
 * Deflate streams that end: with BFINAL, with bytes behind it, or too early (RFC 7692 §7.2.2 and
 * §7.2.3.4), as they are by default and under the option `strict`.
 */
import { bytes } from '@hybi/testkit';
import fc from 'fast-check';
import * as zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DeflateCodec, type DeflateCodecOptions } from '../../src/node/index.js';
import { cut, noise, periodic, run, runAll, tail } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { wsCodec } from '../support/ws-permessage-deflate.js';

const open = 'f2 48 cd c9 c9 07 00';
/** The same text in a final block; here its last byte, 00, is padding of the block. */
const final = 'f3 48 cd c9 c9 07 00';
/** "Hello" by reference to the "Hello" before. */
const again = 'f2 00 11 00 00';
const none = new Uint8Array(0);
const takeovers = [{}, { client_no_context_takeover: true }] as const;

const truncated = { code: 'WS_ERR_DEFLATE_TRUNCATED', closeCode: 1007 };
const trailing = { code: 'WS_ERR_DEFLATE_TRAILING_DATA', closeCode: 1007 };
const corrupt = { code: 'Z_DATA_ERROR', closeCode: 1007 };

describe.each(modes)('$name', (mode) => {
  const create = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    new DeflateCodec({ role: 'server', parameters: {}, ...mode.options, ...options });
  const strict = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    create({ ...options, strict: true });

  const decode = async (codec: DeflateCodec, fragments: readonly Uint8Array[]): Promise<string> =>
    Buffer.concat(await runAll(codec, 'decode', fragments)).toString('latin1');

  describe.each(takeovers)('with %j', (parameters) => {
    const accepted: [payload: string, text: string][] = [
      [open, 'Hello'],
      ['00', ''],
      ['f2 48 05 00 00 00 ff ff ca c9 c9 07 00', 'Hello'],
      [`${final} 00`, 'Hello'],
      [final, 'Hello'],
      ['03 00 00', ''],
      ['03 00', ''],
      // An empty final block, of which the tail is the rest.
      ['01', ''],
      [`${open} 00 00 ff ff 01`, 'Hello'],
      ['01 05 00 fa ff 48 65 6c 6c 6f', 'Hello'],
      ['01 05 00 fa ff 48 65 6c 6c 6f 00', 'Hello'],
    ];

    test.each(accepted)('%s is a whole message', async (payload, text) => {
      for (const codec of [create({ parameters }), strict({ parameters })]) {
        for (let i = 0; i < 3; i++) {
          expect(await decode(codec, [bytes(payload)])).toBe(text);
          expect(await decode(codec, [bytes(open)])).toBe('Hello');
        }
        codec.close();
      }
    });

    test.each(accepted)(
      '%s is one to strict receivers however it is cut',
      async (payload, text) => {
        const whole = bytes(payload);
        const codec = strict({ parameters });
        for (let at = 0; at <= whole.length; at++) {
          const [before, after] = [whole.subarray(0, at), whole.subarray(at)];
          for (const fragments of [
            [before, after],
            [before, none, after, none],
          ]) {
            expect(await decode(codec, fragments)).toBe(text);
            expect(await decode(codec, [bytes(open)])).toBe('Hello');
          }
        }
        codec.close();
      },
    );

    const refused: [payload: string, error: object][] = [
      ['', corrupt],
      ['f2 48 cd c9', corrupt],
      ['f2', corrupt],
      // The last byte holds the header of the empty block.
      ['f2 48 cd c9 c9 07', corrupt],
      // The tail would be read as the text that is missing.
      ['00 04 00 fb ff', truncated],
      ['01 04 00 fb ff', truncated],
      ['00 08 00 f7 ff 41 42 43 44', truncated],
      ['00 0a 00 f5 ff', truncated],
      ['00 ff ff 00 00', truncated],
      // Not one byte of the flush was left out.
      ['f2 48 cd c9 c9 07 00 00 00 ff ff', corrupt],
      ['f3 48 cd c9', truncated],
      [`${final} 01`, trailing],
      [`${final} ff`, trailing],
      [`${final} 00 00`, trailing],
      [`${final} 00 00 00 ff ff`, trailing],
      [`${final} ${open}`, trailing],
      ['03 00 00 00', trailing],
      ['03 00 ff', trailing],
    ];

    test.each(refused)('strict refuses %s, however it is cut', async (payload, error) => {
      const whole = bytes(payload);
      for (let at = 0; at <= whole.length; at++) {
        for (const fragments of [cut(whole, [at]), [...cut(whole, [at]), none]]) {
          const codec = strict({ parameters });
          await expect(decode(codec, [bytes(open)])).resolves.toBe('Hello');
          await expect(decode(codec, fragments)).rejects.toMatchObject(error);
          codec.close();
        }
      }
    });

    test('strict refuses every beginning of a message', async () => {
      for (const options of [{}, { level: 0 }, { strategy: zlib.constants.Z_FIXED }]) {
        const message = Buffer.concat([periodic(200, 30), noise(60)]);
        const finishFlush = zlib.constants.Z_SYNC_FLUSH;
        const payload = zlib.deflateRawSync(message, { ...options, finishFlush }).subarray(0, -4);
        for (let length = 0; length < payload.length; length++) {
          // That is an empty message.
          if (payload.subarray(0, length).equals(bytes('00'))) continue;
          const codec = strict({ parameters });
          const result = decode(codec, [payload.subarray(0, length)]);
          await expect(result).rejects.toMatchObject({ closeCode: 1007 });
          codec.close();
        }
        await expect(decode(strict({ parameters }), [payload])).resolves.toHaveLength(260);
      }
    });

    test('strict takes any message as a codec sends it, and cut anew', async () => {
      const sender = new DeflateCodec({ role: 'client', parameters, ...mode.options });
      const receivers = [strict({ parameters }), strict({ parameters })];
      const some = [none, noise(10), periodic(300, 20), none, noise(30_000), Buffer.alloc(400_000)];
      for (const message of [...some, ...some]) {
        const sent = await runAll(sender, 'encode', cut(message, [message.length >> 1]));
        const whole = Buffer.concat(sent);
        for (const [i, fragments] of [sent, cut(whole, [whole.length >> 2])].entries()) {
          const codec = receivers[i] as DeflateCodec;
          const received = Buffer.concat(await runAll(codec, 'decode', fragments));
          expect(received.equals(message)).toBe(true);
        }
      }
      for (const codec of [sender, ...receivers]) codec.close();
    });

    test('by default bytes behind a final block are lost, as in ws', async () => {
      const ours = create({ parameters });
      const theirs = wsCodec('server', parameters);
      // With nothing behind it, `ws` would lose the next fragment; see attacks.test.ts.
      for (const behind of ['00', '00 00', 'ff ff ff', open, final]) {
        const payload = bytes(`${final} ${behind}`);
        for (const fragments of [[payload], [payload, bytes(open)], [payload, payload, payload]]) {
          const expected = (await runAll(theirs as never, 'decode', fragments)).map(String);
          expect((await runAll(ours, 'decode', fragments)).map(String)).toEqual(expected);
          expect(expected[0]).toBe('Hello');
        }
      }
      ours.close();
      theirs.close();
    });

    test('a large final block, and what follows', async () => {
      for (const codec of [create({ parameters }), strict({ parameters })]) {
        for (const length of [20_000, 70_000, 65_536, 131_072]) {
          for (const message of [noise(length), periodic(length, 100), Buffer.alloc(length)]) {
            const payload = Buffer.concat([zlib.deflateRawSync(message), bytes('00')]);
            const output = Buffer.concat(await runAll(codec, 'decode', [payload]));
            expect(output.equals(message)).toBe(true);
            const half = payload.length >> 1;
            const halves = Buffer.concat(await runAll(codec, 'decode', cut(payload, [half])));
            expect(halves.equals(message)).toBe(true);
            expect(await decode(codec, [bytes(open)])).toBe('Hello');
          }
        }
        codec.close();
      }
    });
  });

  test('by default nothing is remembered behind a final block, as in ws', async () => {
    for (const first of [[final], [`${final} 00`], [open, again, `${final} 00`]]) {
      for (const each of [create(), wsCodec('server', {}) as unknown as DeflateCodec]) {
        for (const payload of first) await run(each, 'decode', bytes(payload));
        await expect(run(each, 'decode', bytes(again))).rejects.toMatchObject({
          message: 'invalid distance too far back',
        });
      }
    }
  });

  test('strict keeps the window behind a final block, as RFC 7692 has it', async () => {
    const codec = strict();
    expect(await decode(codec, [bytes(`${final} 00`)])).toBe('Hello');
    for (let i = 0; i < 3; i++) expect(await decode(codec, [bytes(again)])).toBe('Hello');
    codec.close();
  });

  test('no stream that has ended comes to another connection', async () => {
    const zlibInflateOptions = {};
    for (const parameters of takeovers) {
      for (const isStrict of [false, true]) {
        const options = { parameters, zlibInflateOptions, strict: isStrict };
        const message = noise(40_000);
        for (const payload of [
          Buffer.concat([zlib.deflateRawSync(message), bytes('00')]),
          Buffer.concat([zlib.deflateRawSync(Buffer.alloc(400_000)), bytes('00')]),
        ]) {
          for (let i = 0; i < 6; i++) {
            const attacker = create(options);
            await runAll(attacker, 'decode', [payload]);
            attacker.close();
          }
          const sent = await run(create({ role: 'client', parameters }), 'encode', message);
          for (let i = 0; i < 6; i++) {
            const received = await run(create(options), 'decode', sent);
            expect(Buffer.compare(received, message)).toBe(0);
          }
        }
      }
    }
  });

  test('the limit holds behind a final block', async () => {
    for (const isStrict of [false, true]) {
      const codec = create({ strict: isStrict, maxMessageBytes: 100_000 });
      const payload = Buffer.concat([zlib.deflateRawSync(Buffer.alloc(100_000)), bytes('00')]);
      for (let i = 0; i < 3; i++) {
        expect(await run(codec, 'decode', payload)).toHaveLength(100_000);
      }
      const tooMuch = zlib.deflateRawSync(Buffer.alloc(100_001));
      await expect(run(codec, 'decode', tooMuch)).rejects.toMatchObject({ closeCode: 1009 });
    }
  });

  test('by default fragments with final blocks count as one message', async () => {
    const codec = create({ maxMessageBytes: 100_000 });
    const third = zlib.deflateRawSync(Buffer.alloc(40_000));
    await expect(runAll(codec, 'decode', [third, third, third])).rejects.toMatchObject({
      closeCode: 1009,
    });
    await expect(runAll(codec, 'decode', [third, third])).resolves.toHaveLength(2);
  });

  test('what strict refuses does not depend on the fragments', async () => {
    const outcome = (codec: DeflateCodec, fragments: Uint8Array[]): Promise<string> =>
      decode(codec, fragments).then(
        (text) => `text ${text}`,
        (error: { closeCode?: number }) => `refused with ${error.closeCode}`,
      );
    const piece = fc.oneof(
      fc.constantFrom(...[open, final, again, '00', '01', '03 00'].map(bytes), tail),
      fc.uint8Array({ maxLength: 3 }),
    );
    let refused = 0;
    const tried = { whole: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 4 }),
        fc.array(fc.nat(20), { maxLength: 4 }),
        async (pieces, cuts) => {
          const payload = Buffer.concat(pieces);
          const positions = cuts.map((at) => Math.min(at, payload.length)).sort((a, b) => a - b);
          const [whole, inPieces] = [strict(), strict()];
          const expected = await outcome(whole, [payload]);
          expect(await outcome(inPieces, cut(payload, positions))).toBe(expected);
          tried.whole += 1;
          if (expected.startsWith('refused')) refused += 1;
          whole.close();
          inPieces.close();
        },
      ),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(tried.whole / 10);
    expect(refused).toBeLessThan(tried.whole);
  });
});
