// @ts-check
/** Installs and builds, and knows when there is nothing to do. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pnpm } from './run.mjs';
import { packageDirectories, readManifest, root } from './workspace.mjs';

/** Installs exactly what the lockfile says. */
export async function install() {
  await pnpm(['install', '--frozen-lockfile']);
}

/**
 * Builds packages, each after those that it depends on.
 *
 * @param {string[]} [directories] default: all
 */
export async function build(directories = packageDirectories()) {
  const filters = directories.map((directory) => [
    '--filter',
    `./${path.relative(root, directory)}`,
  ]);
  await pnpm(['--recursive', ...filters.flat(), 'run', 'build']);
}

/**
 * Whether the last install came after every change to what is installed.
 *
 * @returns {boolean}
 */
export function isInstalled() {
  const manifests = ['packages', 'tooling'].flatMap((parent) =>
    filesBelow(path.join(root, parent), 1).filter((file) => path.basename(file) === 'package.json'),
  );
  const inputs = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'];
  // pnpm writes this file at the end of every install.
  const installed = modified(path.join(root, 'node_modules/.pnpm-workspace-state-v1.json'));
  return installed > newest([...inputs.map((file) => path.join(root, file)), ...manifests]);
}

/**
 * The packages whose `dist` is not there, or older than what it is made from.
 *
 * @returns {string[]} absolute paths
 */
export function staleDirectories() {
  const preset = [
    path.join(root, 'tsconfig.base.json'),
    ...filesBelow(path.join(root, 'tooling/build'), 0),
  ];
  return packageDirectories().filter((directory) => {
    const built = exportedFiles(readManifest(directory).exports)
      .filter((file) => file.startsWith('./dist/'))
      .map((file) => modified(path.join(directory, file)));
    const sources = [...filesBelow(directory, 0), ...filesBelow(path.join(directory, 'src'))];
    return Math.min(...built) < newest([...sources, ...preset]);
  });
}

/**
 * Every file that the `exports` of a manifest name.
 *
 * @param {unknown} exports
 * @returns {string[]}
 */
export function exportedFiles(exports) {
  if (typeof exports === 'string') return [exports];
  return Object.values(exports ?? {}).flatMap(exportedFiles);
}

/**
 * @param {string} directory
 * @param {number} [depth] how many folders to go down
 * @returns {string[]}
 */
function filesBelow(directory, depth = Infinity) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name);
    if (!entry.isDirectory()) return [file];
    return depth > 0 && entry.name !== 'node_modules' ? filesBelow(file, depth - 1) : [];
  });
}

/** @type {(files: string[]) => number} */
function newest(files) {
  return Math.max(...files.map(modified));
}

/** @type {(file: string) => number} */
function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;
}
