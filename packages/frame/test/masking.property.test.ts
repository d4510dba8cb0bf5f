import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskInPlace, maskInto, portableMasking } from '../src/index.js';
import { mask } from './reference/masking.js';
import { isSame } from './wire.js';

const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 31, 40, 143, 144, 147, 175, 176, 177, 300];
const key = 0x9abcdef1;

function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * 7);
}

describe('the tuned masking agrees with its plain twin', () => {
  test('in place, at every alignment and phase', () => {
    for (const length of lengths) {
      for (let at = 0; at < 8; at++) {
        for (let phase = 0; phase < 4; phase++) {
          const memory = counting(length + 16);
          const expected = memory.slice();
          expected.set(mask(memory.subarray(at, at + length), key, phase), at);
          portableMasking.inPlace(memory, at, at + length, key, phase);
          expect(isSame(memory, expected)).toBe(true);
        }
      }
    }
  });

  test('into a target, at every alignment of source and target, and every phase', () => {
    for (const length of lengths) {
      const source = counting(length + 4);
      for (let from = 0; from < 4; from++) {
        for (let to = 0; to < 4; to++) {
          for (let phase = 0; phase < 4; phase++) {
            const target = new Uint8Array(length + 8);
            const expected = target.slice();
            expected.set(mask(source.subarray(from, from + length), key, phase), to);
            portableMasking.into(source, from, from + length, target, to, key, phase);
            expect(isSame(target, expected)).toBe(true);
          }
        }
      }
    }
  });

  test('in views that start anywhere in their memory, with signed and unsigned keys', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        fc.nat(7),
        fc.oneof(fc.integer(), fc.nat(0xffffffff)),
        fc.nat(3),
        (bytes, offset, maskingKey, phase) => {
          const view = new Uint8Array(new ArrayBuffer(bytes.length + 8), offset, bytes.length);
          view.set(bytes);
          portableMasking.inPlace(view, 0, view.length, maskingKey, phase);
          expect(view).toEqual(mask(bytes, maskingKey, phase));
        },
      ),
    );
  });
});

test('however a payload is split, the pieces are masked as the whole', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 600 }),
      fc.array(fc.nat(600), { maxLength: 5 }),
      fc.nat(0xffffffff),
      (bytes, splits, maskingKey) => {
        const edges = [0, ...splits.filter((at) => at <= bytes.length), bytes.length];
        edges.sort((a, b) => a - b);
        const inPlace = bytes.slice();
        const target = new Uint8Array(bytes.length);
        let phaseInPlace = 0;
        let phaseInto = 0;
        for (const [i, end] of edges.slice(1).entries()) {
          const start = edges[i] ?? 0;
          const piece = bytes.subarray(start, end);
          phaseInPlace = maskInPlace(inPlace.subarray(start, end), maskingKey, phaseInPlace);
          phaseInto = maskInto(piece, target, start, maskingKey, phaseInto);
        }
        expect(inPlace).toEqual(mask(bytes, maskingKey, 0));
        expect(target).toEqual(inPlace);
      },
    ),
  );
});
