import { describe, expect, test } from 'vitest';
import {
  acceptDeflateOffer,
  type DeflateNegotiationOptions,
  type DeflateParameters,
  type OfferedParameters,
} from '../src/index.js';

type Case = [
  offers: OfferedParameters[],
  options: DeflateNegotiationOptions,
  response: DeflateParameters,
];

const refused = expect.objectContaining({
  name: 'Error',
  code: 'WS_ERR_DEFLATE_UNACCEPTABLE_OFFER',
  message: 'None of the extension offers can be accepted',
});

describe('the response repeats the offer', () => {
  test.each<Case>([
    [[{}], {}, {}],
    [[{ client_max_window_bits: [true] }], {}, {}],
    [[{ client_max_window_bits: ['10'] }], {}, { client_max_window_bits: 10 }],
    [[{ server_max_window_bits: ['8'] }], {}, { server_max_window_bits: 8 }],
    [
      [{ server_no_context_takeover: [true], client_no_context_takeover: [true] }],
      {},
      { server_no_context_takeover: true, client_no_context_takeover: true },
    ],
  ])('%j', (offers, options, response) => {
    expect(acceptDeflateOffer(offers, options)).toEqual(response);
  });

  test('in the order of the offer, with what the options add at its end', () => {
    const offer: OfferedParameters = {
      client_max_window_bits: ['12'],
      client_no_context_takeover: [true],
    };
    const response = acceptDeflateOffer([offer], {
      serverNoContextTakeover: true,
      serverMaxWindowBits: 9,
    });
    expect(Object.entries(response)).toEqual([
      ['client_max_window_bits', 12],
      ['client_no_context_takeover', true],
      ['server_no_context_takeover', true],
      ['server_max_window_bits', 9],
    ]);
  });
});

describe('options that are met', () => {
  test.each<Case>([
    [[{}], { serverNoContextTakeover: true }, { server_no_context_takeover: true }],
    [[{}], { clientNoContextTakeover: true }, { client_no_context_takeover: true }],
    [
      [{ client_no_context_takeover: [true] }],
      { clientNoContextTakeover: false },
      { client_no_context_takeover: true },
    ],
    [[{}], { serverMaxWindowBits: 12 }, { server_max_window_bits: 12 }],
    [
      [{ server_max_window_bits: ['12'] }],
      { serverMaxWindowBits: 12 },
      { server_max_window_bits: 12 },
    ],
    [
      [{ server_max_window_bits: ['12'] }],
      { serverMaxWindowBits: 8 },
      { server_max_window_bits: 8 },
    ],
    [
      [{ server_max_window_bits: ['12'] }],
      { serverMaxWindowBits: true },
      { server_max_window_bits: 12 },
    ],
    [
      [{ client_max_window_bits: [true] }],
      { clientMaxWindowBits: 9 },
      { client_max_window_bits: 9 },
    ],
    [
      [{ client_max_window_bits: ['12'] }],
      { clientMaxWindowBits: 12 },
      { client_max_window_bits: 12 },
    ],
    [[{ client_max_window_bits: ['12'] }], { clientMaxWindowBits: false }, {}],
    [
      [{ client_max_window_bits: ['12'] }],
      { clientMaxWindowBits: true },
      { client_max_window_bits: 12 },
    ],
  ])('%j with %j', (offers, options, response) => {
    expect(acceptDeflateOffer(offers, options)).toEqual(response);
  });
});

describe('offers that are not acceptable', () => {
  test.each<[OfferedParameters[], DeflateNegotiationOptions]>([
    [[], {}],
    [[{ server_no_context_takeover: [true] }], { serverNoContextTakeover: false }],
    [[{ server_max_window_bits: ['12'] }], { serverMaxWindowBits: false }],
    [[{ server_max_window_bits: ['12'] }], { serverMaxWindowBits: 13 }],
    [[{}], { clientMaxWindowBits: 15 }],
    [[{ client_max_window_bits: ['12'] }], { clientMaxWindowBits: 13 }],
  ])('%j with %j', (offers, options) => {
    expect(() => acceptDeflateOffer(offers, options)).toThrow(refused);
  });
});

test('the first acceptable offer is taken', () => {
  const offers: OfferedParameters[] = [
    { server_max_window_bits: ['8'] },
    { server_no_context_takeover: [true] },
    {},
  ];
  expect(acceptDeflateOffer(offers, { serverMaxWindowBits: 9 })).toEqual({
    server_no_context_takeover: true,
    server_max_window_bits: 9,
  });
});

test('an invalid offer is refused even if an earlier one is acceptable', () => {
  expect(() => acceptDeflateOffer([{}, { server_max_window_bits: ['7'] }])).toThrow(
    'Invalid value for parameter "server_max_window_bits": 7',
  );
});

test('the offers are not changed', () => {
  const offer: OfferedParameters = Object.freeze({
    client_max_window_bits: Object.freeze([true]) as true[],
  });
  const offers = Object.freeze([offer]);
  expect(acceptDeflateOffer(offers, { serverNoContextTakeover: true })).toEqual({
    server_no_context_takeover: true,
  });
  expect(offer).toEqual({ client_max_window_bits: [true] });
});
