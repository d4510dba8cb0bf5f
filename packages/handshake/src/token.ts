/**
 * The `token` of HTTP: what names of headers, extensions, parameters and
 * subprotocols are made of.
 */

const TOKEN_CHARACTERS =
  "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 1 at the codes of token characters, for ASCII. */
const isTokenCharacter: Uint8Array = markCharacters(TOKEN_CHARACTERS);

function markCharacters(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = 1;
  return table;
}

/**
 * Tells whether a character may stand in a token.
 *
 * @param code - a UTF-16 code unit; `NaN` (past the end of a string) is no token character
 */
export function isTokenCode(code: number): boolean {
  return isTokenCharacter[code] === 1;
}

/**
 * Tells whether `value` is a token: one or more letters, digits or characters
 * of ``!#$%&'*+-.^_`|~``.
 *
 * @see RFC 9110 §5.6.2
 */
export function isToken(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    if (!isTokenCode(value.charCodeAt(i))) return false;
  }
  return value.length > 0;
}
