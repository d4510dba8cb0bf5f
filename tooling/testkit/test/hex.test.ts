import { describe, expect, it } from 'vitest';
import { bytes, hex } from '../src/index.js';

describe('bytes', () => {
  it('reads digits of either case, with any white space', () => {
    expect(bytes('81 05 48\n6C6c 6f')).toEqual(
      new Uint8Array([0x81, 0x05, 0x48, 0x6c, 0x6c, 0x6f]),
    );
    expect(bytes('')).toEqual(new Uint8Array(0));
  });

  it.each(['8', '81 0', '0x81', 'zz'])('refuses %o', (text) => {
    expect(() => bytes(text)).toThrow(SyntaxError);
  });
});

describe('hex', () => {
  it('is read back by bytes', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(bytes(hex(all))).toEqual(all);
    expect(hex(new Uint8Array([0, 10, 255]))).toBe('00 0a ff');
  });
});
