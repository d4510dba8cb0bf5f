import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import { DeflateCodec, HotContexts } from '../../src/node/index.js';
import { cut, run, runAll } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { wsCodec } from '../support/ws-permessage-deflate.js';

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

/** Repeats itself, so that there is something to refer back to. */
const message = fc
  .tuple(fc.uint8Array({ maxLength: 700 }), fc.integer({ min: 0, max: 5 }))
  .map(([once, times]) => Buffer.concat(new Array<Uint8Array>(times).fill(once)));

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });

function fragment(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const positions = at.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
  return cut(bytes, positions);
}

/** What a receiver makes of payloads, up to its first error. */
async function outcomes(
  receiver: ReturnType<typeof wsCodec> | DeflateCodec,
  payloads: readonly Uint8Array[],
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const payload of payloads) {
    const result = await run(receiver as DeflateCodec, 'decode', payload).then(
      (output) => Buffer.from(output).toString('latin1'),
      (error: NodeJS.ErrnoException) => ({
        message: error.message,
        code: error.code,
        errno: error.errno,
      }),
    );
    results.push(result);
    if (typeof result !== 'string') break;
  }
  receiver.close();
  return results;
}

/** Truncates, overwrites, appends or replaces, as the numbers fall. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.nat(3), fc.constant(Infinity)),
  inserted: fc.uint8Array({ maxLength: 20 }),
});

describe.each(modes)('$name', (mode) => {
  test('inflate of deflate is identity for all parameters and fragmentations', async () => {
    await fc.assert(
      fc.asyncProperty(
        parameters,
        fc.constantFrom('server', 'client'),
        fc.array(fc.tuple(message, cuts, cuts), { minLength: 1, maxLength: 5 }),
        async (agreed, role, messages) => {
          const sender = new DeflateCodec({ role, parameters: agreed, ...mode.options });
          const receiver = new DeflateCodec({
            role: role === 'server' ? 'client' : 'server',
            parameters: agreed,
            ...mode.options,
          });
          for (const [plain, cutsBefore, cutsAfter] of messages) {
            const sent = await runAll(sender, 'encode', fragment(plain, cutsBefore));
            // Compressed bytes may be cut anywhere, not only where we flushed.
            const resent = fragment(Buffer.concat(sent), cutsAfter);
            const received = await runAll(receiver, 'decode', resent);
            expect(Buffer.compare(Buffer.concat(received), plain)).toBe(0);
          }
          sender.close();
          receiver.close();
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a damaged message has the outcome that it has with ws', async () => {
    let errors = 0;
    await fc.assert(
      fc.asyncProperty(
        parameters,
        fc.array(message, { minLength: 1, maxLength: 4 }),
        damage,
        // With a stream for all messages, or one for each.
        fc.constantFrom(9, 0),
        async (agreed, messages, { at, removed, inserted }, limit) => {
          const sender = new DeflateCodec({ role: 'client', parameters: agreed, ...mode.options });
          const payloads: Uint8Array[] = [];
          for (const plain of messages) payloads.push(await run(sender, 'encode', plain));
          sender.close();
          const last = [...(payloads.pop() as Uint8Array)];
          last.splice(Math.floor(at * last.length), removed, ...inserted);
          payloads.push(Uint8Array.from(last));
          const ours = await outcomes(
            new DeflateCodec({
              role: 'server',
              parameters: agreed,
              contexts: new HotContexts(limit),
              ...mode.options,
            }),
            payloads,
          );
          expect(ours).toEqual(await outcomes(wsCodec('server', agreed), payloads));
          if (typeof ours.at(-1) !== 'string') errors += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(errors).toBeGreaterThan(20);
  });
});
