import { describe, expect, test } from 'vitest';
import { portableMasking } from '../src/index.js';
import { PartialPayload } from '../src/partial-payload.js';
import { countingAllocator, isSame, repeated } from './wire.js';

/** Sends `announced` bytes in pieces; returns the sizes that were allocated. */
function collect(announced: number, piece: number): number[] {
  const { allocate, sizes } = countingAllocator();
  const partial = new PartialPayload(announced, allocate);
  const chunk = repeated('616263', announced);
  for (let at = 0; at < announced; at += piece) {
    partial.append(chunk, at, Math.min(announced, at + piece), 0, portableMasking);
  }
  expect(partial.missing).toBe(0);
  expect(isSame(partial.bytes, chunk)).toBe(true);
  return sizes;
}

describe('memory grows with what arrived', () => {
  test.each([
    ['a short payload is allocated at once', 200, 10, [200]],
    ['16 KiB is allocated at once', 16384, 1, [16384]],
    [
      '16 KiB come first, then four times as much, then the rest',
      70000,
      1000,
      [16384, 65536, 70000],
    ],
    ['four times what is at hand comes first', 300000, 65536, [262144, 300000]],
    ['a piece greater than the growth is allocated for', 300000, 299999, [300000]],
  ])('%s', (_, announced, piece, sizes) => {
    expect(collect(announced, piece)).toEqual(sizes);
  });

  test('a huge piece after a small one grows to what is needed', () => {
    const { allocate, sizes } = countingAllocator();
    const partial = new PartialPayload(2 ** 40, allocate);
    const chunk = new Uint8Array(100_000);
    partial.append(chunk, 0, 1, 0, portableMasking);
    partial.append(chunk, 0, 100_000, 0, portableMasking);
    expect(sizes).toEqual([16384, 100_001]);
  });
});

test('nothing is allocated for what is merely announced', () => {
  const { allocate, sizes } = countingAllocator();
  expect(new PartialPayload(2 ** 53 - 1, allocate).missing).toBe(2 ** 53 - 1);
  expect(sizes).toEqual([]);
});

test('pieces are unmasked as one payload, and the chunk is not changed', () => {
  const partial = new PartialPayload(10, countingAllocator().allocate);
  const chunk = repeated('569b405c', 10);
  for (const [start, end] of [
    [0, 3],
    [3, 4],
    [4, 10],
  ] as const) {
    partial.append(chunk, start, end, 0x37fa213d, portableMasking);
  }
  expect(partial.bytes).toEqual(repeated('61', 10));
  expect(chunk).toEqual(repeated('569b405c', 10));
});

test('where the allocator throws nothing has changed', () => {
  let gives = true;
  const partial = new PartialPayload(100_000, (size) => {
    if (!gives) throw new RangeError('no memory');
    return new Uint8Array(size);
  });
  const chunk = repeated('61', 100_000);
  partial.append(chunk, 0, 10, 0, portableMasking);
  gives = false;
  expect(() => partial.append(chunk, 10, 100_000, 0, portableMasking)).toThrow('no memory');
  expect(partial.missing).toBe(99_990);
  gives = true;
  partial.append(chunk, 10, 100_000, 0, portableMasking);
  expect(isSame(partial.bytes, chunk)).toBe(true);
});
