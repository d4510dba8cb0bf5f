// @ts-check
/** A program of the bench in a process of its own, which answers requests; see `lines.mjs`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { commandPrefix } from './cores.mjs';

/**
 * @typedef ProgramOptions
 * @property {string[]} command - the runtime and its flags
 * @property {string} file - within `tooling/bench`
 * @property {object} [options] - the program's one argument, as JSON
 * @property {NodeJS.ProcessEnv} [env] - added to the environment
 * @property {import('./cores.mjs').Place} place
 */

/** Of the kernel's clock ticks, whatever the machine: they are a hundred a second. */
const microsPerTick = 10_000;
const benchUrl = new URL('..', import.meta.url);

export class Program {
  /** @type {((line: string) => void)[]} */
  #waiting = [];
  /** @type {string[]} */
  #unread = [];
  #complaints = '';
  #child;
  #closed;
  /** @type {Error | undefined} */
  #failure;

  /** @param {ProgramOptions} options */
  constructor({ command, file, options = {}, env = {}, place }) {
    const script = fileURLToPath(new URL(file, benchUrl));
    const [runtime = '', ...args] = [...commandPrefix(place), ...command];
    this.name = file;
    this.#child = spawn(runtime, [...args, script, JSON.stringify(options)], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { stdin, stdout, stderr } = this.#child;
    // It may die while a request is on its way: `close` tells why.
    stdin.on('error', () => {});
    stderr.setEncoding('utf8').on('data', (text) => (this.#complaints += text));
    createInterface({ input: stdout }).on('line', (line) => this.#receive(line));
    this.#closed = once(this.#child, 'close').then(([code, signal]) => {
      this.#failure = new Error(`${file} ended with ${signal ?? code}: ${this.#complaints}`);
      for (const wake of this.#waiting.splice(0)) wake('');
    });
    this.#child.on('error', (error) => (this.#complaints += error.message));
  }

  /** @param {string} line */
  #receive(line) {
    const wake = this.#waiting.shift();
    if (wake) wake(line);
    else this.#unread.push(line);
  }

  /**
   * The next message of the program.
   *
   * @returns {Promise<any>}
   * @throws {Error} the program says that something failed, or has ended
   */
  async read() {
    /** @type {string} */
    const line =
      this.#unread.shift() ??
      (this.#failure ? '' : await new Promise((resolve) => this.#waiting.push(resolve)));
    if (line === '') throw this.#failure ?? new Error(`${this.name} said nothing`);
    const message = JSON.parse(line);
    if (message.error !== undefined) throw new Error(`${this.name}: ${message.error}`);
    return message;
  }

  /**
   * @param {object} request
   * @returns {Promise<any>} the answer
   */
  ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.read();
  }

  /** CPU time so far, of all threads; exact to 10 ms. For programs that answer no requests. */
  cpuMicros() {
    // Fields 14 and 15, counted behind the name, which may hold anything: user and system time.
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
  }

  /** Ends the program, and waits until it is gone. */
  async stop() {
    this.#child.stdin.end();
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), 2000);
    await this.#closed;
    clearTimeout(limit);
  }
}
