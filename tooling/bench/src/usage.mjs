// @ts-check
/** What this process has used so far. Runs on Node, Bun and Deno. */
import process from 'node:process';

/**
 * @typedef Usage
 * @property {number} cpuMicros - user and system time of all threads
 * @property {number} rssBytes
 * @property {number} heapBytes - of the JavaScript heap, and what it holds outside of it
 */

const settleMs = 200;

/** @returns {Usage} */
export function usage() {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { cpuMicros: user + system, rssBytes: rss, heapBytes: heapUsed + external };
}

/**
 * As {@link usage}, after everything that is garbage has been collected.
 *
 * @returns {Promise<Usage>}
 */
export async function usageAfterGc() {
  const { Bun, gc } = /** @type {any} */ (globalThis);
  // Finalizers run after a collection, and what they let go of is garbage only then.
  for (let i = 0; i < 3; i++) {
    if (Bun) Bun.gc(true);
    else gc?.();
    await new Promise((resolve) => setTimeout(resolve, settleMs));
  }
  return usage();
}
