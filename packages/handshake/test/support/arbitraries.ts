/** What properties are checked on. */
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';

const tokenCharacters =
  "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A token, some of them names that objects inherit. */
export const token: Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...tokenCharacters), minLength: 1, maxLength: 12 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'permessage-deflate', '1'),
);

/** A text that comes near the grammar of lists: pieces of it in any order. */
export const nearlyGrammar: Arbitrary<string> = fc
  .array(
    fc.oneof(
      {
        weight: 9,
        arbitrary: fc.constantFrom(
          'a',
          'b1',
          ',',
          ', ',
          ';',
          '; ',
          '=',
          '="',
          '"',
          '\\',
          ' ',
          '\t',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2 }) },
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** Any text, and texts that come near the grammar. */
export const header: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: nearlyGrammar },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

/** 16 bytes in base64. */
export const key: Arbitrary<string> = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64'));
