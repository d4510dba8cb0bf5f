import { describe, expect, it } from 'vitest';
import {
  coerceClientOptions,
  coerceOptionsWithoutAddress,
} from '../../src/compat/client-options.js';
import { coerceArguments } from '../../src/compat/constructor-arguments.js';
import { coerceDeflateOptions } from '../../src/compat/deflate-options.js';

describe('coerceClientOptions', () => {
  it.each([undefined, null, {}, 5])('leaves the defaults to others: %j', (given) => {
    expect(coerceClientOptions(given)).toEqual({});
  });

  it('takes an option that is undefined for more than absent', () => {
    const given = {
      autoPong: undefined,
      closeTimeout: undefined,
      maxBufferedChunks: undefined,
      maxFragments: undefined,
      maxPayload: undefined,
      maxPendingAutoPongs: undefined,
      maxRedirects: undefined,
      perMessageDeflate: undefined,
      protocolVersion: undefined,
    };
    expect(coerceClientOptions(given)).toEqual({
      autoPong: false,
      closeTimeout: 1,
      maxBufferedChunks: 0,
      maxFragments: 0,
      maxPayload: 0,
      maxPendingAutoPongs: 0,
      maxRedirects: Infinity,
      perMessageDeflate: false,
      protocolVersion: 'undefined',
    });
  });

  it('leaves what it was given as it is', () => {
    const given = Object.freeze({ maxPayload: 2 ** 31, agent: false });
    expect(coerceClientOptions(given)).toEqual({ maxPayload: 0, agent: false });
    expect(given.maxPayload).toBe(2 ** 31);
  });

  it('inherits the protocols alone', () => {
    const given = Object.create({ protocols: ['a'], autoPong: false }) as object;
    expect(coerceClientOptions(given)).toEqual({ protocols: ['a'] });
  });
});

describe('coerceOptionsWithoutAddress', () => {
  it('has no defaults', () => {
    const none = { autoPong: false, closeTimeout: 1, maxPendingAutoPongs: 0 };
    expect(coerceOptionsWithoutAddress({})).toEqual(none);
  });

  it('reads inherited options too', () => {
    const given = Object.create({
      autoPong: 1,
      closeTimeout: 5,
      maxPendingAutoPongs: '7',
    }) as object;
    const read = { autoPong: true, closeTimeout: 5, maxPendingAutoPongs: 7 };
    expect(coerceOptionsWithoutAddress(given)).toEqual(read);
  });

  it('needs an object', () => {
    expect(() => coerceOptionsWithoutAddress(undefined)).toThrow(
      new TypeError("Cannot read properties of undefined (reading 'autoPong')"),
    );
  });
});

describe('coerceDeflateOptions', () => {
  it.each([
    [undefined, false],
    [null, false],
    [0, false],
    ['', false],
    [1, true],
    ['yes', true],
  ])('takes %j for %j', (given, switched) => {
    expect(coerceDeflateOptions(given)).toBe(switched);
  });

  it.each([
    [7, '7'],
    [16, '16'],
    [8.5, '8.5'],
    [0, false],
    [NaN, false],
    [8, 8],
    [15, 15],
    [true, true],
    ['9', '9'],
    [null, null],
  ])('offers a window of %j as %j', (bits, offered) => {
    expect(
      coerceDeflateOptions({ serverMaxWindowBits: bits, clientMaxWindowBits: bits }),
    ).toMatchObject({ serverMaxWindowBits: offered, clientMaxWindowBits: offered });
  });

  it.each([
    [undefined, undefined],
    [3, 3],
    [0, 0],
    [-1, 0],
    [NaN, 0],
    [2.5, 0],
    ['3', 0],
    [null, 0],
  ])('limits the jobs to %j by %j', (given, limit) => {
    expect(coerceDeflateOptions({ concurrencyLimit: given })).toMatchObject({
      concurrencyLimit: limit,
    });
  });
});

describe('coerceArguments', () => {
  const options = { maxPayload: -1 };
  const coerced = { maxPayload: 0 };

  it('finds the options', () => {
    expect(coerceArguments('ws://a', options, undefined)).toEqual([coerced, undefined]);
    expect(coerceArguments('ws://a', ['p'], options)).toEqual([['p'], coerced]);
    expect(coerceArguments('ws://a', undefined, options)).toEqual([undefined, coerced]);
    expect(coerceArguments('ws://a', null, options)).toEqual([null, coerced]);
    expect(coerceArguments(null, options, { autoPong: true })).toEqual([
      undefined,
      { autoPong: true, closeTimeout: 1, maxPendingAutoPongs: 0 },
    ]);
  });
});
