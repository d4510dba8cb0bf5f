import { describe, expect, it } from 'vitest';
import { isToken } from '../src/index.js';

describe('isToken', () => {
  it('knows every ASCII character', () => {
    const allowed = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;
    for (let code = 0; code < 256; code++) {
      const character = String.fromCharCode(code);
      expect([code, isToken(character)]).toEqual([code, allowed.test(character)]);
    }
  });

  it.each(['chat', 'v1.chat', '__proto__', "!#$%&'*+-.^_`|~"])('takes %j', (value) => {
    expect(isToken(value)).toBe(true);
  });

  it.each(['', ' ', 'a b', 'a,b', 'a\n', 'caf\u00e9', '\u{1f600}', 'a\u0000'])(
    'refuses %j',
    (value) => {
      expect(isToken(value)).toBe(false);
    },
  );
});
