// The demo as the person starts it: a process.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../bin/demo.mjs', import.meta.url));

export class DemoProcess {
  readonly child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], port: string | undefined, nodeArgs: string[] = []) {
    this.child = spawn(process.execPath, [...nodeArgs, ENTRY, ...args], {
      env: { ...process.env, PORT: port },
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#ended = once(this.child, 'close');
  }

  /** Resolves with the address once the demo says that it is ready. */
  static async serving(port = '0'): Promise<{ demo: DemoProcess; address: string }> {
    const demo = new DemoProcess([], port);
    const [, address = ''] = await demo.printed(/Ready at (http:\S+)/);
    return { demo, address };
  }

  /** Waits until the demo has printed something. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stdout);
      if (match) return match;
      const more = once(this.child.stdout!, 'data').then(() => true);
      if (await Promise.race([more, this.#ended.then(() => false)])) continue;
      throw new Error(`the demo ended without ${pattern}:\n${this.stdout}${this.stderr}`);
    }
  }

  /** Resolves with the exit code, null after a signal. */
  async exitCode(): Promise<number | null> {
    const [code] = await this.#ended;
    return code as number | null;
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.child.kill(signal);
    return this.exitCode();
  }
}
