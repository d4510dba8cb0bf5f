/** Messages that cross the border between the calling thread and the thread pool, either way. */
import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import {
  ConcurrencyLimiter,
  DeflateCodec,
  type DeflateCodecOptions,
} from '../../src/node/index.js';
import { cut, noise, periodic, run, runAll } from '../support/codec.js';
import { modes } from '../support/modes.js';
import { OneContext } from '../support/one-context.js';

describe.each(modes)('$name', (mode) => {
  const create = (options: Partial<DeflateCodecOptions> = {}): DeflateCodec =>
    new DeflateCodec({ role: 'server', parameters: {}, ...mode.options, ...options });

  const sizes = [10, 40_000, 20, 16_384, 16_385, 100_000, 0, 5, 16_384];

  test.each([{}, { server_no_context_takeover: true, client_no_context_takeover: true } as const])(
    'between two messages, with %j',
    async (parameters: DeflateParameters) => {
      const [sender, receiver] = [create({ parameters }), create({ parameters, role: 'client' })];
      for (let i = 0; i < 2; i++) {
        for (const message of sizes.flatMap((size) => [noise(size), periodic(size, 77)])) {
          const sent = await run(sender, 'encode', message);
          expect(Buffer.compare(await run(receiver, 'decode', sent), message)).toBe(0);
        }
      }
      sender.close();
      receiver.close();
    },
  );

  test.each([{}, { server_no_context_takeover: true, client_no_context_takeover: true } as const])(
    'from fragment to fragment, with %j',
    async (parameters: DeflateParameters) => {
      const [sender, receiver] = [create({ parameters }), create({ parameters, role: 'client' })];
      for (const make of [noise, (size: number) => periodic(size, 77)]) {
        const fragments = sizes.map((size) => make(size));
        for (const some of [fragments, fragments.slice(1), [...fragments].reverse()]) {
          const sent = await runAll(sender, 'encode', some);
          const received = await runAll(receiver, 'decode', sent);
          expect(Buffer.concat(received).equals(Buffer.concat(some))).toBe(true);
        }
      }
      sender.close();
      receiver.close();
    },
  );

  test('in the midst of a fragment that grows, cold and hot, last or not', async () => {
    const contexts = new OneContext();
    const sender = create({ role: 'client' });
    const receiver = create({ contexts });
    // All of them are small when compressed; on the calling thread 64 KiB may come out.
    for (const length of [65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 300_000, 1_000_000]) {
      const message = Buffer.concat([noise(300, length), Buffer.alloc(length - 300)]);
      for (const fragments of [[message], cut(message, [100, length >> 1]), [message, noise(9)]]) {
        const sent = await runAll(sender, 'encode', fragments);
        const received = await runAll(receiver, 'decode', sent);
        expect(Buffer.concat(received).equals(Buffer.concat(fragments))).toBe(true);
        const again = await run(sender, 'encode', message.subarray(0, 300));
        expect((await run(receiver, 'decode', again)).length).toBe(300);
        if (fragments.length === 3) contexts.coolAll();
      }
    }
    sender.close();
    receiver.close();
  });

  test('what a job has left to read is its own, whatever others read meanwhile', async () => {
    const limiter = new ConcurrencyLimiter(1);
    const message = Buffer.concat([Buffer.alloc(200_000), noise(8000)]);
    const payload = await run(create({ role: 'client' }), 'encode', message);
    const other = await run(create({ role: 'client' }), 'encode', noise(12_000, 3));
    const blocking = run(create({ limiter }), 'encode', noise(60_000));
    const waiting = run(create({ limiter }), 'decode', payload);
    expect(limiter.queued).toBe(1);
    const reading = run(create(), 'decode', other);
    await Promise.all([blocking, reading]);
    expect(Buffer.compare(await waiting, message)).toBe(0);
  });

  test('a single byte is too much, or all are not', async () => {
    for (const maxSyncBytes of [1, 2, 17, Infinity]) {
      const [sender, receiver] = [
        create({ role: 'client', maxSyncBytes }),
        create({ maxSyncBytes }),
      ];
      for (const message of [
        noise(1),
        noise(16),
        noise(200_000),
        Buffer.alloc(500_000),
        noise(2),
      ]) {
        const sent = await run(sender, 'encode', message);
        expect(Buffer.compare(await run(receiver, 'decode', sent), message)).toBe(0);
      }
      sender.close();
      receiver.close();
    }
  });

  test('output that fills the memory for it to the last byte, or nearly', async () => {
    const options = { maxSyncBytes: Infinity, zlibDeflateOptions: { level: 0, windowBits: 15 } };
    const sender = create({ role: 'client', ...options });
    const receiver = create({ maxSyncBytes: Infinity });
    for (let length = 65_490; length <= 65_560; length++) {
      const message = noise(length, length);
      const sent = await run(sender, 'encode', message);
      expect(Buffer.compare(await run(receiver, 'decode', sent), message)).toBe(0);
    }
    sender.close();
    receiver.close();
  });
});
