import { describe, expect, test } from 'vitest';
import {
  acceptDeflateResponse,
  createDeflateOffer,
  type DeflateNegotiationOptions,
  type DeflateOffer,
  type DeflateParameters,
  type OfferedParameters,
} from '../src/index.js';

describe('the offer', () => {
  test.each<[DeflateNegotiationOptions, DeflateOffer]>([
    [{}, { client_max_window_bits: true }],
    [{ clientMaxWindowBits: undefined }, { client_max_window_bits: true }],
    [{ clientMaxWindowBits: null }, { client_max_window_bits: true }],
    [{ clientMaxWindowBits: true }, { client_max_window_bits: true }],
    [{ clientMaxWindowBits: 9 }, { client_max_window_bits: 9 }],
    [{ clientMaxWindowBits: false }, {}],
    [{ clientMaxWindowBits: false, serverMaxWindowBits: true }, { server_max_window_bits: true }],
    [{ clientMaxWindowBits: false, serverMaxWindowBits: 10 }, { server_max_window_bits: 10 }],
    [{ clientMaxWindowBits: false, serverMaxWindowBits: false }, {}],
    [
      {
        clientMaxWindowBits: false,
        serverNoContextTakeover: false,
        clientNoContextTakeover: false,
      },
      {},
    ],
  ])('%j is %j', (options, offer) => {
    expect(createDeflateOffer(options)).toEqual(offer);
  });

  test('without options is client_max_window_bits', () => {
    expect(createDeflateOffer()).toEqual({ client_max_window_bits: true });
  });

  test('has its parameters in a fixed order', () => {
    const options: DeflateNegotiationOptions = {
      clientMaxWindowBits: 8,
      serverMaxWindowBits: 15,
      clientNoContextTakeover: true,
      serverNoContextTakeover: true,
    };
    expect(Object.entries(createDeflateOffer(options))).toEqual([
      ['server_no_context_takeover', true],
      ['client_no_context_takeover', true],
      ['server_max_window_bits', 15],
      ['client_max_window_bits', 8],
    ]);
  });
});

describe('responses that are accepted', () => {
  test.each<[OfferedParameters, DeflateNegotiationOptions, DeflateParameters]>([
    [{}, {}, {}],
    [{ server_max_window_bits: ['8'] }, {}, { server_max_window_bits: 8 }],
    [{ server_no_context_takeover: [true] }, {}, { server_no_context_takeover: true }],
    [
      { server_no_context_takeover: [true] },
      { serverNoContextTakeover: false },
      { server_no_context_takeover: true },
    ],
    [{ client_no_context_takeover: [true] }, {}, { client_no_context_takeover: true }],
    [{ client_max_window_bits: ['15'] }, {}, { client_max_window_bits: 15 }],
    [{ client_max_window_bits: ['9'] }, { clientMaxWindowBits: 9 }, { client_max_window_bits: 9 }],
    [{ client_max_window_bits: ['8'] }, { clientMaxWindowBits: 9 }, { client_max_window_bits: 8 }],
    [{}, { clientMaxWindowBits: 9 }, { client_max_window_bits: 9 }],
    [{}, { clientMaxWindowBits: true }, {}],
    [{}, { clientMaxWindowBits: false }, {}],
  ])('%j with %j', (response, options, parameters) => {
    expect(acceptDeflateResponse([response], options)).toEqual(parameters);
  });

  test('the first element counts', () => {
    expect(acceptDeflateResponse([{}, { server_no_context_takeover: [true] }])).toEqual({});
  });
});

describe('responses that are refused', () => {
  test('client_no_context_takeover although the option is false', () => {
    expect(() =>
      acceptDeflateResponse([{ client_no_context_takeover: [true] }], {
        clientNoContextTakeover: false,
      }),
    ).toThrow(
      expect.objectContaining({
        name: 'Error',
        code: 'WS_ERR_DEFLATE_UNACCEPTABLE_RESPONSE',
        message: 'Unexpected parameter "client_no_context_takeover"',
      }),
    );
  });

  test.each([false, 9])('client_max_window_bits=10 although the option is %j', (option) => {
    expect(() =>
      acceptDeflateResponse([{ client_max_window_bits: ['10'] }], { clientMaxWindowBits: option }),
    ).toThrow(
      expect.objectContaining({
        name: 'Error',
        code: 'WS_ERR_DEFLATE_UNACCEPTABLE_RESPONSE',
        message: 'Unexpected or invalid parameter "client_max_window_bits"',
      }),
    );
  });

  test('an invalid second element', () => {
    expect(() => acceptDeflateResponse([{}, { client_max_window_bits: [true] }])).toThrow(
      'Invalid value for parameter "client_max_window_bits": true',
    );
  });

  test('no element at all is a wrong use', () => {
    expect(() => acceptDeflateResponse([])).toThrow(TypeError);
  });
});

test('the response is not changed', () => {
  const response: OfferedParameters = Object.freeze({
    client_max_window_bits: Object.freeze(['9']) as string[],
  });
  acceptDeflateResponse(Object.freeze([response]));
  expect(response).toEqual({ client_max_window_bits: ['9'] });
});
