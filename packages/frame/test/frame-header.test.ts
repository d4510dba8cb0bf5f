import { describe, expect, test } from 'vitest';
import { frameHeaderLength, maxFrameHeaderLength, writeFrameHeader } from '../src/index.js';
import { hex } from './wire.js';

const key = 0x37fa213d;

describe.each([
  [0, '00', '80'],
  [1, '01', '81'],
  [125, '7d', 'fd'],
  [126, '7e 007e', 'fe 007e'],
  [127, '7e 007f', 'fe 007f'],
  [65535, '7e ffff', 'fe ffff'],
  [65536, '7f 0000000000010000', 'ff 0000000000010000'],
  [2 ** 31, '7f 0000000080000000', 'ff 0000000080000000'],
  [2 ** 32 - 1, '7f 00000000ffffffff', 'ff 00000000ffffffff'],
  [2 ** 32, '7f 0000000100000000', 'ff 0000000100000000'],
  [2 ** 53 - 1, '7f 001fffffffffffff', 'ff 001fffffffffffff'],
])('the header of a payload of %s bytes', (length, unmasked, masked) => {
  test.each([
    ['unmasked', false, hex(`82 ${unmasked}`)],
    ['masked', true, hex(`82 ${masked} 37fa213d`)],
  ])('%s', (_, isMasked, expected) => {
    const target = new Uint8Array(3 + maxFrameHeaderLength).fill(0xee);
    const end = writeFrameHeader(target, 3, true, 2, false, length, isMasked, key);
    expect(target.subarray(3, end)).toEqual(expected);
    expect(frameHeaderLength(length, isMasked)).toBe(expected.length);
    expect(target.subarray(0, 3)).toEqual(hex('eeeeee'));
    expect(target.subarray(end).every((byte) => byte === 0xee)).toBe(true);
  });
});

test.each([
  ['FIN', true, false, 1, '81'],
  ['no FIN', false, false, 1, '01'],
  ['RSV1', true, true, 2, 'c2'],
  ['RSV1 without FIN', false, true, 1, '41'],
  ['a continuation', true, false, 0, '80'],
])('the first byte: %s', (_, fin, rsv1, opcode, expected) => {
  const target = new Uint8Array(2);
  writeFrameHeader(target, 0, fin, opcode, rsv1, 0, false, 0);
  expect(target).toEqual(hex(`${expected} 00`));
});

test.each([
  [0x00000001, '00000001'],
  [0xffffffff, 'ffffffff'],
  [-1, 'ffffffff'],
])('the masking key %s', (maskingKey, expected) => {
  const target = new Uint8Array(6);
  writeFrameHeader(target, 0, true, 1, false, 0, true, maskingKey);
  expect(target).toEqual(hex(`81 80 ${expected}`));
});

test('the longest header has 14 bytes', () => {
  expect(maxFrameHeaderLength).toBe(14);
  expect(frameHeaderLength(65536, true)).toBe(14);
});
