// @ts-check
/** Runs other programs: quietly, or in front of the user. */
import { spawn } from 'node:child_process';
import { userInfo } from 'node:os';
import path from 'node:path';
import { readManifest, root } from './workspace.mjs';

/** A program that failed, with what it had to say. */
export class CommandError extends Error {
  /**
   * @param {string} message
   * @param {string} output what it printed, when it ran quietly
   */
  constructor(message, output) {
    super(message);
    this.name = 'CommandError';
    this.output = output;
  }
}

/**
 * @typedef {object} RunOptions
 * @property {boolean} [quiet] keep the output for the error. Default true
 * @property {string} [cwd] default: the root of the workspace
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 */

/**
 * Runs a program without standard input.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} what it printed, when it ran quietly
 * @throws {CommandError} (rejects) unless it exits with 0
 */
export function run(command, args, { quiet = true, cwd = root, env = {} } = {}) {
  const stream = quiet ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...home(), ...env },
    stdio: ['ignore', stream, stream],
    // They are batch files there, which only a shell can run.
    shell: process.platform === 'win32' && ['npm', 'npx'].includes(command),
  });
  let output = '';
  for (const pipe of [child.stdout, child.stderr]) {
    pipe?.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const name = [command, ...args].join(' ');
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new CommandError(`${name}: ${error.message}`, output)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new CommandError(`${name} ended with ${signal ?? `exit code ${code}`}`, output));
    });
  });
}

/**
 * pnpm and npm stop at an empty HOME, which bare machines have.
 *
 * @returns {NodeJS.ProcessEnv}
 */
function home() {
  return process.env['HOME'] === '' ? { HOME: userInfo().homedir } : {};
}

/**
 * Runs a program that is installed in the workspace, with this Node.
 *
 * @param {string} script from `node_modules`
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runInstalled(script, args, options) {
  return run(process.execPath, [path.join(root, 'node_modules', script), ...args], options);
}

/**
 * Runs pnpm in the version that the workspace names, which need not be installed.
 *
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function pnpm(args, options) {
  return run('npx', ['--yes', /** @type {string} */ (readManifest(root).packageManager), ...args], {
    ...options,
    // Nobody is there to answer a question.
    env: { ...options?.env, CI: 'true' },
  });
}
