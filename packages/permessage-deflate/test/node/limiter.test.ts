import { describe, expect, test } from 'vitest';
import { ConcurrencyLimiter, getSharedLimiter, type LimitedJob } from '../../src/node/limiter.js';

function recorder(): { started: string[]; job: (name: string) => LimitedJob } {
  const started: string[] = [];
  return { started, job: (name) => ({ start: () => void started.push(name) }) };
}

describe('ConcurrencyLimiter', () => {
  test('starts as many jobs as its limit says, the others in order', () => {
    const limiter = new ConcurrencyLimiter(2);
    const { started, job } = recorder();
    for (const name of ['a', 'b', 'c', 'd']) limiter.acquire(job(name));
    expect(started).toEqual(['a', 'b']);
    expect([limiter.running, limiter.queued]).toEqual([2, 2]);
    limiter.release();
    expect(started).toEqual(['a', 'b', 'c']);
    limiter.release();
    limiter.release();
    limiter.release();
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    expect([limiter.running, limiter.queued]).toEqual([0, 0]);
  });

  test('goes on after its queue was empty', () => {
    const limiter = new ConcurrencyLimiter(1);
    const { started, job } = recorder();
    for (const [first, second] of ['ab', 'cd', 'ef']) {
      limiter.acquire(job(first as string));
      limiter.acquire(job(second as string));
      limiter.release();
      limiter.release();
    }
    expect(started.join('')).toBe('abcdef');
    expect(limiter.running).toBe(0);
  });

  test('a cancelled job never starts and keeps no place', () => {
    const limiter = new ConcurrencyLimiter(1);
    const { started, job } = recorder();
    const [a, b, c] = [job('a'), job('b'), job('c')];
    for (const each of [a, b, c]) limiter.acquire(each);
    limiter.cancel(b);
    expect(limiter.queued).toBe(1);
    limiter.release();
    expect(started).toEqual(['a', 'c']);
  });

  test('a job may queue up again from within its start', () => {
    const limiter = new ConcurrencyLimiter(1);
    let starts = 0;
    const job: LimitedJob = {
      start: () => {
        starts += 1;
        if (starts < 3) limiter.acquire(job);
      },
    };
    limiter.acquire(job);
    limiter.release();
    limiter.release();
    expect(starts).toBe(3);
  });

  test('null, which is no number, means no limit too', () => {
    expect(new ConcurrencyLimiter(null as unknown as number).limit).toBe(Infinity);
  });

  test('0 means no limit', () => {
    const limiter = new ConcurrencyLimiter(0);
    const { started, job } = recorder();
    for (let i = 0; i < 100; i++) limiter.acquire(job(`${i}`));
    expect(started).toHaveLength(100);
    expect(limiter.limit).toBe(Infinity);
  });

  test.each([-1, NaN])('%d is a RangeError', (limit) => {
    expect(() => new ConcurrencyLimiter(limit)).toThrow(RangeError);
  });

  test('takes a queue of 100,000 jobs in its stride', () => {
    const limiter = new ConcurrencyLimiter(1);
    let started = 0;
    const job = (): LimitedJob => ({ start: () => void (started += 1) });
    for (let i = 0; i < 100_000; i++) limiter.acquire(job());
    for (let i = 0; i < 100_000; i++) limiter.release();
    expect([started, limiter.running, limiter.queued]).toEqual([100_000, 0, 0]);
  });
});

test('the limiter of the process is made once: who comes first sets its limit', () => {
  const limiter = getSharedLimiter();
  expect(limiter.limit).toBe(10);
  expect(getSharedLimiter(3)).toBe(limiter);
  expect(limiter.limit).toBe(10);
});
