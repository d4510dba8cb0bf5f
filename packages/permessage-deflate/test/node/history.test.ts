import { describe, expect, test } from 'vitest';
import { History } from '../../src/node/history.js';

function read(history: History): number[] {
  const target = new Uint8Array(history.length);
  history.copyTo(target, 0);
  return [...target];
}

describe('History', () => {
  test('keeps the last bytes, the oldest first', () => {
    const history = new History(256);
    expect([history.length, read(history)]).toEqual([0, []]);
    history.append(Uint8Array.of(1, 2, 3));
    history.append(new Uint8Array(0));
    history.append(Uint8Array.of(4));
    expect(read(history)).toEqual([1, 2, 3, 4]);
    history.append(new Uint8Array(253).fill(9));
    expect(history.length).toBe(256);
    expect(read(history).slice(0, 4)).toEqual([2, 3, 4, 9]);
  });

  test('keeps the end of what is longer than itself', () => {
    const history = new History(256);
    history.append(Uint8Array.of(200));
    history.append(Uint8Array.from({ length: 1000 }, (_, i) => i));
    expect(read(history)).toEqual(Array.from({ length: 256 }, (_, i) => (744 + i) & 255));
  });

  test('is a copy', () => {
    const history = new History(256);
    const text = Uint8Array.of(1, 2, 3);
    history.append(text);
    text.fill(0);
    expect(read(history)).toEqual([1, 2, 3]);
  });

  test('is written where it is asked for, and nowhere else', () => {
    const history = new History(4);
    history.append(Uint8Array.of(1, 2, 3, 4, 5, 6));
    const target = new Uint8Array(8).fill(9);
    history.copyTo(target, 2);
    expect([...target]).toEqual([9, 9, 3, 4, 5, 6, 9, 9]);
  });

  test('can be emptied and filled again', () => {
    const history = new History(4);
    history.append(Uint8Array.of(1, 2, 3, 4, 5));
    history.clear();
    expect([history.length, read(history)]).toEqual([0, []]);
    history.append(Uint8Array.of(6, 7));
    expect(read(history)).toEqual([6, 7]);
  });

  test('takes no more memory than its bytes need, up to twice that', () => {
    const history = new History(32_768);
    const allocated = (): number => (history as unknown as { bytes: Uint8Array }).bytes.length;
    expect(allocated()).toBe(0);
    for (let used = 100; used <= 40_000; used += 100) {
      history.append(new Uint8Array(100));
      expect(allocated()).toBeGreaterThanOrEqual(Math.min(used, 32_768));
      expect(allocated()).toBeLessThanOrEqual(Math.min(Math.max(2 * used, 256), 32_768));
    }
    history.clear();
    expect(allocated()).toBe(0);
  });
});
