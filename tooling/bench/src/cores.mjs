// @ts-check
/** Which program runs on which core, as far as the machine lets us say. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {'server' | 'generator' | 'any'} Place */

const [first, second] = hasTaskset() ? allowedCores() : [];

/** Whether programs are held to cores: it takes `taskset`, and two of them. */
export const pinned = second !== undefined;

/** @type {Record<Place, string>} */
const cores = { server: `${first}`, generator: `${second}`, any: `${first},${second}` };

/**
 * @param {Place} place
 * @returns {string[]} what goes before the command
 */
export function commandPrefix(place) {
  return pinned ? ['taskset', '--cpu-list', cores[place]] : [];
}

function hasTaskset() {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Those that this process may run on, which in a container need not be the first ones. */
function allowedCores() {
  const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'latin1'));
  return parseCoreList(list?.[1] ?? '');
}

/**
 * @param {string} list - as the kernel writes it: `0-2,8`
 * @returns {number[]}
 */
export function parseCoreList(list) {
  return list
    .split(',')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [from = NaN, to = from] = range.split('-').map(Number);
      return from <= to ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
    });
}
