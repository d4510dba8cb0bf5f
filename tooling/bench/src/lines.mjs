// @ts-check
/**
 * How the programs of the bench talk to each other: JSON, a line each way, over
 * standard input and output. A program ends with its input. Runs on Node, Bun
 * and Deno.
 */
import process from 'node:process';
import { createInterface } from 'node:readline';

/** @type {(message: object) => void} */
export function tell(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/**
 * Answers each line with what `handle` returns, one after the other.
 *
 * @param {(request: any) => unknown} handle - a promise is waited for; what it throws is answered
 *   as `{ error }`
 */
export function answerLines(handle) {
  const lines = createInterface({ input: process.stdin });
  let last = Promise.resolve();
  lines.on('line', (line) => {
    last = last.then(async () => {
      try {
        tell(/** @type {object} */ (await handle(JSON.parse(line))));
      } catch (error) {
        tell({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    });
  });
  lines.on('close', () => process.exit());
}
