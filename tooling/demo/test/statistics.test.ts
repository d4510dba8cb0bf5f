import { expect, it } from 'vitest';
import { percentile, summarise } from '../public/statistics.js';

it('finds percentiles by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([7], 0.01)).toBe(7);
});

it('summarises without changing the order of what it was given', () => {
  const values = [5, 100, 20, 3];
  expect(summarise(values)).toEqual({ last: 3, median: 5, p99: 100 });
  expect(values).toEqual([5, 100, 20, 3]);
});
