/**
 * Reads the value of a header field from left to right, each character once,
 * so that no input takes more than linear time.
 *
 * It knows tokens, quoted strings and optional whitespace, and nothing of the
 * fields that are made of them.
 */
import { isTokenCode } from './token.js';

const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * A position in a field value. A method that finds something else than it wants
 * throws a `SyntaxError`.
 */
export class FieldScanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /**
   * The start of a list element: a token that may have whitespace before it, but
   * not at the start of the field, where HTTP has stripped it.
   */
  element(): string {
    if (this.at > 0) this.skipWhitespace();
    return this.token();
  }

  /** One or more token characters, right here. */
  token(): string {
    const start = this.at;
    while (isTokenCode(this.code())) this.at++;
    if (this.at === start) throw this.unexpected();
    return this.text.slice(start, this.at);
  }

  /**
   * A token, or a quoted string whose content is a token once it is unescaped.
   *
   * @see RFC 6455 §9.1
   */
  tokenOrQuoted(): string {
    return this.take(QUOTE) ? this.restOfQuoted() : this.token();
  }

  /** Steps over `code` if that is the next character, and tells whether it did. */
  take(code: number): boolean {
    if (this.code() !== code) return false;
    this.at++;
    return true;
  }

  /**
   * The end of a list element: one of `delimiters` after optional whitespace, or
   * the end of the field.
   */
  expectDelimiter(delimiters: string): void {
    if (this.at === this.text.length) return;
    this.skipWhitespace();
    // Whitespace at the very end ends up here as well: nothing follows it.
    if (this.at === this.text.length || !delimiters.includes(this.text.charAt(this.at))) {
      throw this.unexpected();
    }
  }

  private restOfQuoted(): string {
    let content = '';
    do {
      this.take(BACKSLASH);
      // A run of characters at a time: an escaped character starts a new one.
      content += this.token();
    } while (!this.take(QUOTE));
    return content;
  }

  private skipWhitespace(): void {
    while (this.code() === SPACE || this.code() === TAB) this.at++;
  }

  private code(): number {
    return this.text.charCodeAt(this.at);
  }

  private unexpected(): SyntaxError {
    return new SyntaxError(
      this.at < this.text.length
        ? `Unexpected character at index ${this.at}`
        : 'Unexpected end of input',
    );
  }
}
