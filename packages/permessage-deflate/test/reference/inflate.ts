/**
 * A plain inflater after RFC 1951 that also measures how far back the data refers.
 */
export interface Inflated {
  output: number[];
  /** The farthest back-reference, in bytes. */
  maxDistance: number;
}

type Codes = Map<string, number>;

const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** @param window - output of earlier messages that may be referred to */
export function inflate(data: Uint8Array, window: readonly number[] = []): Inflated {
  const output = [...window];
  let maxDistance = 0;
  let at = 0; // in bits

  const bits = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value |= (((data[at >> 3] ?? 0) >> (at & 7)) & 1) << i;
    return value;
  };
  const symbol = (codes: Codes): number => {
    let code = '';
    while (code.length < 16) {
      code += bits(1);
      const found = codes.get(code);
      if (found !== undefined) return found;
    }
    throw new Error('no such code');
  };
  const stored = (): void => {
    at = (at + 7) & ~7;
    const length = bits(16);
    if (bits(16) !== (~length & 0xffff)) throw new Error('bad length of a stored block');
    for (let i = 0; i < length; i++) output.push(bits(8));
  };
  const compressed = (literals: Codes, distances: Codes): void => {
    for (let value = symbol(literals); value !== 256; value = symbol(literals)) {
      if (value < 256) {
        output.push(value);
        continue;
      }
      const length = lengthOf(value, bits);
      const distance = distanceOf(symbol(distances), bits);
      if (distance > output.length) throw new Error('too far back');
      maxDistance = Math.max(maxDistance, distance);
      for (let i = 0; i < length; i++) output.push(output[output.length - distance] as number);
    }
  };
  const dynamic = (): void => {
    const [literalCount, distanceCount, count] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
    const lengths = new Array<number>(19).fill(0);
    for (let i = 0; i < count; i++) lengths[codeLengthOrder[i] as number] = bits(3);
    const all = readLengths(codesOf(lengths), literalCount + distanceCount);
    compressed(codesOf(all.slice(0, literalCount)), codesOf(all.slice(literalCount)));
  };
  const readLengths = (codes: Codes, count: number): number[] => {
    const lengths: number[] = [];
    while (lengths.length < count) {
      const value = symbol(codes);
      if (value < 16) lengths.push(value);
      else if (value === 16) repeat(lengths, lengths.at(-1) as number, 3 + bits(2));
      else repeat(lengths, 0, value === 17 ? 3 + bits(3) : 11 + bits(7));
    }
    return lengths;
  };

  for (let final = 0; final === 0 && at < data.length * 8;) {
    final = bits(1);
    const type = bits(2);
    if (type === 0) stored();
    else if (type === 1) compressed(fixedLiterals, fixedDistances);
    else dynamic();
  }
  return { output: output.slice(window.length), maxDistance };
}

function repeat(target: number[], value: number, times: number): void {
  for (let i = 0; i < times; i++) target.push(value);
}

/** The canonical codes for a list of code lengths (RFC 1951 §3.2.2). */
function codesOf(lengths: readonly number[]): Codes {
  const codes: Codes = new Map();
  let next = 0;
  for (let length = 1; length <= 15; length++, next <<= 1) {
    lengths.forEach((of, value) => {
      if (of === length) codes.set((next++).toString(2).padStart(length, '0'), value);
    });
  }
  return codes;
}

const fixedLiterals = codesOf(
  Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
);
const fixedDistances = codesOf(new Array<number>(30).fill(5));

function lengthOf(value: number, bits: (count: number) => number): number {
  if (value === 285) return 258;
  if (value < 265) return value - 254;
  const extra = (value - 261) >> 2;
  return 3 + ((4 + ((value - 261) & 3)) << extra) + bits(extra);
}

function distanceOf(value: number, bits: (count: number) => number): number {
  if (value < 4) return value + 1;
  const extra = (value - 2) >> 1;
  return 1 + ((2 + (value & 1)) << extra) + bits(extra);
}
