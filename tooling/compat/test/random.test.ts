/**
 * Random programs, run against both implementations. Short here;
 * `HYBI_RANDOM_MINUTES=30 npx vitest run --config vitest.workspace.ts tooling/compat/test/random`
 * goes on for longer, and `HYBI_RANDOM_SEED` repeats a run.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allOnThreadPool } from '../src/compression.js';
import { hybi, ws } from '../src/implementations.js';
import type { Implementation } from '../src/implementations.js';
import {
  losesEmptyMessages,
  losesMessages,
  withLateCallbacksLast,
  withLostMessages,
  withoutLostBytes,
  withoutMoments,
} from '../src/random/moments.js';
import { program } from '../src/random/program.js';
import type { Program } from '../src/random/program.js';
import { runProgram } from '../src/random/run-program.js';
import type { Seen } from '../src/random/run-program.js';

const minutes = Number(process.env['HYBI_RANDOM_MINUTES'] ?? 0);
const seed = process.env['HYBI_RANDOM_SEED'];
const shortRuns = 150;

/** All messages are compressed and inflated where `ws` does it. */
function agreeOnThreadPool(each: Program, theirs: Seen, ours: Seen): void {
  let expected = theirs;
  if (losesEmptyMessages(each)) expected = withLostMessages(theirs, ours);
  else if (losesMessages(each)) expected = withoutLostBytes(theirs, ours);
  expect(ours).toEqual(expected);
}

/** Small messages are compressed and inflated at once. */
function agreeButForMoments(each: Program, theirs: Seen, ours: Seen): void {
  const expected = losesMessages(each) ? withLostMessages(theirs, ours) : theirs;
  expect(withoutMoments(ours)).toEqual(withoutMoments(expected));
}

it(
  'whatever a program and its peer do, both implementations show the same',
  async () => {
    let cases = 0;
    const agree = async (each: Program): Promise<void> => {
      const run = async (lib: Implementation, options?: object): Promise<Seen> =>
        withLateCallbacksLast(each, await runProgram(each, lib, options));
      const theirs = await run(ws);
      const ours = await run(hybi, allOnThreadPool);
      cases += 1;
      if (each.compressed === false) expect(ours).toEqual(theirs);
      else {
        agreeOnThreadPool(each, theirs, ours);
        agreeButForMoments(each, theirs, await run(hybi));
      }
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
