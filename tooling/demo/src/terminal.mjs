// @ts-check
// What the person at the terminal sees.
import { printable } from './printable.mjs';

const GREEN = 32;
const RED = 31;
const BOLD = 1;

/** Writes the demo's lines to a stream, with colour where it is a terminal that wants it. */
export class Terminal {
  #stream;
  #colour;

  /**
   * @param {NodeJS.WritableStream & { isTTY?: boolean }} stream
   * @param {{ NO_COLOR?: string | undefined }} env
   */
  constructor(stream, env) {
    this.#stream = stream;
    this.#colour = stream.isTTY === true && !env.NO_COLOR;
  }

  /** @param {string} text - trusted: goes out as it is */
  line(text = '') {
    this.#stream.write(`${text}\n`);
  }

  title() {
    this.line();
    this.line(`  ${this.#paint(BOLD, 'hybi')}  two-way, by the book`);
    this.line();
  }

  /** @param {import('./self-check.mjs').CheckResult} result */
  check({ name, milliseconds, problem }) {
    const verdict = problem === undefined ? this.#paint(GREEN, '  ok') : this.#paint(RED, 'FAIL');
    const outcome =
      problem === undefined
        ? `${milliseconds.toFixed(1).padStart(6)} ms`
        : `  ${printable(problem)}`;
    this.line(`${verdict}  ${name.padEnd(10)}${outcome}`);
  }

  /** @param {string} host */
  ready(host) {
    this.line();
    this.line(`  Ready at ${this.#paint(BOLD, `http://${host}`)}`);
    this.line('  Open it in two tabs and say hello. Ctrl+C stops it.');
    this.line();
  }

  /**
   * @param {number} style
   * @param {string} text
   */
  #paint(style, text) {
    return this.#colour ? `\u001b[${style}m${text}\u001b[0m` : text;
  }
}
