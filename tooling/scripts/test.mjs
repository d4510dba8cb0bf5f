// @ts-check
/**
 * `npm test`: everything from an empty checkout to the last test.
 *
 * The last line of the output is the count of the tests, for programs to read.
 * With `CI=true` a browser must be there.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { pnpm, runInstalled } from './lib/run.mjs';
import { chooseSteps, runSteps } from './lib/steps.mjs';
import { testLine } from './lib/test-report.mjs';
import { build, install } from './lib/workspace-state.mjs';

/** @type {import('./lib/test-report.mjs').TestReport | undefined} */
let report;

/** @type {import('./lib/steps.mjs').Step[]} */
const steps = [
  { name: 'install', title: 'install dependencies with pnpm', run: install },
  {
    name: 'build',
    title: 'build all packages',
    needs: 'install',
    run: () => build(),
  },
  {
    name: 'lint',
    title: 'lint',
    needs: 'install',
    run: () =>
      runInstalled('eslint/bin/eslint.js', [
        '--config',
        'tooling/lint/eslint.config.js',
        '--max-warnings',
        '0',
        '.',
      ]),
  },
  {
    name: 'format',
    title: 'check the layout with Prettier',
    needs: 'install',
    run: () => runInstalled('prettier/bin/prettier.cjs', ['--check', '.']),
  },
  {
    name: 'types',
    title: 'check the types of every package, each with the globals of its platform',
    needs: 'install',
    run: () =>
      pnpm([
        '--recursive',
        '--no-bail',
        '--no-sort',
        '--filter',
        './packages/*',
        'run',
        'typecheck',
      ]),
  },
  {
    name: 'test-types',
    title: 'check the types of tests and tooling',
    needs: 'install',
    run: () => runInstalled('typescript/bin/tsc', ['--project', 'tooling/tsconfig.json']),
  },
  { name: 'chromium', title: 'look for Chromium', run: lookForChromium },
  { name: 'tests', title: 'run the tests', needs: 'install', run: runTests },
];

function lookForChromium() {
  const found = findChromium(process.env);
  if (found !== undefined) {
    console.log(`[chromium] the browser tests use ${found}`);
    return;
  }
  if (process.env['CI'] === 'true') {
    throw new Error('there is none, and with CI=true the browser tests must run');
  }
  console.log('[chromium] there is none: THE BROWSER TESTS ARE LEFT OUT (set CHROMIUM_PATH)');
}

async function runTests() {
  const chromium = findChromium(process.env);
  const directory = mkdtempSync(path.join(tmpdir(), 'hybi-tests-'));
  const file = path.join(directory, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  try {
    await runInstalled(
      'vitest/vitest.mjs',
      ['run', '--config', 'vitest.workspace.ts', ...reporters],
      { quiet: false, env: chromium === undefined ? {} : { CHROMIUM_PATH: chromium } },
    );
  } finally {
    report = readReport(file);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @type {(file: string) => typeof report} */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.log(`[tests] vitest left no report: ${error}`);
    return undefined;
  }
}

async function main() {
  const chosen = chooseSteps(steps, process.argv.slice(2));
  const failed = await runSteps(chosen);
  if (failed.length > 0) {
    process.exitCode = 1;
    console.log(`FAILED: ${failed.join(', ')}`);
  }
  if (chosen.some(({ name }) => name === 'tests')) console.log(testLine(report));
}

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
