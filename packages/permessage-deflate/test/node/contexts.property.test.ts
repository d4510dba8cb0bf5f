/** Many connections that take each other's streams away, at random: what goes in comes out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import { ConcurrencyLimiter, DeflateCodec, HotContexts } from '../../src/node/index.js';
import { cut, noise, periodic, runAll } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { wsCodec } from '../support/ws-permessage-deflate.js';
import { PlainDeflater, PlainInflater } from '../support/zlib-peer.js';

type Codec = Pick<DeflateCodec, 'encode' | 'decode' | 'close'>;

const windowBits = fc.integer({ min: 8, max: 15 });
const flag = fc.constant<true>(true);

const parameters: fc.Arbitrary<DeflateParameters> = fc.record(
  {
    server_no_context_takeover: flag,
    client_no_context_takeover: flag,
    server_max_window_bits: windowBits,
    client_max_window_bits: windowBits,
  },
  { requiredKeys: [] },
);

/** From a few texts, so that messages repeat parts of earlier ones; sometimes larger than 16 KiB. */
const message = fc
  .record({
    kind: fc.constantFrom('noise', 'periodic', 'zeros'),
    seed: fc.integer({ min: 1, max: 4 }),
    size: fc.oneof(
      { weight: 8, arbitrary: fc.nat(600) },
      { weight: 2, arbitrary: fc.nat(20_000) },
      { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 140_000 }) },
    ),
    from: fc.nat(100),
  })
  .map(({ kind, seed, size, from }) => {
    if (kind === 'zeros') return new Uint8Array(size);
    const text = kind === 'noise' ? noise(size + from, seed) : periodic(size + from, 37 * seed);
    return text.subarray(from);
  });

const step = fc.record({
  connection: fc.nat(5),
  sender: fc.constantFrom('server', 'client'),
  message,
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 2 }),
  atOnce: fc.boolean(),
});

const peers = fc.constantFrom('ours', 'ws', 'plain');

const run = fc.record({
  limit: fc.constantFrom(1, 2),
  jobs: fc.constantFrom(1, 2, 0),
  connections: fc.array(fc.record({ parameters, peer: peers }), { minLength: 6, maxLength: 6 }),
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
});

/** A client that is one plain stream per direction; it needs takeover and whole messages. */
function plainCodec(agreed: DeflateParameters): Codec {
  const inflater = new PlainInflater({ windowBits: agreed.server_max_window_bits ?? 15 });
  const own = agreed.client_max_window_bits;
  const deflater = new PlainDeflater({
    windowBits: Math.max(typeof own === 'number' ? own : 15, 9),
  });
  return {
    encode: (payload, _, done) => {
      if (payload.length === 0) return new Uint8Array(1);
      deflater.encode(payload).then((output) => done(null, output), done);
      return undefined;
    },
    decode: (payload, _, done) => {
      inflater.decode(payload).then((output) => done(null, output), done);
      return undefined;
    },
    close: () => {
      inflater.close();
      deflater.close();
    },
  };
}

describe.each(modes)('$name', (mode) => {
  test('what goes in comes out, however many connections share few streams', async () => {
    await fc.assert(
      fc.asyncProperty(run, async ({ limit, jobs, connections, steps }) => {
        const contexts = new HotContexts(limit);
        const limiter = new ConcurrencyLimiter(jobs);
        const shared = { contexts, limiter, ...mode.options };
        const pairs = connections.map(({ parameters: given, peer }) => {
          const windows = { ...given };
          delete windows.server_no_context_takeover;
          delete windows.client_no_context_takeover;
          const agreed = peer === 'plain' ? windows : given;
          const client =
            peer === 'ours'
              ? new DeflateCodec({ role: 'client', parameters: agreed, ...shared })
              : peer === 'ws'
                ? (wsCodec('client', agreed) as Codec)
                : plainCodec(agreed);
          const server = new DeflateCodec({ role: 'server', parameters: agreed, ...shared });
          return { peer, turn: Promise.resolve(), codecs: { server: server as Codec, client } };
        });
        for (const { connection, sender, message: text, cuts, atOnce } of steps) {
          const pair = pairs[connection] as (typeof pairs)[number];
          const positions = cuts.map((at) => Math.floor(at * text.length)).sort((a, b) => a - b);
          const fragments = pair.peer === 'plain' ? [text] : cut(text, positions);
          const { codecs } = pair;
          // Several connections are at it at once, each with its messages in order.
          pair.turn = pair.turn.then(async () => {
            const from = codecs[sender as 'server'];
            const to = codecs[sender === 'server' ? 'client' : 'server'];
            const sent = await runAll(from, 'encode', fragments);
            const received = Buffer.concat(await runAll(to, 'decode', sent));
            expect(received.equals(text)).toBe(true);
          });
          if (!atOnce) await pair.turn;
        }
        await Promise.all(pairs.map(({ turn }) => turn));
        expect(contexts.size).toBeLessThanOrEqual(limit);
        for (const { codecs } of pairs) {
          codecs.server.close();
          codecs.client.close();
        }
        expect([contexts.size, limiter.running, limiter.queued]).toEqual([0, 0, 0]);
      }),
      { numRuns: 60 },
    );
  });
});
