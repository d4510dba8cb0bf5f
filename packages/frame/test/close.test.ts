import { describe, expect, test } from 'vitest';
import { CloseCode, encodeClosePayload, isValidCloseCode } from '../src/index.js';
import { hex } from './wire.js';

describe('isValidCloseCode', () => {
  test('F8 exactly 1000-1003, 1007-1014 and 3000-4999 may stand in a close frame', () => {
    const ranges: [number, number][] = [];
    for (let code = 0; code <= 65535; code++) {
      if (!isValidCloseCode(code)) continue;
      const last = ranges.at(-1);
      if (last?.[1] === code - 1) last[1] = code;
      else ranges.push([code, code]);
    }
    expect(ranges).toEqual([
      [1000, 1003],
      [1007, 1014],
      [3000, 4999],
    ]);
  });

  test.each([1000.5, Number.NaN, Infinity, -1000])('%s is not valid', (code) => {
    expect(isValidCloseCode(code)).toBe(false);
  });

  test('the codes that only the application sees are not valid', () => {
    expect(isValidCloseCode(CloseCode.NoStatusReceived)).toBe(false);
    expect(isValidCloseCode(CloseCode.AbnormalClosure)).toBe(false);
    expect(isValidCloseCode(CloseCode.TlsHandshake)).toBe(false);
  });
});

describe('encodeClosePayload', () => {
  test('the code stands in network byte order before the reason', () => {
    expect(encodeClosePayload(1000, hex(''))).toEqual(hex('03e8'));
    expect(encodeClosePayload(4999, hex('627965'))).toEqual(hex('1387 627965'));
  });

  test('a reason of 123 bytes fits', () => {
    expect(encodeClosePayload(1001, new Uint8Array(123))).toHaveLength(125);
  });

  test('the memory comes from the allocator and is filled', () => {
    const memory = new Uint8Array(3).fill(0xee);
    expect(encodeClosePayload(1002, hex('61'), () => memory)).toBe(memory);
    expect(memory).toEqual(hex('03ea 61'));
  });

  test('a reason of 124 bytes throws', () => {
    expect(() => encodeClosePayload(1000, new Uint8Array(124))).toThrow(
      new RangeError('The close reason has 124 bytes, at most 123 are allowed'),
    );
  });

  test.each([0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535, 1000.5])(
    'code %s throws',
    (code) => {
      expect(() => encodeClosePayload(code, hex(''))).toThrow(RangeError);
    },
  );

  test('what is not a number or not bytes throws a TypeError', () => {
    expect(() => encodeClosePayload('1000' as unknown as number, hex(''))).toThrow(TypeError);
    expect(() => encodeClosePayload(1000, 'bye' as unknown as Uint8Array)).toThrow(TypeError);
  });
});
