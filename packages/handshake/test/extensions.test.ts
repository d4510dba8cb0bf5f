import { describe, expect, it } from 'vitest';
import { formatExtensions, parseExtensions } from '../src/index.js';
import type { Extensions, FormattableExtensions } from '../src/index.js';

/** What a map holds, in its order; a map with a prototype would not pass for one without. */
function contentOf(extensions: Extensions): unknown {
  expect(Object.getPrototypeOf(extensions)).toBeNull();
  return Object.entries(extensions).map(([name, sets]) => [
    name,
    sets.map((parameters) => {
      expect(Object.getPrototypeOf(parameters)).toBeNull();
      return Object.entries(parameters);
    }),
  ]);
}

describe('parseExtensions', () => {
  it.each<[string, unknown]>([
    ['foo', [['foo', [[]]]]],
    [
      'foo, bar',
      [
        ['foo', [[]]],
        ['bar', [[]]],
      ],
    ],
    ['foo,foo', [['foo', [[], []]]]],
    ['foo; a', [['foo', [[['a', [true]]]]]]],
    [
      'foo;a=1;b=2',
      [
        [
          'foo',
          [
            [
              ['a', ['1']],
              ['b', ['2']],
            ],
          ],
        ],
      ],
    ],
    ['foo; a; a=1; a', [['foo', [[['a', [true, '1', true]]]]]]],
    [
      'foo; a=1, bar; b, foo; c',
      [
        ['foo', [[['a', ['1']]], [['c', [true]]]]],
        ['bar', [[['b', [true]]]]],
      ],
    ],
    // Whitespace: around the delimiters, not around `=`.
    [
      'foo\t ;\t a \t; b=1\t ,  bar',
      [
        [
          'foo',
          [
            [
              ['a', [true]],
              ['b', ['1']],
            ],
          ],
        ],
        ['bar', [[]]],
      ],
    ],
    // Quoted strings, the escapes of RFC 9110 §5.6.4.
    ['foo; a="1"', [['foo', [[['a', ['1']]]]]]],
    [
      'foo; a="1" , bar; b="2"',
      [
        ['foo', [[['a', ['1']]]]],
        ['bar', [[['b', ['2']]]]],
      ],
    ],
    [
      String.raw`foo; a="\1\2"; b="1\2"; c="\1"`,
      [
        [
          'foo',
          [
            [
              ['a', ['12']],
              ['b', ['12']],
              ['c', ['1']],
            ],
          ],
        ],
      ],
    ],
    // RFC 7692 §7.1.3
    [
      'permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate',
      [
        [
          'permessage-deflate',
          [
            [
              ['client_max_window_bits', [true]],
              ['server_max_window_bits', ['10']],
            ],
            [],
          ],
        ],
      ],
    ],
  ])('reads %j', (header, content) => {
    expect(contentOf(parseExtensions(header))).toEqual(content);
  });

  it.each([
    [' foo', 0],
    [',foo', 0],
    [';foo', 0],
    ['"foo"', 0],
    ['foo bar', 4],
    ['foo,,bar', 4],
    ['foo, ,bar', 5],
    ['foo;;a', 4],
    ['foo; a b', 7],
    ['foo; a =1', 7],
    ['foo; =1', 5],
    ['foo; a= 1', 7],
    ['foo; a=;', 7],
    ['foo; a=,', 7],
    ['foo; a==1', 7],
    ['foo; a=1=2', 8],
    ['foo; a=1"', 8],
    ['foo; a=""', 8],
    ['foo; a="1"2', 10],
    ['foo; a="1""', 10],
    ['foo; a="1 2"', 9],
    ['foo; a="1,2"', 9],
    [String.raw`foo; a="\\"`, 9],
    [String.raw`foo; a="\""`, 9],
    [String.raw`foo; a=\1`, 7],
    ['foo; a="\u00e9"', 8],
    ['f\u00f6o', 1],
    ['foo\u{1f600}', 3],
    ['foo\r\n', 3],
    ['foo\u0000', 3],
  ])('refuses %j at index %i', (header, index) => {
    expect(() => parseExtensions(header)).toThrow(
      new SyntaxError(`Unexpected character at index ${index}`),
    );
  });

  it.each([
    '',
    'foo,',
    'foo, ',
    'foo;',
    'foo; ',
    'foo ',
    'foo\t',
    'foo; a ',
    'foo; a=',
    'foo; a=1 ',
    'foo; a="',
    'foo; a="1',
    'foo; a="1" ',
    'foo; a="1\\',
  ])('refuses %j for its end', (header) => {
    expect(() => parseExtensions(header)).toThrow(new SyntaxError('Unexpected end of input'));
  });
});

describe('formatExtensions', () => {
  it.each<[FormattableExtensions, string]>([
    [{}, ''],
    [{ foo: {} }, 'foo'],
    [{ foo: [{}] }, 'foo'],
    [{ foo: {}, bar: {} }, 'foo, bar'],
    [{ foo: [{}, { a: true }] }, 'foo, foo; a'],
    [{ foo: { a: true, b: 1, c: 'x' } }, 'foo; a; b=1; c=x'],
    [{ foo: { a: [true, '1', 2], b: [] } }, 'foo; a; a=1; a=2'],
    [{ foo: [] }, ''],
    [
      { 'permessage-deflate': [{ server_max_window_bits: 10, client_no_context_takeover: true }] },
      'permessage-deflate; server_max_window_bits=10; client_no_context_takeover',
    ],
  ])('writes %j', (extensions, header) => {
    expect(formatExtensions(extensions)).toBe(header);
  });

  it.each<[FormattableExtensions, string]>([
    [{ 'a b': {} }, 'The extension name must be a token, got "a b"'],
    [{ '': {} }, 'The extension name must be a token, got ""'],
    [{ foo: { 'a,b': true } }, 'The extension parameter name must be a token, got "a,b"'],
    [
      { foo: { a: 'x\r\nSet-Cookie: y' } },
      'The value of the extension parameter "a" must be a token, got "x\\r\\nSet-Cookie: y"',
    ],
    [{ foo: { a: '' } }, 'The value of the extension parameter "a" must be a token, got ""'],
  ])('refuses %j', (extensions, message) => {
    expect(() => formatExtensions(extensions)).toThrow(new TypeError(message));
  });
});
