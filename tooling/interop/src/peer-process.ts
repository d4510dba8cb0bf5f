/** A peer in a child process, which is spoken to over its standard input and output. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PeerDriver } from './peer.js';
import type { Report } from './protocol.js';

export interface Program {
  command: string;
  /** Before the script. */
  args?: readonly string[];
  /** A file in `peers`. */
  script: string;
  env?: Readonly<Record<string, string>>;
}

/** @param fail - called when the program ends by itself, with what it had to say */
export async function startProcess(
  { command, args = [], script, env = {} }: Program,
  report: (report: Report) => void,
  fail: (error: Error) => void,
): Promise<PeerDriver> {
  const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
  const child = spawn(command, [...args, path], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  // It may die while a command is on its way: `close` tells why.
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => report(JSON.parse(line) as Report));
  const closed = once(child, 'close').then(([code, signal]) => {
    const error = new Error(`${command} ${script} ended with ${signal ?? code}: ${complaints}`);
    fail(error);
    return code === 0 ? undefined : error;
  });
  await once(child, 'spawn');
  return {
    command: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    async stop() {
      child.stdin.end();
      const error = await closed;
      if (error) throw error;
    },
  };
}
