// @ts-check
/** The bytes of a transfer: the same in every process, and different in every chunk. */

/** No power of two, so that the edges of chunks and of reads do not meet. */
export const chunkBytes = 65_000;

/**
 * @param {number} totalBytes
 * @returns {Generator<Buffer, void>} chunks that belong to the caller
 */
export function* chunksOf(totalBytes) {
  // Odd, so that no byte is like the one of a neighbouring chunk.
  const pattern = Buffer.from(
    Uint8Array.from({ length: chunkBytes }, (_, index) => (index * 167) ^ (index >> 8)),
  );
  let sent = 0;
  for (let count = 0; sent < totalBytes; count += 1) {
    const chunk = Buffer.from(pattern.subarray(0, Math.min(chunkBytes, totalBytes - sent)));
    if (chunk.length >= 4) chunk.writeUInt32BE(count);
    sent += chunk.length;
    yield chunk;
  }
}
