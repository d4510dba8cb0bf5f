import { isUtf8 as platformCheck } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Utf8Validator, isValidUtf8 } from '../src/index.js';
import { isUtf8, utf8BeginningLength } from './reference/utf8.js';

/** Bytes at which rules begin or end, so that short random texts meet every rule. */
const edge = fc.constantFrom(
  ...[0x00, 0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf],
  ...[0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff],
);
const encoded = fc.string({ unit: 'binary' }).map((text) => [...new TextEncoder().encode(text)]);
const short = fc.oneof(fc.array(edge, { maxLength: 8 }), encoded);
const long = fc
  .tuple(fc.string({ unit: 'binary', minLength: 30, maxLength: 60 }), short)
  .map(([text, end]) => [...new TextEncoder().encode(text), ...end]);
const texts = fc.oneof(short, long);

test('isValidUtf8 agrees with TextDecoder', () => {
  fc.assert(
    fc.property(texts, (bytes) => {
      expect(isValidUtf8(Uint8Array.from(bytes))).toBe(isUtf8(bytes));
    }),
    { numRuns: 500 },
  );
});

test('isValidUtf8 agrees with TextDecoder on every text of two bytes', () => {
  for (let first = 0; first < 256; first++) {
    for (let second = 0; second < 256; second++) {
      const bytes = [first, second];
      if (isValidUtf8(Uint8Array.from(bytes)) !== isUtf8(bytes)) expect.unreachable(String(bytes));
    }
  }
});

describe.each([
  ['alone', undefined],
  ['with the check of the platform', platformCheck],
])('Utf8Validator %s agrees with TextDecoder', (_, platform) => {
  test('at every split in two, on the first bad byte and on the end', () => {
    fc.assert(
      fc.property(texts, (bytes) => {
        const good = utf8BeginningLength(bytes);
        const all = Uint8Array.from(bytes);
        for (let at = 0; at <= all.length; at++) {
          const validator = new Utf8Validator(platform);
          expect(validator.push(all.subarray(0, at))).toBe(at <= good);
          expect(validator.push(all.subarray(at))).toBe(good === bytes.length);
          expect(validator.end()).toBe(isUtf8(bytes));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('byte by byte', () => {
    fc.assert(
      fc.property(texts, (bytes) => {
        const good = utf8BeginningLength(bytes);
        const validator = new Utf8Validator(platform);
        for (const [i, byte] of bytes.entries()) {
          expect(validator.push(Uint8Array.of(byte))).toBe(i < good);
        }
        expect(validator.end()).toBe(isUtf8(bytes));
      }),
    );
  });
});
