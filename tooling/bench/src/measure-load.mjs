// @ts-check
/** Measures servers under load: all subjects of a workload, in turns. */
import os from 'node:os';
import { startServer } from './subjects.mjs';

/**
 * @typedef {import('./workloads.mjs').Workload} Workload
 * @typedef {import('./subjects.mjs').Subject} Subject
 * @typedef {import('./program.mjs').Program} Program
 *
 * @typedef LoadRound
 * @property {number} perSecond - messages; deliveries of a broadcast, openings
 * @property {number} cpuMicros - of the server, per message
 * @property {number} p50Micros
 * @property {number} p99Micros
 * @property {number} replyBytes - per message, on the wire
 * @property {number} serverBusy - CPU time of the server, per time
 * @property {number} generatorBusy
 * @property {number} othersBusy - CPU time of everything else on the machine, per time
 *
 * @typedef Timing
 * @property {number} rounds
 * @property {number} warmUpMs - once, before the first round
 * @property {number} settleMs - before each round
 * @property {number} roundMs
 */

/**
 * @param {Workload} workload
 * @param {readonly Subject[]} subjects
 * @param {Program} generator
 * @param {Timing} timing
 * @param {(text: string) => void} progress
 * @returns {Promise<Record<string, LoadRound[]>>} the rounds of each subject
 */
export async function measureLoad(workload, subjects, generator, timing, progress) {
  /** @type {Record<string, LoadRound[]>} */
  const rounds = {};
  /** @type {{ subject: Subject, program: Program, port: number }[]} */
  const servers = [];
  try {
    for (const subject of subjects) {
      const server = { subject, ...(await startServer(subject, workload)) };
      servers.push(server);
      rounds[subject.id] = [];
      await prepare(workload, server, generator, timing);
    }
    for (let round = 0; round < timing.rounds; round++) {
      for (const { subject, program, port } of servers) {
        progress(`${workload.id}: round ${round + 1} of ${timing.rounds}, ${subject.title}`);
        await generator.ask({ command: 'open', workload, port });
        await generator.ask({ command: 'run', ms: timing.settleMs });
        rounds[subject.id]?.push(await measureRound(program, generator, timing.roundMs));
        await generator.ask({ command: 'close' });
      }
    }
  } finally {
    await Promise.all(servers.map(({ program }) => program.stop()));
  }
  return rounds;
}

/** @type {(workload: Workload, server: { subject: Subject, port: number }, generator: Program, timing: Timing) => Promise<void>} */
async function prepare(workload, { subject, port }, generator, { warmUpMs }) {
  try {
    await generator.ask({ command: 'check', workload, port });
  } catch (error) {
    throw new Error(`${subject.title} does not do workload ${workload.id}`, { cause: error });
  }
  await generator.ask({ command: 'open', workload, port });
  await generator.ask({ command: 'run', ms: warmUpMs });
  await generator.ask({ command: 'close' });
}

/** @type {(server: Program, generator: Program, ms: number) => Promise<LoadRound>} */
async function measureRound(server, generator, ms) {
  const othersBefore = allCpuMicros();
  const before = await server.ask({});
  /** @type {import('../generator/main.mjs').Run} */
  const run = await generator.ask({ command: 'run', ms });
  const after = await server.ask({});
  const allMicros = allCpuMicros() - othersBefore;
  const cpuMicros = after.cpuMicros - before.cpuMicros;
  const totalMicros = run.totalNs / 1000;
  return {
    perSecond: (run.messages * 1e9) / run.elapsedNs,
    cpuMicros: cpuMicros / run.allMessages,
    p50Micros: run.p50Micros,
    p99Micros: run.p99Micros,
    replyBytes: run.replyBytes / run.allMessages,
    serverBusy: cpuMicros / totalMicros,
    generatorBusy: run.busy,
    othersBusy: Math.max(0, (allMicros - cpuMicros) / totalMicros - run.busy),
  };
}

/** The CPU time of all processes since the machine has started. */
function allCpuMicros() {
  const times = os.cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return times.reduce((sum, ms) => sum + ms, 0) * 1000;
}
