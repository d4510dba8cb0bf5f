// @ts-check
/** Where things are in the workspace. Node's own modules only: this runs before the install. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {string} [packageManager]
 * @property {unknown} [exports]
 */

/**
 * Reads the package.json of a folder.
 *
 * @param {string} directory
 * @returns {Manifest}
 */
export function readManifest(directory) {
  return JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
}

/**
 * The folders of all packages that are published.
 *
 * @returns {string[]} absolute paths
 */
export function packageDirectories() {
  return readdirSync(path.join(root, 'packages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(root, 'packages', entry.name));
}
