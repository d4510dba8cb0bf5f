import { describe, expect, test } from 'vitest';
import { maskInPlace, maskInto, portableMasking } from '../src/index.js';
import { keyWord } from '../src/masking.js';
import { hex, isSame, repeated } from './wire.js';

// RFC 6455 section 5.7: "Hello" masked with 37 fa 21 3d.
const key = 0x37fa213d;
const plain = hex('48656c6c6f');
const masked = hex('7f9f4d5158');

describe('maskInPlace', () => {
  test('masks the example of the RFC and unmasks it again', () => {
    const payload = plain.slice();
    expect(maskInPlace(payload, key)).toBe(1);
    expect(payload).toEqual(masked);
    maskInPlace(payload, key);
    expect(payload).toEqual(plain);
  });

  test('goes on after a split with the phase that it returned', () => {
    const payload = plain.slice();
    const phase = maskInPlace(payload.subarray(0, 3), key);
    expect(phase).toBe(3);
    expect(maskInPlace(payload.subarray(3), key, phase)).toBe(1);
    expect(payload).toEqual(masked);
  });

  test('an empty payload leaves the phase', () => {
    expect(maskInPlace(hex(''), key, 2)).toBe(2);
  });

  test('a key of zeros changes nothing', () => {
    const payload = plain.slice();
    maskInPlace(payload, 0);
    expect(payload).toEqual(plain);
  });

  test.each([143, 144, 145, 65536])('masks %s bytes, by bytes or words', (length) => {
    const payload = repeated('61', length);
    maskInPlace(payload, key);
    expect(isSame(payload, repeated('569b405c', length))).toBe(true);
  });
});

describe('maskInto', () => {
  test('masks the example of the RFC, leaves the source and writes nothing else', () => {
    const source = plain.slice();
    const target = repeated('ee', 8);
    expect(maskInto(source, target, 2, key)).toBe(1);
    expect(target).toEqual(hex('eeee 7f9f4d5158 ee'));
    expect(source).toEqual(plain);
  });

  test('starts at the phase it is given', () => {
    const target = new Uint8Array(2);
    expect(maskInto(plain.subarray(3), target, 0, key, 3)).toBe(1);
    expect(target).toEqual(hex('5158'));
  });

  test.each([8, 176, 1000])('a key of zeros copies %s bytes', (length) => {
    const target = new Uint8Array(length);
    maskInto(repeated('616263', length), target, 0, 0);
    expect(target).toEqual(repeated('616263', length));
  });

  test.each([175, 176, 177, 65536])('masks %s bytes, in one pass or two', (length) => {
    const source = repeated('61', length);
    const target = new Uint8Array(length);
    maskInto(source, target, 0, key);
    expect(isSame(target, repeated('569b405c', length))).toBe(true);
    expect(isSame(source, repeated('61', length))).toBe(true);
  });
});

describe('wrong use throws at the call', () => {
  test.each([-1, 2 ** 32, 1.5, Number.NaN])('the masking key %s', (maskingKey) => {
    expect(() => maskInPlace(plain.slice(), maskingKey)).toThrow(RangeError);
    expect(() => maskInto(plain, new Uint8Array(5), 0, maskingKey)).toThrow(RangeError);
  });

  test.each([-1, 4, 0.5, Number.NaN])('the phase %s', (phase) => {
    expect(() => maskInPlace(plain.slice(), key, phase)).toThrow(
      new RangeError(`The phase must be 0, 1, 2 or 3, not ${phase}`),
    );
    expect(() => maskInto(plain, new Uint8Array(5), 0, key, phase)).toThrow(RangeError);
  });

  test.each([-1, 0.5, 1, Number.NaN])('the target offset %s', (offset) => {
    const target = new Uint8Array(5);
    expect(() => maskInto(plain, target, offset, key)).toThrow(RangeError);
    expect(target).toEqual(new Uint8Array(5));
  });

  test('what is not bytes, or no number for a key', () => {
    const text = 'Hello' as unknown as Uint8Array;
    expect(() => maskInPlace(text, key)).toThrow('The payload must be a Uint8Array');
    expect(() => maskInto(text, plain.slice(), 0, key)).toThrow('The source must be a Uint8Array');
    expect(() => maskInto(plain, text, 0, key)).toThrow('The target must be a Uint8Array');
    expect(() => maskInPlace(plain.slice(), plain as unknown as number)).toThrow(TypeError);
  });
});

test('portableMasking touches its range alone', () => {
  const payload = hex('ee 48656c6c6f ee');
  portableMasking.inPlace(payload, 1, 6, key, 0);
  expect(payload).toEqual(hex('ee 7f9f4d5158 ee'));
});

test('a word holds the key so that its first octet comes first in memory', () => {
  for (const isLittleEndian of [true, false]) {
    const memory = new DataView(new ArrayBuffer(4));
    memory.setInt32(0, keyWord(0x9abcdef1, isLittleEndian), isLittleEndian);
    expect(memory.getUint32(0)).toBe(0x9abcdef1);
  }
});
