/** Every window on both sides, with and without context takeover. */
import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import { DeflateCodec } from '../../src/node/index.js';
import { inflate } from '../reference/inflate.js';
import { cut, noise, periodic, run, runAll, tail } from '../support/codec.js';
import { modes, type Mode } from '../support/modes.js';

const sizes = [0, 1, 125, 126, 65_536];
const roles = ['server', 'client'] as const;

const directions = roles.flatMap((sender) =>
  [8, 9, 10, 11, 12, 13, 14, 15].flatMap((windowBits) =>
    [true, false].map((contextTakeover) => ({ sender, windowBits, contextTakeover })),
  ),
);

type Direction = (typeof directions)[number];

function parametersOf({ sender, windowBits, contextTakeover }: Direction): DeflateParameters {
  return {
    [`${sender}_max_window_bits`]: windowBits,
    ...(contextTakeover ? {} : { [`${sender}_no_context_takeover`]: true }),
  };
}

function pair(
  direction: Direction,
  options: Mode['options'],
): [sender: DeflateCodec, receiver: DeflateCodec] {
  const parameters = parametersOf(direction);
  const [sender, receiver] = direction.sender === 'server' ? roles : [...roles].reverse();
  return [
    new DeflateCodec({ role: sender as 'server', parameters, ...options }),
    new DeflateCodec({ role: receiver as 'client', parameters, ...options }),
  ];
}

describe.each(modes)('$name', ({ options }) => {
  describe.each(directions)('$sender, $windowBits bits, takeover $contextTakeover', (direction) => {
    test('what goes in comes out, whole and in fragments', async () => {
      const [sender, receiver] = pair(direction, options);
      for (const message of sizes.flatMap((size) => [noise(size), periodic(size, 300)])) {
        const thirds = [Math.floor(message.length / 3), Math.floor(message.length / 2)];
        for (const fragments of [[message], cut(message, thirds)]) {
          const sent = await runAll(sender, 'encode', fragments);
          const received = await runAll(receiver, 'decode', sent);
          expect(Buffer.concat(received).equals(message)).toBe(true);
        }
      }
      sender.close();
      receiver.close();
    });

    test('no back-reference leaves the window', async () => {
      const [sender] = pair(direction, options);
      const window: number[] = [];
      for (const period of [100, 249, 250, 256, 257, 300, 511, 513, 1500]) {
        const message = periodic(3500, period);
        const sent = Buffer.concat([await run(sender, 'encode', message), tail]);
        const { output, maxDistance } = inflate(sent, direction.contextTakeover ? window : []);
        expect(Buffer.from(output).equals(message)).toBe(true);
        expect(maxDistance).toBeLessThanOrEqual(2 ** direction.windowBits);
        window.push(...output);
      }
      sender.close();
    });
  });

  describe('a window of 8 bits is kept to, whatever zlib is told', () => {
    const levels = [-1, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const strategies = [0, 1, 2, 3, 4];

    test.each(levels)('level %d', async (level) => {
      for (const strategy of strategies) {
        for (const memLevel of [1, 9]) {
          const codec = new DeflateCodec({
            role: 'client',
            parameters: { client_max_window_bits: 8 },
            zlibDeflateOptions: { level, strategy, memLevel },
            ...options,
          });
          let farthest = 0;
          const window: number[] = [];
          for (const period of [245, 250, 251, 256, 400]) {
            const message = periodic(1500, period);
            const sent = Buffer.concat([await run(codec, 'encode', message), tail]);
            const { output, maxDistance } = inflate(sent, window);
            expect(Buffer.from(output).equals(message)).toBe(true);
            window.push(...output);
            farthest = Math.max(farthest, maxDistance);
          }
          expect(farthest).toBeLessThanOrEqual(250);
          if (strategy === 0) expect(farthest).toBeGreaterThanOrEqual(245);
          codec.close();
        }
      }
    });
  });

  test.each([8, 15])('1 MiB with %d bits', async (windowBits) => {
    const [sender, receiver] = pair(
      { sender: 'server', windowBits, contextTakeover: true },
      options,
    );
    for (const message of [noise(1_048_576), periodic(1_048_576, 1000)]) {
      for (let i = 0; i < 2; i++) {
        const sent = await run(sender, 'encode', message);
        const received = await run(receiver, 'decode', sent);
        expect(Buffer.compare(received, message)).toBe(0);
      }
    }
    sender.close();
    receiver.close();
  });
});
