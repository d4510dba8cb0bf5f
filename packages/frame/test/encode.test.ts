import { describe, expect, test } from 'vitest';
import { Opcode, encodeFrame } from '../src/index.js';
import type { FrameInit } from '../src/index.js';
import { hex } from './wire.js';

const hello = hex('48656c6c6f');

test('fin is true, rsv1 false, the payload empty and the frame unmasked where not given', () => {
  expect(encodeFrame({ opcode: Opcode.Binary })).toEqual(hex('82 00'));
});

test('a masking key of 0 is a key', () => {
  expect(encodeFrame({ opcode: 1, payload: hello, maskingKey: 0 })).toEqual(
    hex('81 85 00000000 48656c6c6f'),
  );
});

test('the payload is never changed', () => {
  const payload = hello.slice();
  encodeFrame({ opcode: 1, payload, maskingKey: 0x37fa213d });
  expect(payload).toEqual(hello);
});

test('the memory comes from the allocator and has exactly the size', () => {
  const sizes: number[] = [];
  const frame = encodeFrame({ opcode: 1, payload: hello, maskingKey: 1 }, (size) => {
    sizes.push(size);
    return Buffer.alloc(size, 0xee);
  });
  expect(sizes).toEqual([11]);
  expect(Buffer.isBuffer(frame)).toBe(true);
  expect(frame).toEqual(Buffer.from(hex('81 85 00000001 48656c6d6f')));
});

describe('wrong use throws at the call', () => {
  test.each([3, 7, 11, 15, 16, -1, 1.5])('opcode %s', (opcode) => {
    expect(() => encodeFrame({ opcode } as FrameInit)).toThrow(
      new RangeError(`Opcode ${opcode} is not known: 0, 1, 2, 8, 9 and 10 are allowed`),
    );
  });

  test.each([8, 9, 10] as const)('control frames: opcode %s', (opcode) => {
    expect(() => encodeFrame({ opcode, fin: false })).toThrow(RangeError);
    expect(() => encodeFrame({ opcode, payload: new Uint8Array(126) })).toThrow(
      'at most 125 bytes of payload, 126 were given',
    );
    expect(encodeFrame({ opcode, payload: new Uint8Array(125) })).toHaveLength(127);
  });

  test.each([-1, 2 ** 32, 0.5, Number.NaN])('masking key %s', (maskingKey) => {
    expect(() => encodeFrame({ opcode: 1, maskingKey })).toThrow(RangeError);
  });

  test('a masking key that is no number, a payload that is no bytes', () => {
    expect(() => encodeFrame({ opcode: 1, maskingKey: '1' as unknown as number })).toThrow(
      TypeError,
    );
    expect(() => encodeFrame({ opcode: 1, payload: 'Hello' as unknown as Uint8Array })).toThrow(
      new TypeError('The payload must be a Uint8Array'),
    );
  });
});
