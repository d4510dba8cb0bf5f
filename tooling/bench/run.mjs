// @ts-check
/**
 * Measures hybi beside its peers, and writes docs/performance.md.
 *
 *     node tooling/bench/run.mjs --help
 */
import { fileURLToPath } from 'node:url';
import { writeReport } from './report/report.mjs';
import { help, readCommandLine } from './src/command-line.mjs';
import { describeMachine, describeVersions } from './src/machine.mjs';
import { measureAll } from './src/measure.mjs';
import { continueResults, readResults, resultsFile, writeResults } from './src/results.mjs';
import { describeResult } from './src/terminal.mjs';

const plan = readCommandLine(process.argv.slice(2));
if (plan === undefined) {
  process.stdout.write(help);
} else {
  const file = resultsFile(plan.kept);
  if (!plan.reportOnly) await measure(plan, file);
  if (plan.kept) await report(file);
  else process.stdout.write(`\nResults: ${file}\n`);
}

/** @param {string} file */
async function report(file) {
  const results = readResults(file);
  if (results === undefined) throw new Error(`There are no results in ${file}: measure first`);
  const directory = fileURLToPath(new URL('../../docs/', import.meta.url));
  await writeReport(results, directory);
  process.stdout.write(`\nWritten: ${directory}performance.md\n`);
}

/** @type {(plan: import('./src/command-line.mjs').Plan, file: string) => Promise<void>} */
async function measure(plan, file) {
  const now = { machine: describeMachine(), versions: describeVersions() };
  const results = continueResults(readResults(file), now);
  await measureAll(
    plan,
    (workload, result) => {
      results.workloads[workload.id] = result;
      writeResults(file, results);
      showProgress('');
      process.stdout.write(describeResult(workload, result));
    },
    showProgress,
  );
}

/** Shows what is being measured, on a line that the next one replaces. @param {string} text */
function showProgress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
