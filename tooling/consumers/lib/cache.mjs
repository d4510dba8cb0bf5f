// @ts-check
/** Packages of the npm registry that the tests run: downloaded once, and kept in the cache folder. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/run.mjs';

const cache = fileURLToPath(new URL('../.cache', import.meta.url));

/**
 * Where a package is installed.
 *
 * @param {string} specifier with a version, such as `yarn@1.22.22`
 * @param {string} name of its folder in the cache
 * @returns {Promise<string>} the absolute path of a `node_modules`
 * @throws {Error} (rejects) when it can not be downloaded
 */
export async function cached(specifier, name) {
  const directory = path.join(cache, name);
  const modules = path.join(directory, 'node_modules');
  if (!existsSync(modules)) await download(specifier, directory);
  return modules;
}

/**
 * @param {string} specifier
 * @param {string} directory
 */
async function download(specifier, directory) {
  console.log(`Downloading ${specifier} from the npm registry into ${path.relative('.', cache)}`);
  // Renamed when it is complete: half a download must not count as one.
  const partial = `${directory}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
    await run('npm', ['install', '--prefix', partial, ...options, specifier], { cwd: partial });
    rmSync(directory, { recursive: true, force: true });
    renameSync(partial, directory);
  } catch (error) {
    const reason = error instanceof Error && 'output' in error ? error.output : error;
    throw new Error(`${specifier} could not be downloaded: ${reason}`, { cause: error });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
