// @ts-check
/** The versions of Node that are supported: the running one, and others from the npm registry. */
import path from 'node:path';
import { cached } from './cache.mjs';

/** The release lines that `engines` of the packages promise. */
export const supportedMajors = [20, 22, 24, 26];

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
  const modules = await cached(`${name}@${major}`, `${name}-${major}`);
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(modules, name, 'bin', executable);
}
