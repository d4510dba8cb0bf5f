import { afterEach, describe, expect, it, vi } from 'vitest';
import { computeAccept, createKey } from '../src/index.js';
import { isKey } from '../src/key.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('createKey', () => {
  it('encodes 16 bytes of the given source', () => {
    const key = createKey((target) => {
      expect(target).toHaveLength(16);
      target.set(new TextEncoder().encode('the sample nonce'));
    });
    // RFC 6455 §1.3
    expect(key).toBe('dGhlIHNhbXBsZSBub25jZQ==');
  });

  it('takes random bytes of the platform by default', () => {
    const keys = new Set(Array.from({ length: 100 }, () => createKey()));
    expect(keys.size).toBe(100);
    for (const key of keys) expect(isKey(key)).toBe(true);
  });

  it('says what to do where there is no crypto', () => {
    vi.stubGlobal('crypto', undefined);
    expect(() => createKey()).toThrow(
      new TypeError('This platform has no global crypto: a randomFill function must be given'),
    );
  });
});

describe('isKey', () => {
  it.each(['dGhlIHNhbXBsZSBub25jZQ==', 'AAAAAAAAAAAAAAAAAAAAAA==', '+/+/+/+/+/+/+/+/+/+/+/=='])(
    'takes %j',
    (key) => {
      expect(isKey(key)).toBe(true);
    },
  );

  it.each([
    '',
    'dGhlIHNhbXBsZSBub25jZQ',
    'dGhlIHNhbXBsZSBub25jZQ=',
    'dGhlIHNhbXBsZSBub25jZQ===',
    'dGhlIHNhbXBsZSBub25jZ===',
    'dGhlIHNhbXBsZSBub25jZQ==\n',
    ' dGhlIHNhbXBsZSBub25jZQ==',
    'dGhlIHNhbXBsZSBub25j-_==',
    'dGhlIHNhbXBsZSBub25jZQAA',
  ])('refuses %j', (key) => {
    expect(isKey(key)).toBe(false);
  });
});

it('computes the accept value of the example in RFC 6455 §1.3', () => {
  expect(computeAccept('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});
