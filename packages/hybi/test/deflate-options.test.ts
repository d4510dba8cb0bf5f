/** Options for compression that `ws` does not have: wrong ones throw at the call. */
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from '../src/index.js';

describe.each([
  ['maxSyncBytes', -1],
  ['idleTimeout', Number.NaN],
])('%s: %s', (name, value) => {
  const perMessageDeflate = { [name]: value };
  const error = new RangeError(`The "${name}" option must be 0 or a positive number, got ${value}`);

  it('is refused by a server', () => {
    expect(() => new WebSocketServer({ noServer: true, perMessageDeflate })).toThrow(error);
  });

  it('is refused by a client', () => {
    expect(() => new WebSocket('ws://127.0.0.1:1', { perMessageDeflate })).toThrow(error);
  });
});

it('window bits that no client can use are taken, as in ws', () => {
  const perMessageDeflate = { serverMaxWindowBits: 99 };
  expect(() => new WebSocketServer({ noServer: true, perMessageDeflate })).not.toThrow();
});
