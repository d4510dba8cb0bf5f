import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getSharedContexts, HotContexts, type HotContext } from '../../src/node/index.js';

/** Contexts that note when they are cooled. */
function recorder(): {
  cooled: string[];
  context: (name: string, idleTimeout?: number) => HotContext;
} {
  const cooled: string[] = [];
  return {
    cooled,
    context: (name, idleTimeout = 0) => ({
      usedAt: 0,
      idleTimeout,
      cool: (idle) => void cooled.push(idle ? `${name} idle` : name),
    }),
  };
}

describe('the limit', () => {
  test('cools the context that was not used for longest', () => {
    const contexts = new HotContexts(2);
    const { cooled, context } = recorder();
    const [a, b, c, d] = [context('a'), context('b'), context('c'), context('d')];
    contexts.add(a);
    contexts.add(b);
    expect([contexts.size, cooled]).toEqual([2, []]);
    contexts.add(c);
    expect(cooled).toEqual(['a']);
    contexts.delete(b);
    contexts.add(b);
    contexts.add(d);
    expect([contexts.size, cooled]).toEqual([2, ['a', 'c']]);
  });

  test('counts a context that is used again as used, though it never left', () => {
    const contexts = new HotContexts(2);
    const { cooled, context } = recorder();
    const [a, b, c] = [context('a'), context('b'), context('c')];
    for (const each of [a, b, a, c]) contexts.add(each);
    expect([contexts.size, cooled]).toEqual([2, ['b']]);
  });

  test('of 0 keeps none', () => {
    const contexts = new HotContexts(0);
    const { cooled, context } = recorder();
    contexts.add(context('a'));
    expect([contexts.size, cooled]).toEqual([0, ['a']]);
  });

  test('of Infinity keeps all', () => {
    const contexts = new HotContexts(Infinity);
    const { cooled, context } = recorder();
    for (let i = 0; i < 1000; i++) contexts.add(context(`${i}`));
    expect([contexts.size, cooled]).toEqual([1000, []]);
  });

  test.each([-1, NaN])('of %d is a RangeError', (limit) => {
    expect(() => new HotContexts(limit)).toThrow(RangeError);
  });

  test('does not cool what has left', () => {
    const contexts = new HotContexts(1);
    const { cooled, context } = recorder();
    const a = context('a');
    contexts.add(a);
    contexts.delete(a);
    contexts.delete(a);
    contexts.add(context('b'));
    expect([contexts.size, cooled]).toEqual([1, []]);
  });
});

describe('the idle timeout', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('cools what was not used for that long', () => {
    const contexts = new HotContexts(10);
    const { cooled, context } = recorder();
    contexts.add(context('a', 1000));
    vi.advanceTimersByTime(400);
    contexts.add(context('b', 1000));
    vi.advanceTimersByTime(599);
    expect(cooled).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(cooled).toEqual(['a idle']);
    vi.advanceTimersByTime(400);
    expect(cooled).toEqual(['a idle', 'b idle']);
    expect([contexts.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  test('starts again with every use', () => {
    const contexts = new HotContexts(10);
    const { cooled, context } = recorder();
    const a = context('a', 1000);
    for (let i = 0; i < 20; i++) {
      contexts.add(a);
      vi.advanceTimersByTime(900);
      contexts.delete(a);
      vi.advanceTimersByTime(900);
    }
    expect(cooled).toEqual([]);
    contexts.add(a);
    vi.advanceTimersByTime(1000);
    expect(cooled).toEqual(['a idle']);
  });

  test("is each context's own, 0 is never", () => {
    const contexts = new HotContexts(10);
    const { cooled, context } = recorder();
    contexts.add(context('never'));
    contexts.add(context('late', 5000));
    contexts.add(context('early', 100));
    contexts.add(context('between', 700));
    vi.advanceTimersByTime(100);
    expect(cooled).toEqual(['early idle']);
    vi.advanceTimersByTime(600);
    expect(cooled).toEqual(['early idle', 'between idle']);
    vi.advanceTimersByTime(100_000);
    expect(cooled).toEqual(['early idle', 'between idle', 'late idle']);
    expect([contexts.size, vi.getTimerCount()]).toEqual([1, 0]);
  });

  test('takes one timer for all', () => {
    const contexts = new HotContexts(1000);
    const { cooled, context } = recorder();
    for (let i = 0; i < 500; i++) {
      contexts.add(context(`${i}`, 60_000 - (i % 7)));
      vi.advanceTimersByTime(1);
      expect(vi.getTimerCount()).toBe(1);
    }
    vi.advanceTimersByTime(60_000);
    expect([cooled.length, contexts.size, vi.getTimerCount()]).toEqual([500, 0, 0]);
  });

  test('leaves nothing behind when all have left', () => {
    const contexts = new HotContexts(10);
    const { cooled, context } = recorder();
    const all = [context('a', 1000), context('b', 2000)];
    for (const each of all) contexts.add(each);
    for (const each of all) contexts.delete(each);
    expect(contexts.size).toBe(0);
    vi.advanceTimersByTime(1000);
    expect([cooled, vi.getTimerCount()]).toEqual([[], 0]);
  });

  test.each([2 ** 31, 30 * 24 * 3600 * 1000, Number.MAX_SAFE_INTEGER, Infinity])(
    'may be longer than a timer can wait: %d',
    (idleTimeout) => {
      const warn = vi.spyOn(process, 'emitWarning');
      const contexts = new HotContexts(10);
      const { cooled, context } = recorder();
      contexts.add(context('a', idleTimeout));
      const rearmed = vi.spyOn(globalThis, 'setTimeout');
      vi.advanceTimersByTime(1_000_000);
      const calls = [rearmed, warn].map(({ mock }) => mock.calls.length);
      rearmed.mockRestore();
      warn.mockRestore();
      expect([cooled, calls]).toEqual([[], [0, 0]]);
      if (idleTimeout < 1e10) vi.advanceTimersByTime(idleTimeout - 1_000_000);
      expect(cooled).toEqual(idleTimeout < 1e10 ? ['a idle'] : []);
    },
  );
});

test('the timer keeps no process alive', () => {
  const unref = vi.fn();
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation((() => ({ unref })) as never);
  new HotContexts(1).add(recorder().context('a', 1000));
  expect([spy.mock.calls.length, unref.mock.calls.length]).toEqual([1, 1]);
  spy.mockRestore();
});

test('those of the process are made once, 256 at most', () => {
  expect(getSharedContexts()).toBe(getSharedContexts());
  expect(getSharedContexts().limit).toBe(256);
});
