import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../src/options.js';
import { WebSocket } from '../src/index.js';
import { clients } from './support/clients.js';

describe('resolveOptions', () => {
  const defaults = {
    allowSynchronousEvents: true,
    allowUnsafeRedirects: false,
    followRedirects: false,
    maxBufferedChunks: 262144,
    maxFragments: 16384,
    maxPayload: 104857600,
    maxRedirects: 10,
    perMessageDeflate: true,
    protocolVersion: 13,
    skipUTF8Validation: false,
  };

  it.each([undefined, null, {}])('fills in the defaults of %j', (options) => {
    expect(resolveOptions(options)).toEqual(defaults);
  });

  it('takes what is undefined as absent, and every other value as it is', () => {
    const given = { maxPayload: undefined, perMessageDeflate: false, maxRedirects: 0, family: 6 };
    expect(resolveOptions(given)).toEqual({
      ...defaults,
      perMessageDeflate: false,
      maxRedirects: 0,
      family: 6,
    });
  });

  it('takes own properties only', () => {
    const inherited = Object.create({ followRedirects: true, maxPayload: 1 }) as object;
    expect(resolveOptions(inherited)).toEqual(defaults);
  });
});

describe.each(clients)('the version, %s', (_, Client) => {
  it.each([0, 7, 12, 14, 130, '13', NaN, null])('%j is not supported', (protocolVersion) => {
    const error = {
      name: 'RangeError',
      message: `Unsupported protocol version: ${String(protocolVersion)} (supported versions: 8, 13)`,
    };
    expect(
      () => new Client('ws://127.0.0.1', { protocolVersion: protocolVersion as number }),
    ).toThrow(expect.objectContaining(error));
  });
});

describe('limits that are none', () => {
  it.each([-1, NaN])('a concurrencyLimit of %j is refused', (concurrencyLimit) => {
    expect(
      () => new WebSocket('ws://127.0.0.1', { perMessageDeflate: { concurrencyLimit } }),
    ).toThrow(
      new RangeError(
        `The "concurrencyLimit" option must be 0 (no limit) or a positive number, got ${concurrencyLimit}`,
      ),
    );
  });

  it.each([-1, NaN, Infinity, 2 ** 31])('a handshakeDeadline of %j is refused', (deadline) => {
    expect(() => new WebSocket('ws://127.0.0.1', { handshakeDeadline: deadline })).toThrow(
      new RangeError(
        `The "handshakeDeadline" option must be from 0 (no limit) to 2147483647 ms, got ${deadline}`,
      ),
    );
  });

  it.each([
    ['serverMaxWindowBits', 7],
    ['clientMaxWindowBits', 16],
  ])('%s of %j are refused', (name, windowBits) => {
    expect(
      () => new WebSocket('ws://127.0.0.1', { perMessageDeflate: { [name]: windowBits } }),
    ).toThrow(
      new RangeError(`The "${name}" option must be an integer from 8 to 15, got ${windowBits}`),
    );
  });
});
