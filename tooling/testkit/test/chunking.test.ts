import { describe, expect, it } from 'vitest';
import { byteByByte, bytes, chunksOf, everySplit, hex } from '../src/index.js';

const data = bytes('01 02 03 04 05');

describe('everySplit', () => {
  it('cuts at every place, both ends included', () => {
    const splits = [...everySplit(data)].map((halves) => halves.map(hex));
    expect(splits).toEqual([
      ['', '01 02 03 04 05'],
      ['01', '02 03 04 05'],
      ['01 02', '03 04 05'],
      ['01 02 03', '04 05'],
      ['01 02 03 04', '05'],
      ['01 02 03 04 05', ''],
    ]);
  });

  it('hands out copies', () => {
    for (const [head, tail] of everySplit(data)) {
      head.fill(0);
      tail.fill(0);
    }
    expect(hex(data)).toBe('01 02 03 04 05');
  });
});

describe('byteByByte', () => {
  it('cuts between any two bytes', () => {
    expect(byteByByte(data).map(hex)).toEqual(['01', '02', '03', '04', '05']);
    expect(byteByByte(new Uint8Array(0))).toEqual([]);
  });
});

describe('chunksOf', () => {
  it('takes the sizes in turn', () => {
    expect(chunksOf(data, [2, 0, 1]).map(hex)).toEqual(['01 02', '', '03', '04 05']);
    expect(chunksOf(data, [9]).map(hex)).toEqual(['01 02 03 04 05']);
  });

  it.each([[[]], [[0]], [[1, -1]], [[Number.NaN, 1]]])('refuses the sizes %o', (sizes) => {
    expect(() => chunksOf(data, sizes)).toThrow(RangeError);
  });
});
