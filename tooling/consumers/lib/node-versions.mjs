// @ts-check
/** The versions of Node that are supported: the running one, and others from the npm registry. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/run.mjs';

/** The release lines that `engines` of the packages promise. */
export const supportedMajors = [20, 22, 24, 26];

const cache = fileURLToPath(new URL('../.cache', import.meta.url));

/**
 * The binary of a release line; downloaded once, and kept in the cache folder.
 *
 * @param {number} major
 * @returns {Promise<string>} an absolute path
 * @throws {Error} (rejects) when it can not be downloaded
 */
export async function nodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;

  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const directory = path.join(cache, `${name}-${major}`);
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const binary = path.join(directory, 'node_modules', name, 'bin', executable);
  if (!existsSync(binary)) await download(`${name}@${major}`, directory);
  return binary;
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
