import { STATUS_CODES } from 'node:http';
import { expect, it } from 'vitest';
import { reasonPhrase } from '../src/index.js';

it.each([101, 200, 400, 401, 403, 404, 405, 426, 429, 500, 503])(
  'agrees with Node on %i',
  (status) => {
    expect(reasonPhrase(status)).toBe(STATUS_CODES[status]);
  },
);

it('has a phrase wherever Node has one', () => {
  for (const status of Object.keys(STATUS_CODES)) {
    expect([status, reasonPhrase(Number(status))]).not.toEqual([status, '']);
  }
});

it.each([0, 99, 299, 430, 999, NaN])('has none for %d', (status) => {
  expect(reasonPhrase(status)).toBe('');
});
