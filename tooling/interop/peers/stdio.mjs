// @ts-check
/**
 * Lets an endpoint take its commands from the standard input, and report on
 * the standard output. The program ends with its input.
 *
 * @import { Abilities } from './endpoint.mjs'
 */
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Endpoint } from './endpoint.mjs';

/** @param {Omit<Abilities, 'write'>} abilities */
export function serveStdio(abilities) {
  const endpoint = new Endpoint({
    ...abilities,
    write: (report) => void process.stdout.write(`${JSON.stringify(report)}\n`),
  });
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => endpoint.run(JSON.parse(line)));
  lines.on('close', () => process.exit());
}
