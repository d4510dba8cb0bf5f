/**
 * Runs a program of `docs/examples` as its reader does: as a process of its own,
 * with the built packages. It knows nothing of what the programs do.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface ExampleOptions {
  /** Over what the test runner has; `PORT` is 0 and `HOST` is 127.0.0.1 unless given. */
  env?: Readonly<Record<string, string>>;
  /** `pipe` gives `stdin` to the test; the program reads an empty input otherwise. */
  stdin?: 'pipe';
}

export interface Exit {
  /** Null after a signal. */
  code: number | null;
  signal: NodeJS.Signals | null;
}

interface Waiter {
  pattern: RegExp;
  resolve(match: RegExpMatchArray): void;
  reject(error: Error): void;
}

/**
 * Starts a program, and kills it when the test is over.
 *
 * @param file - its path in `docs/examples`, such as `text/client.mjs`
 */
export function runExample(file: string, options: ExampleOptions = {}): Example {
  const example = new Example(file, options);
  onTestFinished(() => example.kill());
  return example;
}

export class Example {
  /** Resolves when the program is over and all that it printed was read. */
  readonly exited: Promise<Exit>;
  readonly #file: string;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #waiters: Waiter[] = [];
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  #exit: Exit | undefined;

  constructor(file: string, { env = {}, stdin }: ExampleOptions) {
    this.#file = file;
    const path = fileURLToPath(new URL(`../../../docs/examples/${file}`, import.meta.url));
    this.#child = spawn(process.execPath, [path], {
      env: { ...process.env, NODE_OPTIONS: '', HOST: '127.0.0.1', PORT: '0', ...env },
      stdio: [stdin ?? 'ignore', 'pipe', 'pipe'],
    });
    this.#read(this.#child.stdout!, this.#stdout);
    this.#read(this.#child.stderr!, this.#stderr);
    this.exited = this.#waitForExit();
  }

  /** What a program that was started with `stdin: 'pipe'` reads. */
  get stdin(): Writable {
    if (this.#child.stdin === null) throw new Error("Start it with { stdin: 'pipe' }");
    return this.#child.stdin;
  }

  /** For signals other than the one that asks it to end. */
  get pid(): number {
    return this.#child.pid!;
  }

  /** All that it printed so far. */
  output(): string {
    return this.outputBytes().toString();
  }

  outputBytes(): Buffer {
    return Buffer.concat(this.#stdout);
  }

  /** All that it wrote to standard error so far. */
  errors(): string {
    return Buffer.concat(this.#stderr).toString();
  }

  /**
   * Waits for a line on standard output or standard error; those of before count.
   * Rejects with all output when the program ends without it.
   */
  lineMatching(pattern: RegExp): Promise<RegExpMatchArray> {
    for (const line of this.#lines) {
      const match = line.match(pattern);
      if (match) return Promise.resolve(match);
    }
    if (this.#exit) return Promise.reject(this.#failure(`ended without ${pattern}`));
    return new Promise((resolve, reject) => this.#waiters.push({ pattern, resolve, reject }));
  }

  /** Waits until a server says `listening on <port>`. */
  async port(): Promise<number> {
    const [, port] = await this.lineMatching(/^listening on (\d+)$/);
    return Number(port);
  }

  /** Asks it to end by SIGTERM. Rejects unless it then ends by itself, with code 0. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const { code } = await this.exited;
    if (code !== 0) throw this.#failure('did not end cleanly');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  #read(stream: Readable, chunks: Buffer[]): void {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    createInterface({ input: stream }).on('line', (line) => this.#addLine(line));
  }

  #addLine(line: string): void {
    this.#lines.push(line);
    this.#waiters = this.#waiters.filter(({ pattern, resolve }) => {
      const match = line.match(pattern);
      if (match) resolve(match);
      return !match;
    });
  }

  async #waitForExit(): Promise<Exit> {
    const [code, signal] = (await once(this.#child, 'close')) as [Exit['code'], Exit['signal']];
    this.#exit = { code, signal };
    for (const { pattern, reject } of this.#waiters) {
      reject(this.#failure(`ended without ${pattern}`));
    }
    return this.#exit;
  }

  #failure(what: string): Error {
    const { code, signal } = this.#exit ?? { code: null, signal: null };
    const end = `${this.#file} ${what} (${signal ?? code})`;
    return new Error(`${end}\nstdout:\n${this.output()}\nstderr:\n${this.errors()}`);
  }
}
