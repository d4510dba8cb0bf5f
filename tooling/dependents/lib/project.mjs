// @ts-check
/** A project that uses the dependents: with the `ws` they ask for, or with hybi in its place. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/run.mjs';
import { readManifest } from '../../scripts/lib/workspace.mjs';

const folders = ['programs', 'scenarios'];

/** @type {(folder: string) => string} */
const source = (folder) => fileURLToPath(new URL(`../${folder}`, import.meta.url));

/**
 * Writes a project and installs what it needs from the npm registry.
 *
 * @param {string} directory does not exist yet
 * @param {object} manifest see `wsManifest` and `hybiManifest`
 */
export async function installProject(directory, manifest) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
  for (const folder of folders) {
    cpSync(source(folder), path.join(directory, folder), { recursive: true });
  }
  // No scripts: nothing here needs one, and they are the code of others.
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: directory });
}

/**
 * The project as its users have it: each package with the `ws` that it asks for.
 *
 * @param {import('./dependents.mjs').Dependent[]} dependents
 * @param {string} version of `ws` for the programs themselves
 */
export function wsManifest(dependents, version) {
  return { private: true, dependencies: { ...packagesOf(dependents), ws: version } };
}

/**
 * The same project with hybi wherever a package asks for `ws`.
 *
 * @param {import('./dependents.mjs').Dependent[]} dependents
 * @param {import('../../consumers/lib/tarballs.mjs').PackedPackage[]} packed
 */
export function hybiManifest(dependents, packed) {
  const overrides = Object.fromEntries(
    packed.map(({ name, tarball }) => [name === 'hybi' ? 'ws' : name, `file:${tarball}`]),
  );
  const ws = overrides['ws'];
  return { private: true, dependencies: { ...packagesOf(dependents), ws }, overrides };
}

/**
 * Everything that is installed as `ws`, at any depth.
 *
 * @param {string} directory of a project
 * @returns {string[]} `name@version`, as the packages call themselves
 */
export function installedAsWs(directory) {
  const modules = path.join(directory, 'node_modules');
  return readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/]node_modules[\\/])ws[\\/]package\.json$/.test(`${file}`))
    .map((file) => readManifest(path.join(modules, path.dirname(file))))
    .map(({ name, version }) => `${name}@${version}`);
}

/** @type {(dependents: import('./dependents.mjs').Dependent[]) => Record<string, string>} */
function packagesOf(dependents) {
  return Object.assign({}, ...dependents.map(({ packages }) => packages));
}
