/** Where the documents and the sources are; every path counts from the root and has `/`. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

export function exists(file: string): boolean {
  return existsSync(path.join(root, file));
}

/** All files below a directory that end like this, sorted. */
export function filesBelow(directory: string, ending: string): string[] {
  return readdirSync(path.join(root, directory), { recursive: true, encoding: 'utf8' })
    .map((file) => `${directory}/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith(ending) && !file.includes('/node_modules/'))
    .sort();
}

/** The directories right below one that are packages of the workspace. */
export function packagesBelow(parent: string): string[] {
  return readdirSync(path.join(root, parent))
    .map((name) => `${parent}/${name}`)
    .filter((directory) => exists(`${directory}/package.json`))
    .sort();
}

export interface Manifest {
  name: string;
  version: string;
  engines?: Record<string, string>;
  scripts?: Record<string, string>;
}

export function readManifest(directory: string): Manifest {
  return JSON.parse(read(path.posix.join(directory, 'package.json'))) as Manifest;
}

/** The documents that users and contributors read. */
export function documents(): string[] {
  const readmes = packagesBelow('packages').map((directory) => `${directory}/README.md`);
  return ['README.md', ...filesBelow('docs', '.md'), ...readmes.filter(exists)];
}

/** The sources of the published packages. */
export function sourceFiles(): string[] {
  return packagesBelow('packages').flatMap((directory) => filesBelow(`${directory}/src`, '.ts'));
}
