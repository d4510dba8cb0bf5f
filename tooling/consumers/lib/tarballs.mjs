// @ts-check
/** The packages in the form in which they are published. */
import path from 'node:path';
import { pnpm } from '../../scripts/lib/run.mjs';
import { build, exportedFiles, staleDirectories } from '../../scripts/lib/workspace-state.mjs';
import { packageDirectories, readManifest } from '../../scripts/lib/workspace.mjs';

/**
 * @typedef {object} PackedPackage
 * @property {string} name
 * @property {string[]} entries what a user may import, such as `@hybi/connection/node`
 * @property {string} tarball
 */

/**
 * Packs every package, after a build of those that have changed.
 *
 * @param {string} destination a folder for the tarballs
 * @returns {Promise<PackedPackage[]>}
 */
export async function packAll(destination) {
  const stale = staleDirectories();
  if (stale.length > 0) await build(stale);
  return packBuilt(destination);
}

/**
 * Packs every package as it was built last.
 *
 * @param {string} destination a folder for the tarballs
 * @returns {Promise<PackedPackage[]>}
 * @throws {Error} (rejects) when a package has changed since
 */
export async function packBuilt(destination) {
  const stale = staleDirectories().map((directory) => path.basename(directory));
  if (stale.length > 0) {
    throw new Error(
      `Not built since they were changed: ${stale.join(', ')}; npm run build does it`,
    );
  }
  // pnpm writes the versions of our packages in the place of `workspace:^`.
  const filter = ['--recursive', '--filter', './packages/*'];
  await pnpm([...filter, 'pack', '--pack-destination', destination]);
  return packedPackages(destination);
}

/**
 * What `packAll` will make.
 *
 * @param {string} destination
 * @returns {PackedPackage[]}
 */
export function packedPackages(destination) {
  return packageDirectories()
    .map(readManifest)
    .map(({ name, version, exports }) => ({
      name,
      entries: Object.entries(exports ?? {})
        .filter(([, target]) => exportedFiles(target).some((file) => file.startsWith('./dist/')))
        .map(([entry]) => path.posix.join(name, entry)),
      tarball: path.join(destination, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`),
    }));
}
