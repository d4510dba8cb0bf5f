import { describe, expect, it } from 'vitest';
import { getHeader } from '../src/index.js';

describe('getHeader, from a record', () => {
  it('reads a field by a name in any case', () => {
    expect(getHeader({ upgrade: 'websocket' }, 'upgrade')).toBe('websocket');
    expect(getHeader({ upgrade: 'websocket' }, 'Upgrade')).toBe('websocket');
  });

  it('tells an empty field from an absent one', () => {
    expect(getHeader({ origin: '' }, 'origin')).toBe('');
    expect(getHeader({ origin: undefined }, 'origin')).toBeUndefined();
    expect(getHeader({}, 'origin')).toBeUndefined();
  });

  it('joins the values of a list', () => {
    expect(getHeader({ 'x-a': ['1', '2'] }, 'x-a')).toBe('1, 2');
    expect(getHeader({ 'x-a': ['1'] }, 'x-a')).toBe('1');
    expect(getHeader({ 'x-a': [] }, 'x-a')).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'does not find an inherited %s',
    (name) => {
      expect(getHeader({}, name)).toBeUndefined();
    },
  );

  it('does not see what pollution added to the prototype', () => {
    const polluted = Object.create({ upgrade: 'websocket' }) as Record<string, string>;
    expect(getHeader(polluted, 'upgrade')).toBeUndefined();
  });

  it('reads a record without a prototype, and fields named get and __proto__', () => {
    const headers = Object.create(null) as Record<string, string>;
    headers['get'] = 'a';
    headers['__proto__'] = 'b';
    expect(getHeader(headers, 'get')).toBe('a');
    expect(getHeader(headers, '__proto__')).toBe('b');
  });
});

describe('getHeader, from Headers', () => {
  const headers = new Headers([
    ['Upgrade', 'websocket'],
    ['X-A', '1'],
    ['X-A', '2'],
  ]);

  it('reads a field by a name in any case', () => {
    expect(getHeader(headers, 'Upgrade')).toBe('websocket');
    expect(getHeader(headers, 'upgrade')).toBe('websocket');
  });

  it('takes null for absent', () => {
    expect(getHeader(headers, 'origin')).toBeUndefined();
  });

  it('reads several fields of a name as one', () => {
    expect(getHeader(headers, 'x-a')).toBe('1, 2');
  });
});
