/** Wire bytes as a reader compares them with the RFC: `81 05 48 65 6c 6c 6f`. */

/**
 * Reads bytes written in hexadecimal; white space between them is for the reader.
 *
 * @throws {SyntaxError} when it is not pairs of hexadecimal digits
 */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/\s+/g, '');
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) {
    throw new SyntaxError(`Not bytes in hexadecimal: '${text}'`);
  }
  const result = new Uint8Array(digits.length / 2);
  for (let i = 0; i < result.length; i++) {
    result[i] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
  }
  return result;
}

/** Writes bytes in hexadecimal, one space between two: the form that `bytes` reads. */
export function hex(data: Uint8Array): string {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
