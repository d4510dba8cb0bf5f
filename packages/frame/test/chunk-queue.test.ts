import { expect, test } from 'vitest';
import { ChunkQueue } from '../src/chunk-queue.js';

const chunk = (first: number, length = 1): Uint8Array => new Uint8Array(length).fill(first);

test('chunks come out in the order in which they went in, and their bytes are counted', () => {
  const queue = new ChunkQueue();
  for (let i = 0; i < 100; i++) queue.push(chunk(i, 2));
  expect(queue.bytes).toBe(200);
  for (let i = 0; i < 100; i++) expect(queue.shift()).toEqual(chunk(i, 2));
  expect(queue.bytes).toBe(0);
});

test('an empty queue gives an empty chunk', () => {
  const queue = new ChunkQueue();
  expect(queue.shift()).toHaveLength(0);
  queue.push(chunk(1));
  queue.shift();
  expect(queue.shift()).toHaveLength(0);
  expect(queue.bytes).toBe(0);
});

test('a chunk is put back before all others, whatever was taken before', () => {
  for (let taken = 0; taken < 40; taken++) {
    const queue = new ChunkQueue();
    for (let i = 0; i < 50; i++) queue.push(chunk(i));
    for (let i = 0; i < taken; i++) queue.shift();
    queue.unshift(chunk(200, 3));
    expect(queue.bytes).toBe(50 - taken + 3);
    expect(queue.shift()).toEqual(chunk(200, 3));
    expect(queue.shift()).toEqual(chunk(taken));
  }
});

test('pushing and taking by turns keeps the order', () => {
  const queue = new ChunkQueue();
  let next = 0;
  for (let i = 0; i < 250; i++) {
    queue.push(chunk(i));
    if (i % 3 !== 0) expect(queue.shift()[0]).toBe(next++);
  }
  while (queue.bytes > 0) expect(queue.shift()[0]).toBe(next++);
  expect(next).toBe(250);
});
