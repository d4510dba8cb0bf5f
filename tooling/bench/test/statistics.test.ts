import { describe, expect, it } from 'vitest';
import { ratioOf, spreadOf } from '../src/statistics.mjs';

describe('spreadOf', () => {
  it('takes the middle value, whatever the order', () => {
    expect(spreadOf([30, 10, 20])).toEqual({ median: 20, min: 10, max: 30 });
  });

  it('takes the mean of the two in the middle', () => {
    expect(spreadOf([4, 1, 3, 100])).toEqual({ median: 3.5, min: 1, max: 100 });
  });

  it('has one value stand for all', () => {
    expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 });
  });

  it('has no numbers for none', () => {
    expect(spreadOf([])).toEqual({ median: NaN, min: NaN, max: NaN });
  });
});

describe('ratioOf', () => {
  it('is the median of the ratios of the same round, not the ratio of the medians', () => {
    // Medians: 300 and 100. The rounds: 2, 3, 1.
    expect(ratioOf([200, 900, 300], [100, 300, 300])).toEqual({ median: 2, min: 1, max: 3 });
    expect(ratioOf([200, 300, 900], [100, 300, 90])).toEqual({ median: 2, min: 1, max: 10 });
  });

  it('refuses rounds that do not pair', () => {
    expect(() => ratioOf([1, 2], [1])).toThrow(RangeError);
  });
});
