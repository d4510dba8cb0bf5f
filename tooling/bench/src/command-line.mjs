// @ts-check
/** What `npm run bench` is asked to do. */
import { parseArgs } from 'node:util';
import { subjectById } from './subjects.mjs';
import { workloads, workloadsOf } from './workloads.mjs';

/**
 * @typedef {import('./measure-load.mjs').Timing} Timing
 *
 * @typedef Plan
 * @property {readonly import('./workloads.mjs').Workload[]} workloads
 * @property {readonly string[] | undefined} subjects - absent: those of each workload
 * @property {Timing} timing
 * @property {boolean} kept - whether the results are those that the document shows
 * @property {boolean} reportOnly
 */

/** @type {Timing} */
const thorough = { rounds: 5, warmUpMs: 1500, settleMs: 300, roundMs: 2000 };
/** @type {Timing} */
const quick = { rounds: 2, warmUpMs: 300, settleMs: 100, roundMs: 500 };

export const help = `Measures hybi beside its peers.

  npm run bench                         all workloads, about half an hour
  npm run bench -- --workloads a,g500   these workloads
  npm run bench -- --subjects hybi,ws   these libraries and servers
  npm run bench -- --rounds 3           rounds of each, instead of ${thorough.rounds}
  npm run bench -- --quick              ${quick.rounds} rounds of ${quick.roundMs} ms: a look, no measurement
  npm run bench -- --report             measures nothing, writes docs/performance.md anew

Workloads: ${workloads.map(({ id }) => id).join(' ')}

The results go to tooling/bench/results/latest.json, those of a workload in the
place of its last ones, and docs/performance.md is written from that file. With
--subjects, --rounds or --quick they go to tooling/bench/results/trial.json, and
no document is written.
`;

/**
 * @param {readonly string[]} args
 * @returns {Plan | undefined} nothing when help is asked for
 * @throws {TypeError | RangeError} there is no such option, workload or subject
 */
export function readCommandLine(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      quick: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      subjects: { type: 'string' },
      workloads: { type: 'string' },
    },
  });
  if (values.help) return undefined;
  const timing = { ...(values.quick ? quick : thorough) };
  if (values.rounds !== undefined) timing.rounds = readRounds(values.rounds);
  return {
    workloads: values.workloads ? listed(values.workloads).flatMap(workloadsOf) : workloads,
    subjects: values.subjects ? listed(values.subjects).map((id) => subjectById(id).id) : undefined,
    timing,
    kept: !values.quick && values.rounds === undefined && values.subjects === undefined,
    reportOnly: values.report,
  };
}

/** @param {string} list */
function listed(list) {
  return list.split(',').filter((item) => item !== '');
}

/** @param {string} text */
function readRounds(text) {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1) return rounds;
  throw new RangeError(`The number of rounds must be an integer from 1, not "${text}"`);
}
