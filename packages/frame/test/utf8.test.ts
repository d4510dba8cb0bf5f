import { isUtf8 } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { Utf8Validator, isValidUtf8 } from '../src/index.js';
import { byteByByte, cut, hex, join, repeated } from './wire.js';

const valid = [
  ['nothing', ''],
  ['ASCII, all of it', '00 61 7f'],
  ['two bytes, least and greatest', 'c280 dfbf'],
  ['three bytes, least and greatest', 'e0a080 efbfbf'],
  ['around the surrogates', 'ed9fbf ee8080'],
  ['four bytes, least and greatest', 'f0908080 f48fbfbf'],
  ['a byte order mark', 'efbbbf'],
  ['ASCII and others mixed', '61 c3a9 62 e6bca2 63 f09f9880 64'],
] as const;

/** The offset is that of the first bad byte. */
const invalid = [
  ['a continuation without start', '80', 0],
  ['overlong in two bytes: C0 AF', 'c0af', 0],
  ['overlong in two bytes: C1 BF', 'c1bf', 0],
  ['overlong in three bytes', 'e09fbf', 1],
  ['overlong in four bytes', 'f08fbfbf', 1],
  ['a high surrogate: ED A0 80', 'eda080', 1],
  ['a low surrogate', 'edbfbf', 1],
  ['past U+10FFFF: F4 90 80 80', 'f4908080', 1],
  ['F5', 'f5808080', 0],
  ['FE and FF', 'feff', 0],
  ['a character that ASCII cuts short', 'e282 41', 2],
  ['a character that the next cuts short', 'f09f98 c3a9', 3],
  ['a bad byte after good ones', '6162636465 c3a9 ff', 7],
] as const;

describe.each([
  ['the own check alone', undefined],
  ["the platform's check for the bulk", isUtf8],
])('with %s', (_, platform) => {
  test.each(valid)('%s is UTF-8, at every split', (_name, digits) => {
    const bytes = hex(digits);
    for (let at = 0; at <= bytes.length; at++) {
      const validator = new Utf8Validator(platform);
      for (const piece of cut(bytes, at)) expect(validator.push(piece)).toBe(true);
      expect(validator.end()).toBe(true);
    }
  });

  test.each(invalid)('F9 %s fails at its first bad byte, at every split', (_name, digits, bad) => {
    const bytes = hex(digits);
    for (let at = 0; at <= bytes.length; at++) {
      const validator = new Utf8Validator(platform);
      const [first, second] = cut(bytes, at);
      expect(validator.push(first ?? hex(''))).toBe(at <= bad);
      expect(validator.push(second ?? hex(''))).toBe(false);
      expect(validator.end()).toBe(false);
    }
  });

  test.each(invalid)('F9 %s, byte by byte and behind much good text', (_name, digits, bad) => {
    const validator = new Utf8Validator(platform);
    expect(validator.push(repeated('61 c3a9', 300))).toBe(true);
    const results = byteByByte(hex(digits)).map((byte) => validator.push(byte));
    expect(results).toEqual(results.map((_result, i) => i < bad));
  });

  test.each(['c3', 'e2', 'e282', 'f0', 'f09f', 'f09f98'])(
    'F9 a text that ends in %s is cut short, and not yet bad before its end',
    (digits) => {
      for (const before of [0, 60]) {
        const validator = new Utf8Validator(platform);
        expect(validator.push(join(repeated('61', before), hex(digits)))).toBe(true);
        expect(validator.end()).toBe(false);
      }
    },
  );

  test('a character may be spread over the ends of long pieces', () => {
    const text = join(repeated('61', 50), hex('f09f9880'), repeated('62', 50));
    for (let at = 48; at < 56; at++) {
      const validator = new Utf8Validator(platform);
      for (const piece of cut(text, at)) expect(validator.push(piece)).toBe(true);
      expect(validator.end()).toBe(true);
    }
  });

  test('reset starts a new text, after a bad one and inside a character', () => {
    const validator = new Utf8Validator(platform);
    validator.push(hex('ff'));
    validator.reset();
    expect(validator.push(hex('e2'))).toBe(true);
    validator.reset();
    expect(validator.push(hex('61'))).toBe(true);
    expect(validator.end()).toBe(true);
  });
});

describe('the check of the platform', () => {
  test('is asked about complete characters only', () => {
    const asked: Uint8Array[] = [];
    const validator = new Utf8Validator((bytes) => {
      asked.push(bytes);
      return isUtf8(bytes);
    });
    const text = repeated('e282ac', 300);
    for (const piece of cut(text, 100, 200)) expect(validator.push(piece)).toBe(true);
    expect(validator.end()).toBe(true);
    expect(asked.map((bytes) => bytes.length)).toEqual([99, 96, 96]);
  });

  test('is not asked about short pieces', () => {
    const validator = new Utf8Validator(() => {
      throw new Error('asked');
    });
    expect(validator.push(repeated('61', 31))).toBe(true);
  });
});

describe('isValidUtf8', () => {
  test.each(valid)('%s: true', (_, digits) => {
    expect(isValidUtf8(hex(digits))).toBe(true);
  });

  test.each(invalid)('%s: false', (_, digits) => {
    expect(isValidUtf8(hex(digits))).toBe(false);
  });

  test('false where the last character is cut short', () => {
    expect(isValidUtf8(hex('61 e282'))).toBe(false);
  });
});
