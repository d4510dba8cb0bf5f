// @ts-check
/**
 * Runs packages that use `ws`, once with `ws` and once with hybi in its place:
 * what they print has to be the same, and what stands in `expected`.
 *
 *     node tooling/dependents/run.mjs [--keep] [name ...]
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packAll } from '../consumers/lib/tarballs.mjs';
import { readManifest, root } from '../scripts/lib/workspace.mjs';
import { chooseDependents } from './lib/dependents.mjs';
import { compare, runProgram } from './lib/outcome.mjs';
import { hybiManifest, installedAsWs, installProject, wsManifest } from './lib/project.mjs';

/** @typedef {import('./lib/dependents.mjs').Dependent} Dependent */

const forms = { require: '.cjs', import: '.mjs' };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false } },
});
const directory = mkdtempSync(path.join(tmpdir(), 'hybi-dependents-'));
try {
  const faults = await tryAll(chooseDependents(positionals));
  for (const fault of faults) console.log(`\n${fault}`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  if (values.keep) console.log(`\nKept: ${directory}`);
  else rmSync(directory, { recursive: true, force: true });
}

/**
 * @param {Dependent[]} dependents
 * @returns {Promise<string[]>} what went wrong
 */
async function tryAll(dependents) {
  const tarballs = path.join(directory, 'tarballs');
  mkdirSync(tarballs);
  const packed = await packAll(tarballs);
  const { version } = readManifest(path.join(root, 'node_modules/ws'));
  await installProject(path.join(directory, 'ws'), wsManifest(dependents, version));
  await installProject(path.join(directory, 'hybi'), hybiManifest(dependents, packed));
  const copies = installedAsWs(path.join(directory, 'hybi'));
  console.log(
    `Installed as ws, without hybi: ${installedAsWs(path.join(directory, 'ws')).join(', ')}`,
  );
  console.log(`Installed as ws, with hybi: ${copies.join(', ')}\n`);
  const faults = copies.length === 1 && copies[0]?.startsWith('hybi@') ? [] : ['Not hybi alone'];

  print('package', 'version', 'form', 'with ws', 'with hybi', 'time');
  for (const dependent of dependents) {
    for (const [form, ending] of Object.entries(forms)) {
      faults.push(...(await tryOne(dependent, form, ending)));
    }
  }
  return faults;
}

/** @type {(dependent: Dependent, form: string, ending: string) => Promise<string[]>} */
async function tryOne({ name, packages }, form, ending) {
  const expected = readFileSync(new URL(`expected/${name}.txt`, import.meta.url), 'utf8');
  const results = [];
  for (const ws of ['ws', 'hybi']) {
    const outcome = await runProgram(path.join(directory, ws), `${name}${ending}`, ws);
    results.push({ ws, seconds: outcome.seconds, fault: compare(outcome, expected) });
  }
  const [shown = name, version = ''] = Object.entries(packages)[0] ?? [];
  const verdicts = results.map(({ fault }) => (fault === '' ? 'as expected' : 'DIFFERENT'));
  const times = results.map(({ seconds }) => seconds.toFixed(1)).join(' / ');
  print(shown, version, form, .../** @type {[string, string]} */ (verdicts), `${times} s`);
  return results
    .filter(({ fault }) => fault !== '')
    .map(({ ws, fault }) => `${shown}, ${form}, with ${ws}:\n${fault}`);
}

/** @type {(...cells: [string, string, string, string, string, string]) => void} */
function print(...cells) {
  const widths = [20, 8, 8, 12, 12, 0];
  console.log(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' '));
}
