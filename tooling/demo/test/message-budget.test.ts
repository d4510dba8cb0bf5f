import { expect, it } from 'vitest';
import { MessageBudget } from '../src/message-budget.mjs';

function setUp() {
  const clock = { now: 0 };
  const limits = { burst: 3, perSecond: 2, patience: 2 };
  return { clock, budget: new MessageBudget(limits, () => clock.now) };
}

it('allows a burst, refuses, then loses patience', () => {
  const { budget } = setUp();
  const verdicts = Array.from({ length: 6 }, () => budget.spend());
  expect(verdicts).toEqual(['allowed', 'allowed', 'allowed', 'refused', 'refused', 'exhausted']);
});

it('earns messages with time, never more than a burst', () => {
  const { budget, clock } = setUp();
  for (let i = 0; i < 4; i++) budget.spend();
  clock.now = 499;
  expect(budget.spend()).toBe('refused');
  clock.now = 500;
  expect(budget.spend()).toBe('allowed');
  clock.now = 60_000;
  expect(Array.from({ length: 4 }, () => budget.spend())).toEqual([
    ...['allowed', 'allowed', 'allowed', 'refused'],
  ]);
});

it('forgives refused messages once one was allowed', () => {
  const { budget, clock } = setUp();
  for (let i = 0; i < 5; i++) budget.spend();
  clock.now = 500;
  expect(Array.from({ length: 3 }, () => budget.spend())).toEqual([
    ...['allowed', 'refused', 'refused'],
  ]);
});
