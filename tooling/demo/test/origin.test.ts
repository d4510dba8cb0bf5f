import { expect, it } from 'vitest';
import { isSameHost } from '../src/origin.mjs';

it.each([
  ['http://127.0.0.1:8080', '127.0.0.1:8080'],
  ['http://localhost:8080', 'localhost:8080'],
  ['http://localhost:8080', 'LocalHost:8080'],
  ['http://localhost', 'localhost:80'],
  ['http://[::1]:8080', '[::1]:8080'],
])('lets %s talk to %s', (origin, host) => {
  expect(isSameHost({ origin, host })).toBe(true);
});

it.each([
  ['http://localhost:8081', 'localhost:8080'],
  ['http://localhost', 'localhost:8080'],
  ['http://127.0.0.1:8080', 'localhost:8080'],
  ['http://localhost:8080.evil.example', 'localhost:8080'],
  ['http://evil-localhost:8080', 'localhost:8080'],
  ['http://evil.example', 'localhost:8080'],
  ['null', 'localhost:8080'],
  ['', 'localhost:8080'],
  ['http://localhost:8080', undefined],
  ['http://localhost:8080', 'local host'],
])('does not let %j talk to %j', (origin, host) => {
  expect(isSameHost({ origin, host })).toBe(false);
});

it('lets in what sends no origin, which is no browser', () => {
  expect(isSameHost({ host: 'localhost:8080' })).toBe(true);
});
