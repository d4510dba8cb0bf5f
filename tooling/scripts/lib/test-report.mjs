// @ts-check
/** Reads vitest's JSON report. */

/**
 * @typedef {object} TestReport
 * @property {boolean} success
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults one per file
 */

/**
 * The line that sums a run up.
 *
 * A file that could not be loaded has no tests to count: it counts as one that
 * failed. So does a run that failed and does not say where, or left no report.
 *
 * @param {TestReport | undefined} report
 * @returns {string} `tests: 12 passed, 0 failed`, and what was skipped, if anything was
 */
export function testLine(report) {
  if (!report) return 'tests: 0 passed, 1 failed';
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const counted = report.numFailedTests + broken;
  const failed = report.success ? counted : Math.max(counted, 1);
  const skipped = report.numPendingTests + report.numTodoTests;
  const line = `tests: ${report.numPassedTests} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}
