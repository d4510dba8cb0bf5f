// @ts-check
/** The programs that npm packages bring along for each platform. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Finds a binary in the optional dependencies of its package: the install
 * script, which would put it in its place, does not run here.
 *
 * @param {'bun' | 'deno'} name
 * @returns {string}
 * @throws {Error} none is installed that runs on this machine
 */
export function installedBinary(name) {
  const manifestPath = require.resolve(`${name}/package.json`);
  const { optionalDependencies = {} } = require(manifestPath);
  const { resolve } = createRequire(manifestPath);
  for (const dependency of Object.keys(optionalDependencies)) {
    for (const file of binariesOf(dependency, name, resolve)) {
      if (existsSync(file) && runs(file)) return file;
    }
  }
  throw new Error(`No ${name} is installed that runs on ${process.platform}-${process.arch}`);
}

/** @type {(dependency: string, name: string, resolve: (id: string) => string) => string[]} */
function binariesOf(dependency, name, resolve) {
  try {
    const directory = path.dirname(resolve(`${dependency}/package.json`));
    return [path.join(directory, 'bin', name), path.join(directory, name)];
  } catch {
    // For another platform, so it is not installed.
    return [];
  }
}

/** @param {string} file */
function runs(file) {
  try {
    execFileSync(file, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
