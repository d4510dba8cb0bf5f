import { describe, expect, it } from 'vitest';
import { checkSubprotocols, parseSubprotocols } from '../src/index.js';

describe('parseSubprotocols', () => {
  it.each([
    ['chat', ['chat']],
    ['b,a', ['b', 'a']],
    ['chat , superchat', ['chat', 'superchat']],
    ['a\t,\t b', ['a', 'b']],
    ['__proto__, constructor', ['__proto__', 'constructor']],
    ['A, a', ['A', 'a']],
  ])('reads %j', (header, subprotocols) => {
    expect([...parseSubprotocols(header)]).toEqual(subprotocols);
  });

  it.each([
    [' a', 0],
    [',a', 0],
    ['a,,b', 2],
    ['a b', 2],
    ['a;b', 1],
    ['a, "b"', 3],
    ['caf\u00e9', 3],
    ['a\r\nb', 1],
  ])('refuses %j at index %i', (header, index) => {
    expect(() => parseSubprotocols(header)).toThrow(
      new SyntaxError(`Unexpected character at index ${index}`),
    );
  });

  it.each(['', 'a,', 'a, ', 'a ', 'a\t'])('refuses %j for its end', (header) => {
    expect(() => parseSubprotocols(header)).toThrow(new SyntaxError('Unexpected end of input'));
  });

  it.each(['a,a', 'b, a, c, a'])('refuses the duplicate in %j', (header) => {
    expect(() => parseSubprotocols(header)).toThrow(
      new SyntaxError('The "a" subprotocol is duplicated'),
    );
  });
});

describe('checkSubprotocols', () => {
  it.each([[[]], [['chat']], [['a', 'A', '__proto__']]])('takes %j', (subprotocols) => {
    expect(() => checkSubprotocols(subprotocols)).not.toThrow();
  });

  it.each([
    [['']],
    [['a b']],
    [['a,b']],
    [['a', 'a']],
    [['caf\u00e9']],
    [[null]],
    [[1]],
    [[['a']]],
  ])('refuses %j', (subprotocols) => {
    expect(() => checkSubprotocols(subprotocols as string[])).toThrow(
      new SyntaxError('An invalid or duplicated subprotocol was specified'),
    );
  });
});
