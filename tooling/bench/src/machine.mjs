// @ts-check
/** What the numbers depend on: the machine, and the versions of all that is measured. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { pinned } from './cores.mjs';

/**
 * @typedef Machine
 * @property {string} processor
 * @property {number} cores
 * @property {number} memoryGiB
 * @property {string} system
 * @property {boolean} pinned - server and generator had a core each
 *
 * @typedef {Record<string, string>} Versions
 */

const measured = ['ws', 'bufferutil', 'websocket', 'faye-websocket', 'bun', 'deno'];
const require = createRequire(import.meta.url);

/** @returns {Machine} */
export function describeMachine() {
  const cpus = os.cpus();
  return {
    processor: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${/^\d+\.\d+/.exec(os.release())?.[0] ?? ''} ${process.arch}`,
    pinned,
  };
}

/** @returns {Versions} */
export function describeVersions() {
  /** @type {Versions} */
  const versions = { node: process.versions.node };
  for (const name of measured) versions[name] = versionOf(name);
  return versions;
}

/** The commit that hybi was at; what is not committed is not told. @returns {string} */
export function describeCommit() {
  try {
    const cwd = new URL('..', import.meta.url);
    const options = /** @type {const} */ ({ cwd, encoding: 'utf8', stdio: 'pipe' });
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], options).trim();
  } catch {
    return 'unknown';
  }
}

/** @param {string} name */
function versionOf(name) {
  const paths = require.resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      return JSON.parse(readFileSync(`${path}/${name}/package.json`, 'utf8')).version;
    } catch {
      // Not in this one.
    }
  }
  return 'unknown';
}
