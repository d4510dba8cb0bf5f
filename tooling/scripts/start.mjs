// @ts-check
/**
 * `npm start`: installs and builds what is missing, then runs the demo.
 *
 * The demo runs in this very process, so that its arguments, its exit code and
 * Ctrl-C are its own.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from './lib/chromium.mjs';
import { runSteps } from './lib/steps.mjs';
import { build, install, isInstalled, staleDirectories } from './lib/workspace-state.mjs';
import { root } from './lib/workspace.mjs';

/** @returns {Promise<boolean>} whether the demo can run */
async function prepare() {
  if (!isInstalled()) {
    const step = { name: 'install', title: 'install dependencies with pnpm', run: install };
    if ((await runSteps([step])).length > 0) return false;
  }
  const stale = staleDirectories();
  if (stale.length === 0) {
    console.log('All packages are built already');
    return true;
  }
  const names = stale.map((directory) => path.basename(directory)).join(', ');
  const step = { name: 'build', title: `build ${names}`, run: () => build(stale) };
  return (await runSteps([step])).length === 0;
}

/**
 * A signal to npm alone ends npm and its shell but never gets here: so end,
 * as if told, when the shell is gone.
 */
function followNpm() {
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}

if (await prepare()) {
  if (process.env['npm_lifecycle_event'] === 'start') followNpm();
  const chromium = findChromium(process.env);
  if (chromium !== undefined) process.env['CHROMIUM_PATH'] = chromium;

  const demo = path.join(root, 'tooling/demo/bin/demo.mjs');
  process.argv[1] = demo;
  await import(pathToFileURL(demo).href);
} else {
  process.exitCode = 1;
}
