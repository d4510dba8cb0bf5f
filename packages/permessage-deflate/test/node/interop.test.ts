/** Both directions against the extension of `ws`. */
import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import { DeflateCodec, type DeflateCodecOptions } from '../../src/node/index.js';
import { noise, periodic, run, runAll } from '../support/codec.js';
import { corpus } from '../support/corpus.js';
import { modes } from '../support/modes.js';
import { wsCodec } from '../support/ws-permessage-deflate.js';

const parameterSets: DeflateParameters[] = [
  {},
  { server_no_context_takeover: true },
  { client_no_context_takeover: true },
  { server_no_context_takeover: true, client_no_context_takeover: true },
  { server_max_window_bits: 8, client_max_window_bits: 8 },
  { server_max_window_bits: 9, client_max_window_bits: 15 },
  { server_max_window_bits: 12, client_no_context_takeover: true, client_max_window_bits: 10 },
];

const messages = [
  [periodic(500, 40)],
  [periodic(500, 40)],
  [new Uint8Array(0)],
  [periodic(100_000, 700)],
  [noise(20_000)],
  [periodic(300, 40), noise(100), new Uint8Array(0), periodic(300, 40)],
  [new Uint8Array(0), periodic(300, 40), new Uint8Array(0)],
];

describe.each(modes)('$name', (mode) => {
  describe.each(parameterSets)('%j', (parameters) => {
    test.each(['server', 'client'] as const)('ours is the %s', async (role) => {
      const ours = new DeflateCodec({ role, parameters, ...mode.options });
      const theirs = wsCodec(role === 'server' ? 'client' : 'server', parameters);
      for (const fragments of [...messages, ...messages]) {
        const message = Buffer.concat(fragments);
        const there = await runAll(theirs, 'decode', await runAll(ours, 'encode', fragments));
        expect(Buffer.concat(there).equals(message)).toBe(true);
        const back = await runAll(ours, 'decode', await runAll(theirs, 'encode', fragments));
        expect(Buffer.concat(back).equals(message)).toBe(true);
      }
      ours.close();
      theirs.close();
    });
  });

  /** Bytes on the wire, for all messages together. */
  async function sizes(
    texts: readonly Uint8Array[],
    parameters: DeflateParameters,
    options: Partial<DeflateCodecOptions>,
  ): Promise<{ ours: Uint8Array[]; theirs: Uint8Array[] }> {
    const ours = new DeflateCodec({ role: 'server', parameters, ...mode.options, ...options });
    const theirs = wsCodec('server', parameters);
    const sent: { ours: Uint8Array[]; theirs: Uint8Array[] } = { ours: [], theirs: [] };
    for (const text of texts) {
      sent.ours.push(await run(ours, 'encode', text));
      sent.theirs.push(await run(theirs, 'encode', text));
    }
    ours.close();
    theirs.close();
    return sent;
  }

  const whole = messages.map((fragments) => Buffer.concat(fragments));
  const likeWs = { zlibDeflateOptions: { windowBits: 15, memLevel: 8 } };

  test.each([
    ["with zlib's own settings", {}, likeWs],
    ['without context takeover', { server_no_context_takeover: true } as const, {}],
  ])('a message takes the same bytes as with ws %s', async (_, parameters, options) => {
    const texts = [...whole, ...corpus(500, 50), ...corpus(4096, 10)];
    const sent = await sizes(texts, parameters, options);
    expect(sent.ours.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(
      sent.theirs.map((bytes) => Buffer.from(bytes).toString('hex')),
    );
  });

  test.each([500, 4096])(
    'JSON of about %d bytes takes at most a tenth more than with ws',
    async (length) => {
      const texts = corpus(length, 200);
      const sent = await sizes(texts, {}, {});
      const total = (list: readonly Uint8Array[]) =>
        list.reduce((sum, { length: n }) => sum + n, 0);
      const [ours, theirs] = [total(sent.ours), total(sent.theirs)];
      const percent = (100 * (ours / theirs - 1)).toFixed(1);
      console.log(
        `${texts.length} messages of JSON of about ${length} bytes: ${ours} bytes, with ws ${theirs} (${percent} %)`,
      );
      expect(ours).toBeLessThanOrEqual(theirs * 1.1);
      // The corpus is neither noise nor the same over and over.
      expect(theirs).toBeGreaterThan(total(texts) / 20);
      expect(theirs).toBeLessThan(total(texts) / 2);
    },
  );
});
