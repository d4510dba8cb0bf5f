// @ts-check
/** What the servers have in common: they are told what to do, say where they listen, and account. */
import process from 'node:process';
import { answerLines, tell } from '../src/lines.mjs';
import { usage, usageAfterGc } from '../src/usage.mjs';

/**
 * @typedef ServerOptions
 * @property {'echo' | 'broadcast'} mode - `broadcast`: every message goes to every connection
 * @property {import('../src/workloads.mjs').Shape} shape
 * @property {boolean} [sameZlib] - compress with the settings that `ws` has
 */

/**
 * @param {(options: ServerOptions) => number | Promise<number>} listen - returns the port
 */
export async function serve(listen) {
  const options = JSON.parse(process.argv[2] ?? '{}');
  answerLines(({ afterGc }) => (afterGc ? usageAfterGc() : usage()));
  tell({ port: await listen(options) });
}
