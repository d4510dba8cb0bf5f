import { describe, expect, test } from 'vitest';
import {
  acceptDeflateOffer,
  acceptDeflateResponse,
  createDeflateOffer,
  deflateErrors,
  type DeflateErrorCode,
  type OfferedParameters,
} from '../src/index.js';

/** A map as header parsers make it: without a prototype. */
function nullPrototype(entries: [string, (string | true)[]][]): OfferedParameters {
  const map = Object.create(null) as OfferedParameters;
  for (const [name, values] of entries) map[name] = values;
  return map;
}

const takeover = ['server_no_context_takeover', 'client_no_context_takeover'];
const windows = ['server_max_window_bits', 'client_max_window_bits'];
const sides = [
  ['server', acceptDeflateOffer],
  ['client', acceptDeflateResponse],
] as const;

describe.each(sides)('on the %s', (_side, accept) => {
  const failure = (name: string, values: (string | true)[]): unknown => {
    try {
      accept([nullPrototype([[name, values]])]);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  // H8: what window bits, repeated parameters, flags with a value and unknown names lead to.
  describe('H8', () => {
    test.each(windows)('%s of 8 to 15 is accepted', (name) => {
      for (let bits = 8; bits <= 15; bits++) {
        expect(accept([nullPrototype([[name, [`${bits}`]]])])).toEqual({ [name]: bits });
      }
    });

    test.each(windows)('%s="10" is what the parser makes of it, 08 is 8 as in ws', (name) => {
      expect(accept([nullPrototype([[name, ['10']]])])).toEqual({ [name]: 10 });
      expect(accept([nullPrototype([[name, ['08']]])])).toEqual({ [name]: 8 });
    });

    test.each(windows)('%s with any other value is a TypeError', (name) => {
      for (const value of ['7', '16', '1000', '0', '-8', '8.5', 'abc', '', '9 9', '1e9', 'NaN']) {
        expect(failure(name, [value])).toMatchObject({
          name: 'TypeError',
          code: 'WS_ERR_DEFLATE_INVALID_PARAMETER',
          message: `Invalid value for parameter "${name}": ${value}`,
        });
      }
    });

    test.each(takeover)('%s with a value is a TypeError', (name) => {
      expect(accept([nullPrototype([[name, [true]]])])).toEqual({ [name]: true });
      for (const value of ['true', '', '1']) {
        expect(failure(name, [value])).toMatchObject({
          name: 'TypeError',
          code: 'WS_ERR_DEFLATE_INVALID_PARAMETER',
          message: `Invalid value for parameter "${name}": ${value}`,
        });
      }
    });

    test.each([...takeover, ...windows, 'foo', '__proto__'])('%s twice is an Error', (name) => {
      expect(failure(name, [true, true])).toMatchObject({
        name: 'Error',
        code: 'WS_ERR_DEFLATE_REPEATED_PARAMETER',
        message: `Parameter "${name}" must have only a single value`,
      });
    });

    // With line H3: names of what objects inherit are names like any other.
    test.each(['foo', '', '__proto__', 'constructor', 'toString', 'SERVER_MAX_WINDOW_BITS'])(
      'the unknown parameter "%s" is an Error',
      (name) => {
        expect(failure(name, ['1'])).toMatchObject({
          name: 'Error',
          code: 'WS_ERR_DEFLATE_UNKNOWN_PARAMETER',
          message: `Unknown parameter "${name}"`,
        });
      },
    );
  });

  test('server_max_window_bits without a value is a TypeError', () => {
    expect(failure('server_max_window_bits', [true])).toMatchObject({
      name: 'TypeError',
      message: 'Invalid value for parameter "server_max_window_bits": true',
    });
  });

  test('inherited names are not parameters', () => {
    const offer = Object.create({ foo: ['1'] }) as OfferedParameters;
    expect(accept([offer])).toEqual({});
  });
});

test('client_max_window_bits without a value may stand in offers only', () => {
  const bare = { client_max_window_bits: [true] } satisfies OfferedParameters;
  expect(acceptDeflateOffer([bare], { clientMaxWindowBits: 9 })).toEqual({
    client_max_window_bits: 9,
  });
  expect(() => acceptDeflateResponse([bare])).toThrow(
    expect.objectContaining({
      name: 'TypeError',
      message: 'Invalid value for parameter "client_max_window_bits": true',
    }),
  );
});

describe('window bits in the options', () => {
  test.each([7, 16, 0, 8.5, NaN])('%d is a RangeError', (bits) => {
    for (const option of ['serverMaxWindowBits', 'clientMaxWindowBits']) {
      const message = `The "${option}" option must be an integer from 8 to 15, got ${bits}`;
      const error = expect.objectContaining({ name: 'RangeError', message });
      expect(() => createDeflateOffer({ [option]: bits })).toThrow(error);
      expect(() => acceptDeflateOffer([{}], { [option]: bits })).toThrow(error);
      expect(() => acceptDeflateResponse([{}], { [option]: bits })).toThrow(error);
    }
  });
});

test('the table of errors names class, close code and section of every code', () => {
  const codes = Object.keys(deflateErrors) as DeflateErrorCode[];
  expect(
    codes.map((code) => [code, deflateErrors[code].type, deflateErrors[code].closeCode]),
  ).toEqual([
    ['WS_ERR_DEFLATE_REPEATED_PARAMETER', 'Error', undefined],
    ['WS_ERR_DEFLATE_INVALID_PARAMETER', 'TypeError', undefined],
    ['WS_ERR_DEFLATE_UNKNOWN_PARAMETER', 'Error', undefined],
    ['WS_ERR_DEFLATE_UNACCEPTABLE_OFFER', 'Error', undefined],
    ['WS_ERR_DEFLATE_UNACCEPTABLE_RESPONSE', 'Error', undefined],
    ['WS_ERR_DEFLATE_CLOSED', 'Error', undefined],
    ['WS_ERR_DEFLATE_TRAILING_DATA', 'Error', 1007],
    ['WS_ERR_DEFLATE_TRUNCATED', 'Error', 1007],
    ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'RangeError', 1009],
  ]);
  for (const code of codes) expect(deflateErrors[code].section).toMatch(/^RFC (7692|6455) §/);
});
