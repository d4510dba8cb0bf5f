// @ts-check
/** A project of a user: an empty folder in which the tarballs are installed. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/lib/run.mjs';

const programs = fileURLToPath(new URL('../programs', import.meta.url));

/**
 * Installs the tarballs with npm, without the network, and puts the programs beside them.
 *
 * @param {string} directory does not exist yet
 * @param {import('./tarballs.mjs').PackedPackage[]} packages
 */
export async function installConsumer(directory, packages) {
  mkdirSync(directory, { recursive: true });
  const manifest = {
    name: 'consumer',
    private: true,
    dependencies: Object.fromEntries(
      packages.map(({ name, tarball }) => [name, `file:${path.relative(directory, tarball)}`]),
    ),
  };
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
  cpSync(programs, directory, { recursive: true });
  // Offline: nothing of what is published needs anything but itself.
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: directory,
  });
}
