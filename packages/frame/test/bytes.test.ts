import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { allocateZeroed, checkUint8Array } from '../src/bytes.js';

test('the default allocator gives zeroed memory of exactly the size', () => {
  expect(allocateZeroed(3)).toEqual(new Uint8Array(3));
});

test.each([
  ['an array', new Uint8Array(1)],
  ['a Buffer', Buffer.alloc(1)],
  ['an array of another realm', runInNewContext('new Uint8Array(1)')],
])('%s is a Uint8Array', (_, value: unknown) => {
  expect(() => checkUint8Array(value, 'It')).not.toThrow();
});

test.each([
  ['a string', 'abc'],
  ['an Int8Array', new Int8Array(1)],
  ['an ArrayBuffer', new ArrayBuffer(1)],
  ['a list', [1]],
  ['null', null],
  ['undefined', undefined],
])('%s is none, and the message names the argument', (_, value: unknown) => {
  expect(() => checkUint8Array(value, 'The payload')).toThrow(
    new TypeError('The payload must be a Uint8Array'),
  );
});
