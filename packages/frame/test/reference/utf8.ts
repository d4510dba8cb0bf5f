/** The plain twin of `src/utf8.ts`: everything is asked of the platform's decoder. */

/** Whether the bytes are UTF-8 from the first to the last. */
export function isUtf8(bytes: readonly number[]): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

/** One of these ends completes every beginning of a character. */
const ends = [
  [],
  [0x80],
  [0x80, 0x80],
  [0x80, 0x80, 0x80],
  [0xa0, 0x80],
  [0x90, 0x80, 0x80],
] as const;

/** Whether the bytes are the beginning of some UTF-8 text. */
export function isUtf8Beginning(bytes: readonly number[]): boolean {
  return ends.some((end) => isUtf8([...bytes, ...end]));
}

/** The number of leading bytes that are the beginning of some UTF-8 text. */
export function utf8BeginningLength(bytes: readonly number[]): number {
  const bad = bytes.findIndex((_, i) => !isUtf8Beginning(bytes.slice(0, i + 1)));
  return bad === -1 ? bytes.length : bad;
}
