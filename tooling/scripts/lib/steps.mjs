// @ts-check
/** Does one step after the other, and says so. */
import { CommandError } from './run.mjs';

/**
 * @typedef {object} Step
 * @property {string} name how the user chooses it
 * @property {string} title what it does, for people
 * @property {string} [needs] the step without which it can not be done
 * @property {() => unknown} run throws or rejects when it fails
 */

/**
 * Runs all steps that can be run, so that the user sees every fault at once.
 *
 * @param {Step[]} steps
 * @param {(line: string) => void} [print]
 * @returns {Promise<string[]>} the names of those that failed or could not be done
 */
export async function runSteps(steps, print = console.log) {
  /** @type {string[]} */
  const failed = [];
  for (const { name, title, needs, run } of steps) {
    if (needs !== undefined && failed.includes(needs)) {
      print(`[${name}] left out, because ${needs} failed`);
      failed.push(name);
      continue;
    }
    print(`[${name}] ${title} ...`);
    const start = performance.now();
    const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
    try {
      await run();
      print(`[${name}] done in ${seconds()}`);
    } catch (error) {
      failed.push(name);
      if (error instanceof CommandError && error.output !== '') print(error.output.trimEnd());
      print(`[${name}] FAILED after ${seconds()}: ${message(error)}`);
    }
  }
  return failed;
}

/**
 * Picks the steps that `--only` names.
 *
 * @param {Step[]} steps
 * @param {string[]} args `--only lint`, `--only=lint,types`; nothing means all
 * @returns {Step[]}
 * @throws {Error} when there is no such step or option
 */
export function chooseSteps(steps, args) {
  if (args.length === 0) return steps;
  const [option, ...values] = args.flatMap((arg) => arg.split(/[=,]/));
  const unknown = values.filter((value) => !steps.some(({ name }) => name === value));
  if (option !== '--only' || values.length === 0 || unknown.length > 0) {
    const names = steps.map(({ name }) => name).join(', ');
    throw new Error(`Not understood: ${args.join(' ')}. Use --only with some of: ${names}`);
  }
  return steps.filter(({ name }) => values.includes(name));
}

/** @type {(error: unknown) => string} */
function message(error) {
  return error instanceof Error ? error.message : String(error);
}
