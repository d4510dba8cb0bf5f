#!/usr/bin/env node
// @ts-check
// What `npm start` runs.
import { HELP, readCommandLine, StartError } from '../src/command-line.mjs';
import { run } from '../src/run.mjs';

try {
  const { action, port } = readCommandLine(process.argv.slice(2), process.env);
  if (action === 'help') process.stdout.write(HELP);
  else process.exitCode = await run({ port, keepServing: action === 'serve' });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`hybi demo: ${error.message}\n`);
  process.exitCode = 1;
}
