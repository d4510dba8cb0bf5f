// @ts-check
/** Measures workloads one after the other, each in the way of its kind. */
import { describeCommit } from './machine.mjs';
import { measureClients, measureCodecs } from './measure-alone.mjs';
import { measureIdle } from './measure-idle.mjs';
import { measureLoad } from './measure-load.mjs';
import { startGenerator, subjectById } from './subjects.mjs';

/**
 * @typedef {import('./workloads.mjs').Workload} Workload
 * @typedef {import('./results.mjs').WorkloadResult} WorkloadResult
 * @typedef {import('./results.mjs').Round} Round
 * @typedef {import('./subjects.mjs').Subject} Subject
 * @typedef {import('./program.mjs').Program} Program
 * @typedef {import('./measure-load.mjs').Timing} Timing
 * @typedef {import('./command-line.mjs').Plan} Plan
 */

/** Memory hardly differs between rounds, and each takes long. */
const maxIdleRounds = 3;

/**
 * @param {Pick<Plan, 'workloads' | 'subjects' | 'timing'>} plan
 * @param {(workload: Workload, result: WorkloadResult) => void} onResult - called for each
 *   workload, as soon as it is done
 * @param {(text: string) => void} progress
 */
export async function measureAll({ workloads, subjects, timing }, onResult, progress) {
  const generator = startGenerator();
  const commit = describeCommit();
  try {
    for (const workload of workloads) {
      const ids = workload.subjects.filter((id) => subjects?.includes(id) ?? true);
      const rounds = await measureRounds(
        workload,
        ids.map(subjectById),
        generator,
        timing,
        progress,
      );
      const date = new Date().toISOString();
      onResult(workload, { date, commit, roundMs: timing.roundMs, rounds });
    }
  } finally {
    await generator.stop();
  }
}

/** @type {(workload: Workload, subjects: Subject[], generator: Program, timing: Timing, progress: (text: string) => void) => Promise<Record<string, Round[]>>} */
function measureRounds(workload, subjects, generator, timing, progress) {
  switch (workload.kind) {
    case 'idle': {
      const count = Math.min(timing.rounds, maxIdleRounds);
      return measureIdle(workload, subjects, generator, count, progress);
    }
    case 'client':
      return measureClients(workload, subjects, timing, progress);
    case 'decoder':
    case 'framer':
      return measureCodecs(workload, subjects, timing, progress);
    default:
      return measureLoad(workload, subjects, generator, timing, progress);
  }
}
