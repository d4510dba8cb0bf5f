/** The rules that other tests hold the negotiation against are themselves held against the RFC. */
import { describe, expect, test } from 'vitest';
import { brokenByOffer, brokenByResponse, type Values } from './reference/rfc7692.js';

const on: readonly true[] = [true];

describe('offers', () => {
  const valid: Values[] = [
    {},
    { server_no_context_takeover: on, client_no_context_takeover: on },
    { server_max_window_bits: ['8'], client_max_window_bits: on },
    // §7.1.3: the examples.
    { client_max_window_bits: on, server_max_window_bits: ['10'] },
    { client_max_window_bits: ['15'] },
  ];

  test.each(valid)('%j is valid', (offer) => {
    expect(brokenByOffer(offer)).toEqual([]);
  });

  const invalid: [Values, section: string][] = [
    [{ x: on }, '§7:'],
    [{ server_max_window_bits: ['10', '10'] }, '§7:'],
    [{ client_no_context_takeover: [true, true] }, '§7:'],
    [{ server_no_context_takeover: ['1'] }, '§7.1.1:'],
    [{ client_no_context_takeover: ['true'] }, '§7.1.1:'],
    [{ server_max_window_bits: on }, '§7.1.2.1:'],
    [{ server_max_window_bits: ['7'] }, '§7.1.2.1:'],
    [{ server_max_window_bits: ['16'] }, '§7.1.2.1:'],
    [{ server_max_window_bits: ['08'] }, '§7.1.2.1:'],
    [{ client_max_window_bits: ['08'] }, '§7.1.2.2:'],
    [{ client_max_window_bits: [''] }, '§7.1.2.2:'],
    [{ client_max_window_bits: ['1e1'] }, '§7.1.2.2:'],
  ];

  test.each(invalid)('%j is not', (offer, section) => {
    const rules = brokenByOffer(offer);
    expect([rules.length, rules[0]?.startsWith(section)]).toEqual([1, true]);
  });
});

describe('responses', () => {
  const full = {
    server_no_context_takeover: on,
    client_no_context_takeover: on,
    server_max_window_bits: ['10'],
    client_max_window_bits: ['12'],
  } as const;

  const valid: [offer: Values, response: Values][] = [
    [{}, {}],
    [{}, { server_no_context_takeover: on, client_no_context_takeover: on }],
    [{}, { server_max_window_bits: ['9'] }],
    [full, full],
    [full, { server_no_context_takeover: on, server_max_window_bits: ['8'] }],
    [{ client_max_window_bits: on }, { client_max_window_bits: ['15'] }],
    [{ client_max_window_bits: ['9'] }, {}],
    [{ client_no_context_takeover: on }, {}],
  ];

  test.each(valid)('to %j may be %j', (offer, response) => {
    expect(brokenByResponse(offer, response)).toEqual([]);
  });

  const invalid: [offer: Values, response: Values, section: string][] = [
    [{}, { x: on }, '§7:'],
    [{}, { server_max_window_bits: ['9', '9'] }, '§7:'],
    [{}, { server_no_context_takeover: [''] }, '§7.1.1:'],
    [{ client_max_window_bits: on }, { client_max_window_bits: on }, '§7.1.2:'],
    [{}, { server_max_window_bits: ['16'] }, '§7.1.2:'],
    [{ server_no_context_takeover: on }, {}, '§7.1.1.1:'],
    [{ server_max_window_bits: ['10'] }, {}, '§7.1.2.1:'],
    [{ server_max_window_bits: ['10'] }, { server_max_window_bits: ['11'] }, '§7.1.2.1:'],
    [{}, { client_max_window_bits: ['10'] }, '§7.1.2.2:'],
    [{ client_max_window_bits: ['10'] }, { client_max_window_bits: ['11'] }, '§7.1.2.2:'],
  ];

  test.each(invalid)('to %j may not be %j', (offer, response, section) => {
    const rules = brokenByResponse(offer, response);
    expect([rules.length, rules[0]?.startsWith(section)]).toEqual([1, true]);
  });
});
