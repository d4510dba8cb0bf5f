/** The programs that npm packages bring along for each platform. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Manifest {
  optionalDependencies?: Record<string, string>;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * Finds the binary without the package's install script, which would only move it.
 *
 * @param name - `bun` or `deno`: the package, and the program in its optional dependencies
 * @throws {Error} when none is installed that runs on this machine
 */
export function installedBinary(name: string): string {
  const manifestPath = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Manifest;
  const { resolve } = createRequire(manifestPath);
  const candidates = Object.keys(manifest.optionalDependencies ?? {})
    .map((dependency) => directoryOf(`${dependency}/package.json`, resolve))
    .filter((directory) => directory !== undefined)
    .flatMap((directory) => ['bin', '.'].map((folder) => join(directory, folder, name + suffix)))
    .filter((file) => existsSync(file));
  // Some are for another C library, or for processors with more instructions.
  const binary = candidates.find(runs);
  if (binary !== undefined) return binary;
  throw new Error(
    `No ${name} runs here (${process.platform}-${process.arch}); ` +
      `installed: ${candidates.join(', ') || 'none'}`,
  );
}

function directoryOf(file: string, resolve: NodeJS.RequireResolve): string | undefined {
  try {
    return dirname(resolve(file));
  } catch {
    // For another platform, so it is not installed.
    return undefined;
  }
}

function runs(file: string): boolean {
  try {
    execFileSync(file, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
