// @ts-check
/** Measures the memory of connections that have nothing to do, after one message each. */
import { startServer } from './subjects.mjs';

/**
 * @typedef {import('./workloads.mjs').Workload} Workload
 * @typedef {import('./subjects.mjs').Subject} Subject
 * @typedef {import('./program.mjs').Program} Program
 *
 * @typedef IdleRound
 * @property {number} rssBytes - of the server process, per connection
 * @property {number} heapBytes - the JavaScript heap and what it holds outside, per connection
 */

/** What is set up once, and not for each connection, is there after these. */
const firstConnections = 200;

/**
 * @param {Workload} workload
 * @param {readonly Subject[]} subjects
 * @param {Program} generator
 * @param {number} count - of rounds, each with processes of its own
 * @param {(text: string) => void} progress
 * @returns {Promise<Record<string, IdleRound[]>>} the rounds of each subject
 */
export async function measureIdle(workload, subjects, generator, count, progress) {
  /** @type {Record<string, IdleRound[]>} */
  const rounds = {};
  for (let round = 0; round < count; round++) {
    for (const subject of subjects) {
      progress(`${workload.id}: round ${round + 1} of ${count}, ${subject.title}`);
      (rounds[subject.id] ??= []).push(await measureRound(workload, subject, generator));
    }
  }
  return rounds;
}

/** @type {(workload: Workload, subject: Subject, generator: Program) => Promise<IdleRound>} */
async function measureRound(workload, subject, generator) {
  const { program, port } = await startServer(subject, workload);
  const { shape } = workload;
  const { connections } = shape;
  const few = { ...workload, shape: { ...shape, connections: firstConnections } };
  try {
    await generator.ask({ command: 'check', workload, port });
    await generator.ask({ command: 'open', workload: few, port });
    await generator.ask({ command: 'touch' });
    await generator.ask({ command: 'close' });
    const before = await program.ask({ afterGc: true });
    await generator.ask({ command: 'open', workload, port });
    await generator.ask({ command: 'touch' });
    const after = await program.ask({ afterGc: true });
    return {
      rssBytes: (after.rssBytes - before.rssBytes) / connections,
      heapBytes: (after.heapBytes - before.heapBytes) / connections,
    };
  } finally {
    await generator.ask({ command: 'close' });
    await program.stop();
  }
}
