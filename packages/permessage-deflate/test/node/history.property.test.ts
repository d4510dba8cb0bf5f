import fc from 'fast-check';
import { expect, test } from 'vitest';
import { History } from '../../src/node/history.js';

/** All windows, and others that make every border easy to hit. */
const capacity = fc.oneof(
  fc.integer({ min: 8, max: 15 }).map((windowBits) => 2 ** windowBits),
  fc.integer({ min: 1, max: 600 }),
);

/** How much of the capacity is added, or to be emptied. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 2.5, noNaN: true }) },
  { weight: 8, arbitrary: fc.double({ min: 0, max: 0.1, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 0.5, 1, 2) },
  { weight: 1, arbitrary: fc.constant('clear' as const) },
);

test('a history holds what the end of a plain buffer would', () => {
  fc.assert(
    fc.property(capacity, fc.array(step, { minLength: 1, maxLength: 30 }), (size, steps) => {
      const history = new History(size);
      let model = Buffer.alloc(0);
      let next = 0;
      for (const each of steps) {
        if (each === 'clear') {
          history.clear();
          model = Buffer.alloc(0);
        } else {
          const text = Buffer.alloc(Math.round(each * size));
          for (let i = 0; i < text.length; i++) text[i] = next++ % 251;
          history.append(text);
          model = Buffer.concat([model, text]).subarray(-size);
        }
        expect(history.length).toBe(model.length);
        const target = new Uint8Array(model.length + 2).fill(255);
        history.copyTo(target, 1);
        const edge = Buffer.of(255);
        expect(Buffer.concat([edge, model, edge]).equals(target)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
