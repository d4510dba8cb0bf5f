// @ts-check
/** Measures programs that set their pace themselves: clients, and codecs without any socket. */
import { startClient, startCodec, startEchoServer } from './subjects.mjs';

/**
 * @typedef {import('./workloads.mjs').Workload} Workload
 * @typedef {import('./subjects.mjs').Subject} Subject
 * @typedef {import('./program.mjs').Program} Program
 * @typedef {import('./measure-load.mjs').Timing} Timing
 * @typedef {import('./results.mjs').Round} Round
 *
 * @typedef {(text: string) => void} Progress
 */

/** @type {(workload: Workload, subjects: readonly Subject[], timing: Timing, progress: Progress) => Promise<Record<string, Round[]>>} */
export async function measureClients(workload, subjects, timing, progress) {
  const { program: server, port } = await startEchoServer(workload);
  const start = (/** @type {Subject} */ subject) => startClient(subject, workload, port);
  try {
    return await measurePrograms(workload, subjects, start, timing, progress, server);
  } finally {
    await server.stop();
  }
}

/** @type {(workload: Workload, subjects: readonly Subject[], timing: Timing, progress: Progress) => Promise<Record<string, Round[]>>} */
export function measureCodecs(workload, subjects, timing, progress) {
  const start = (/** @type {Subject} */ subject) => startCodec(subject, workload);
  return measurePrograms(workload, subjects, start, timing, progress);
}

/** @type {(workload: Workload, subjects: readonly Subject[], start: (subject: Subject) => Promise<Program>, timing: Timing, progress: Progress, server?: Program) => Promise<Record<string, Round[]>>} */
async function measurePrograms(workload, subjects, start, timing, progress, server) {
  /** @type {Record<string, Round[]>} */
  const rounds = {};
  /** @type {{ subject: Subject, program: Program }[]} */
  const programs = [];
  try {
    for (const subject of subjects) {
      const program = await start(subject);
      programs.push({ subject, program });
      rounds[subject.id] = [];
      await program.ask({ ms: timing.warmUpMs });
    }
    for (let round = 0; round < timing.rounds; round++) {
      for (const { subject, program } of programs) {
        progress(`${workload.id}: round ${round + 1} of ${timing.rounds}, ${subject.title}`);
        const before = server?.cpuMicros() ?? 0;
        const { messages, elapsedNs, cpuMicros } = await program.ask({ ms: timing.roundMs });
        const elapsedMicros = elapsedNs / 1000;
        rounds[subject.id]?.push({
          perSecond: (messages * 1e9) / elapsedNs,
          cpuMicros: cpuMicros / messages,
          ...(server && {
            clientBusy: cpuMicros / elapsedMicros,
            generatorBusy: (server.cpuMicros() - before) / elapsedMicros,
          }),
        });
      }
    }
  } finally {
    await Promise.all(programs.map(({ program }) => program.stop()));
  }
  return rounds;
}
