// @ts-check
// Peers' text on its way to a terminal.

// Controls drive the terminal (move the cursor, set the title, answer back); separators and
// format characters, the bidirectional ones among them, make a line read as what it is not.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Writes control characters as escapes, so that a peer's text cannot drive the terminal.
 *
 * @param {string} text
 * @returns {string} `text` on one line, with `\x1b` or `\u{202e}` in place of the character
 */
export function printable(text) {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

/** @param {string} character */
function escapeCharacter(character) {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}
