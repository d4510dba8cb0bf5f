/**
 * Random programs, run against both implementations. Short here;
 * `HYBI_RANDOM_MINUTES=30 npx vitest run --config vitest.workspace.ts tooling/compat/test/random`
 * goes on for longer, and `HYBI_RANDOM_SEED` repeats a run.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hybi, ws } from '../src/implementations.js';
import { program } from '../src/random/program.js';
import type { Program } from '../src/random/program.js';
import { runProgram } from '../src/random/run-program.js';

const minutes = Number(process.env['HYBI_RANDOM_MINUTES'] ?? 0);
const seed = process.env['HYBI_RANDOM_SEED'];
const shortRuns = 150;

it(
  'whatever a program and its peer do, both implementations show the same',
  async () => {
    let cases = 0;
    const agree = async (each: Program): Promise<void> => {
      const theirs = await runProgram(each, ws);
      const ours = await runProgram(each, hybi);
      cases += 1;
      expect(ours).toEqual(theirs);
    };
    const limits =
      minutes > 0
        ? { numRuns: 1e9, interruptAfterTimeLimit: minutes * 60_000 }
        : { numRuns: shortRuns };
    await fc.assert(fc.asyncProperty(program, agree), {
      ...limits,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    });
    console.log(`random side by side: ${cases} programs, no difference`);
  },
  (minutes + 2) * 60_000,
);
