import { describe, expect, test } from 'vitest';
import type { DeflateParameters } from '../../src/index.js';
import { ContextBudget, contextBytes } from '../../src/node/index.js';

describe('ContextBudget', () => {
  test('gives what there is, and no more', () => {
    const budget = new ContextBudget(100);
    expect([budget.take(60), budget.take(41), budget.take(40), budget.take(1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([budget.usedBytes, budget.take(0)]).toEqual([100, true]);
    expect([budget.has(0), budget.has(1), budget.usedBytes]).toEqual([true, false, 100]);
    budget.give(60);
    expect([budget.usedBytes, budget.take(60)]).toEqual([40, true]);
  });

  test('of 0 has nothing to give but nothing', () => {
    const budget = new ContextBudget(0);
    expect([budget.take(1), budget.take(0)]).toEqual([false, true]);
  });

  test.each([-1, NaN])('of %d is a RangeError', (maxBytes) => {
    expect(() => new ContextBudget(maxBytes)).toThrow(RangeError);
  });
});

describe('contextBytes', () => {
  const cases: [DeflateParameters, server: number, client: number][] = [
    // 8 KiB to compress by default, and the 32 KiB of the peer's window.
    [{}, 40_960, 40_960],
    [{ client_max_window_bits: true }, 40_960, 40_960],
    [{ server_no_context_takeover: true }, 32_768, 8192],
    [{ client_no_context_takeover: true }, 8192, 32_768],
    [{ server_no_context_takeover: true, client_no_context_takeover: true }, 0, 0],
    [{ server_max_window_bits: 10, client_max_window_bits: 9 }, 1024 + 512, 512 + 1024],
    // zlib compresses with 9 bits at least.
    [{ server_max_window_bits: 8, client_max_window_bits: 8 }, 512 + 256, 512 + 256],
  ];

  test.each(cases)(
    'of %j are %d for the server and %d for the client',
    (agreed, server, client) => {
      expect(contextBytes('server', agreed)).toBe(server);
      expect(contextBytes('client', agreed)).toBe(client);
    },
  );

  test('depend on the window that the options ask for', () => {
    expect(contextBytes('server', {}, { windowBits: 15 })).toBe(65_536);
    expect(contextBytes('server', { server_max_window_bits: 9 }, { windowBits: 15 })).toBe(33_280);
  });

  test('of a window that is none are a RangeError', () => {
    expect(() => contextBytes('server', { server_max_window_bits: 16 })).toThrow(RangeError);
  });
});
