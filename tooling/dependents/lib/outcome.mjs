// @ts-check
/** Runs a program in a project, and compares what two projects printed. */
import { execFile } from 'node:child_process';
import path from 'node:path';

const timeoutMilliseconds = 60_000;

/**
 * @typedef {object} Outcome
 * @property {string} output what it printed
 * @property {string} fault empty if it ended by itself with exit code 0
 * @property {number} seconds
 */

/**
 * Runs a program, which has to end by itself: what is left open keeps it alive.
 *
 * @param {string} directory of the project
 * @param {string} program file name
 * @param {string} expectedWs the name of the package that has to be loaded as `ws`
 * @returns {Promise<Outcome>}
 */
export function runProgram(directory, program, expectedWs) {
  const args = ['--require', './programs/only.cjs', path.join('programs', program)];
  const options = {
    cwd: directory,
    env: { ...process.env, EXPECTED_WS: expectedWs },
    timeout: timeoutMilliseconds,
  };
  const start = performance.now();
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const seconds = (performance.now() - start) / 1000;
      resolve({ output: stdout, fault: error === null ? '' : faultOf(error, stderr), seconds });
    });
  });
}

/**
 * What is wrong with the outcome of a program.
 *
 * @param {Outcome} outcome
 * @param {string} expected
 * @returns {string} empty if nothing is
 */
export function compare({ output, fault }, expected) {
  if (fault === '' && output === expected) return '';
  const lines = output.split('\n');
  const wanted = expected.split('\n');
  const index = wanted.findIndex((line, at) => line !== lines[at]);
  const at = index === -1 ? wanted.length : index;
  const difference = `line ${at + 1}: expected ${quote(wanted[at])}, got ${quote(lines[at])}`;
  return [output === expected ? '' : difference, fault].filter(Boolean).join('\n');
}

/** @type {(line: string | undefined) => string} */
function quote(line) {
  return line === undefined ? 'the end' : JSON.stringify(line);
}

/** @type {(error: import('node:child_process').ExecFileException, stderr: string) => string} */
function faultOf({ code, killed }, stderr) {
  const end = killed ? `did not end in ${timeoutMilliseconds / 1000} s` : `exit code ${code}`;
  return `${end}\n${stderr}`.trimEnd();
}
