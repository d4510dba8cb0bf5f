/**
 * The ways in which a network may cut bytes.
 *
 * Each piece is a copy in memory of its own: a decoder may change what it is
 * given, and one case must not spoil the next.
 */

/** Cuts the bytes in two at every place, the empty halves at both ends included. */
export function* everySplit(data: Uint8Array): Generator<[head: Uint8Array, tail: Uint8Array]> {
  for (let at = 0; at <= data.length; at++) yield [data.slice(0, at), data.slice(at)];
}

/** Cuts the bytes into pieces of one byte. */
export function byteByByte(data: Uint8Array): Uint8Array[] {
  return chunksOf(data, [1]);
}

/**
 * Cuts the bytes into pieces of these sizes, over and over until nothing is left.
 *
 * @param sizes - bytes per piece, in turn; zero gives an empty piece
 * @throws {RangeError} when the sizes would never use up the bytes
 */
export function chunksOf(data: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  if (!sizes.some((size) => size > 0) || sizes.some((size) => !(size >= 0))) {
    throw new RangeError('The sizes must not be negative, and one must be above zero');
  }
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < data.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    chunks.push(data.slice(at, at + size));
    at += size;
  }
  return chunks;
}
