import { describe, expect, it } from 'vitest';
import { payloadSize, toPayload } from '../../src/node/index.js';

describe('toPayload', () => {
  it('leaves texts, Buffers and Blobs as they are', () => {
    const blob = new Blob(['x']);
    const buffer = Buffer.from('x');
    for (const data of ['x', '', buffer, blob]) expect(toPayload(data)).toBe(data);
  });

  it('makes no copy of memory', () => {
    const array = new Uint16Array([1, 2, 3]);
    const payload = toPayload(array.subarray(1)) as Buffer;
    expect([payload.buffer, payload.byteOffset, payload.length]).toEqual([array.buffer, 2, 4]);
    const whole = toPayload(array.buffer) as Buffer;
    expect(whole.buffer).toBe(array.buffer);
  });

  it('makes texts of numbers and nothing of what is empty', () => {
    expect(toPayload(-1.5)).toBe('-1.5');
    for (const empty of [undefined, null, false]) expect(toPayload(empty)).toHaveLength(0);
  });

  it('takes Blobs of other implementations for Blobs, and nothing that only looks like one', () => {
    const alien = {
      size: 1,
      type: '',
      stream() {},
      arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)),
      [Symbol.toStringTag]: 'File',
    };
    expect(toPayload(alien)).toBe(alien);
    for (const change of [
      { type: 1 },
      { stream: undefined },
      { arrayBuffer: undefined },
      { [Symbol.toStringTag]: 'Thing' },
    ]) {
      expect(() => toPayload({ ...alien, ...change })).toThrow(TypeError);
    }
  });

  it.each([[true], [{}], [1n], [Symbol('s')], [() => {}]])('refuses %s', (data) => {
    expect(() => toPayload(data)).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' }),
    );
  });
});

it('payloadSize counts bytes', () => {
  expect(payloadSize('é')).toBe(2);
  expect(payloadSize(Buffer.alloc(3))).toBe(3);
  expect(payloadSize(new Blob(['four']))).toBe(4);
});
