import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha1 as chosen } from '#sha1';
import { sha1 as nodeSha1 } from '../src/sha1.node.js';
import { sha1 as portableSha1 } from '../src/sha1.portable.js';

it('is the one of Node on Node', () => {
  expect(chosen).toBe(nodeSha1);
});

describe.each([
  ['node', nodeSha1],
  ['portable', portableSha1],
])('sha1, %s', (_, sha1) => {
  // FIPS 180, the examples: hex to compare with the document.
  it.each([
    ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
    ],
    ['a'.repeat(1_000_000), '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
  ])('hashes the examples of the standard', (text, digest) => {
    expect(Buffer.from(sha1(text), 'base64').toString('hex')).toBe(digest);
  });

  it('hashes the example of RFC 6455 §1.3', () => {
    const text = 'dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
    expect(sha1(text)).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});

describe('the two implementations', () => {
  it('agree at every length around the edges of blocks', () => {
    for (let length = 0; length <= 260; length++) {
      const text = 'x'.repeat(length);
      expect([length, portableSha1(text)]).toEqual([length, nodeSha1(text)]);
    }
  });

  it('agree on any text, with lone surrogates too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(0xffff), (text, code) => {
        const any = text + String.fromCharCode(code);
        expect(portableSha1(any)).toBe(nodeSha1(any));
      }),
    );
  });
});
