// @ts-check
// The demo from start to end: listen, check, serve until a signal comes.
import { once } from 'node:events';
import { StartError } from './command-line.mjs';
import { DemoServer } from './demo-server.mjs';
import { selfCheck } from './self-check.mjs';
import { Terminal } from './terminal.mjs';

/**
 * Runs the demo.
 *
 * @param {{ port: number, keepServing: boolean }} options - without `keepServing` it ends after
 *   the self-check
 * @returns {Promise<number>} the exit code: 1 when the self-check failed
 * @throws {StartError} when the port cannot be had
 */
export async function run({ port, keepServing }) {
  const terminal = new Terminal(process.stdout, process.env);
  const stopped = untilStopped();
  const server = await listen(port, (line) => terminal.line(`  ${line}`));
  terminal.title();

  const healthy = await reportChecks(server.host, terminal);
  if (healthy && keepServing) {
    terminal.ready(server.host);
    await stopped;
    terminal.line('  Closing.');
  }
  await server.close();
  return healthy ? 0 : 1;
}

// Listens once: a second Ctrl+C ends the process at once, as it would without us.
async function untilStopped() {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

/**
 * @param {number} port
 * @param {(line: string) => void} log
 */
async function listen(port, log) {
  try {
    return await DemoServer.start({ port, log });
  } catch (error) {
    throw new StartError(explain(/** @type {NodeJS.ErrnoException} */ (error), port));
  }
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} port
 */
function explain({ code, message }, port) {
  const remedy = 'Choose another one, for example: PORT=8081 npm start';
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program. ${remedy}`;
  if (code === 'EACCES') return `Port ${port} needs rights that this user does not have. ${remedy}`;
  return message;
}

/**
 * @param {string} host
 * @param {Terminal} terminal
 */
async function reportChecks(host, terminal) {
  let healthy = true;
  for await (const result of selfCheck(host)) {
    terminal.check(result);
    healthy &&= result.problem === undefined;
  }
  return healthy;
}
