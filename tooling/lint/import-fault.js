// @ts-check
/**
 * Reads the import table: is this import of this file allowed, and if not, why?
 *
 * It knows names and paths only. How an import is found in a source file is the
 * business of the lint rule and of the test.
 */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { importTable } from './import-table.js';

/**
 * @typedef {object} Import
 * @property {string} file the importing file, from the package's directory, with `/`
 * @property {string} specifier what stands in the quotes
 * @property {boolean} typeOnly whether it is gone after compilation
 */

/**
 * Finds the package that a source file belongs to.
 *
 * @param {string} file from the root of the workspace, with `/`
 * @returns {{ name: string, file: string } | undefined} the package, and the
 *   file from its directory; undefined for files that the table does not govern
 */
export function ownerOf(file) {
  for (const [name, { directory }] of Object.entries(importTable)) {
    if (file.startsWith(`${directory}/src/`))
      return { name, file: file.slice(directory.length + 1) };
  }
  return undefined;
}

/**
 * Says what is wrong with an import.
 *
 * @param {string} name the package that imports
 * @param {Import} imported
 * @returns {string | undefined} a message for people, or undefined when it is allowed
 */
export function importFault(name, { file, specifier, typeOnly }) {
  const entry = importTable[name];
  if (!entry) throw new RangeError(`${name} is not in the import table`);

  // `#name` stands for a file of the package itself, in `imports` of its manifest.
  if (specifier.startsWith('#')) return undefined;
  if (specifier.startsWith('.')) return relativeFault(name, entry, { file, specifier, typeOnly });
  if (specifier.startsWith('node:')) {
    return nodeFault(name, entry, { file, specifier, typeOnly });
  }
  if (builtinModules.includes(specifier)) return `Write 'node:${specifier}' for the module of Node`;

  const target = packageOf(specifier);
  if (target === name || entry.packages.includes(target)) return undefined;
  if (entry.packageTypes.includes(target)) {
    return typeOnly ? undefined : `${name} may import types of ${target} only: use 'import type'`;
  }
  if (entry.requiresPeers && entry.peers.includes(target)) return undefined;
  return `${name} may not import ${target}: see tooling/lint/import-table.js`;
}

/** @type {(name: string, entry: import('./import-table.js').PackageImports, imported: Import) => string | undefined} */
function relativeFault(name, entry, { file, specifier, typeOnly }) {
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!target.startsWith('src/')) {
    return `'${specifier}' leaves the sources of ${name}: import the other package by its name`;
  }
  if (typeOnly) return undefined;
  const crossed = entry.bundles.find((folder) => isBelow(folder, file) !== isBelow(folder, target));
  if (crossed === undefined) return undefined;
  return (
    `${crossed} is bundled on its own, '${specifier}' would put a second copy into it: ` +
    `import the value by the name of the package (${name})`
  );
}

/** @type {(name: string, entry: import('./import-table.js').PackageImports, imported: Import) => string | undefined} */
function nodeFault(name, entry, { file, specifier, typeOnly }) {
  const module = specifier.slice('node:'.length);
  if (allowed(entry.node, file).includes(module)) return undefined;
  if (allowed(entry.nodeTypes, file).includes(module)) {
    return typeOnly
      ? undefined
      : `${file} may import types of ${specifier} only: use 'import type'`;
  }
  return `${file} of ${name} may not import ${specifier}: see tooling/lint/import-table.js`;
}

/** @type {(modules: Record<string, string[]>, file: string) => string[]} */
function allowed(modules, file) {
  return Object.entries(modules).flatMap(([files, names]) =>
    files === file || (files.endsWith('/**') && isBelow(files.slice(0, -3), file)) ? names : [],
  );
}

/** @type {(folder: string, file: string) => boolean} */
function isBelow(folder, file) {
  return file.startsWith(`${folder}/`);
}

/** @type {(specifier: string) => string} */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
