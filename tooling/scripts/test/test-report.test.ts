import { describe, expect, it } from 'vitest';
import { testLine } from '../lib/test-report.mjs';

const report = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [1, 2, 3] }],
};

describe('testLine', () => {
  it('counts what passed and what failed', () => {
    expect(testLine(report)).toBe('tests: 3 passed, 0 failed');
    expect(testLine({ ...report, success: false, numFailedTests: 2 })).toBe(
      'tests: 3 passed, 2 failed',
    );
  });

  it('names what was skipped', () => {
    expect(testLine({ ...report, numPendingTests: 1, numTodoTests: 1 })).toBe(
      'tests: 3 passed, 0 failed, 2 skipped',
    );
  });

  it('counts a file that could not be loaded as a failed test', () => {
    const testResults = [...report.testResults, { status: 'failed', assertionResults: [] }];
    expect(testLine({ ...report, success: false, testResults })).toBe('tests: 3 passed, 1 failed');
  });

  it('never calls a failed run a success', () => {
    expect(testLine({ ...report, success: false })).toBe('tests: 3 passed, 1 failed');
    expect(testLine(undefined)).toBe('tests: 0 passed, 1 failed');
  });
});
