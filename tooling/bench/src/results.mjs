// @ts-check
/** The results of all workloads, as they are kept in a file. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {Record<string, number>} Round - what was measured, under names that end in their unit
 *
 * @typedef WorkloadResult
 * @property {string} date - ISO 8601
 * @property {string} commit
 * @property {number} roundMs
 * @property {Record<string, Round[]>} rounds - by subject; the first of each were measured one
 *   after the other, then the second ones
 *
 * @typedef Results
 * @property {import('./machine.mjs').Machine} machine
 * @property {import('./machine.mjs').Versions} versions
 * @property {Record<string, WorkloadResult>} workloads - by id
 */

const directory = fileURLToPath(new URL('../results/', import.meta.url));
const digits = 5;

/** @param {boolean} kept */
export function resultsFile(kept) {
  return path.join(directory, kept ? 'latest.json' : 'trial.json');
}

/**
 * @param {string} file
 * @returns {Results | undefined}
 */
export function readResults(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @type {(file: string, results: Results) => void} */
export function writeResults(file, results) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, round, 2)}\n`);
}

/**
 * The results to go on with: those of the last time, unless something has
 * changed that would make one table of two measurements.
 *
 * @param {Results | undefined} last
 * @param {Pick<Results, 'machine' | 'versions'>} now
 * @returns {Results}
 */
export function continueResults(last, now) {
  const same =
    last !== undefined &&
    JSON.stringify(last.machine) === JSON.stringify(now.machine) &&
    JSON.stringify(last.versions) === JSON.stringify(now.versions);
  return same ? last : { ...now, workloads: {} };
}

/** @type {(key: string, value: unknown) => unknown} */
function round(_key, value) {
  return typeof value === 'number' ? Number(value.toPrecision(digits)) : value;
}
