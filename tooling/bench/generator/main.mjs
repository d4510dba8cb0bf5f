// @ts-check
/**
 * The load generator, a process of its own that runs on Bun. Works off one
 * command at a time and does nothing else meanwhile:
 *
 * | command   | what it does                                                  |
 * | --------- | ------------------------------------------------------------- |
 * | `check`   | compares replies with what was sent                           |
 * | `open`    | opens the connections of a workload                           |
 * | `run`     | sends for a while, and waits until all is answered            |
 * | `touch`   | sends one message over each of them, and waits for the replies |
 * | `close`   | closes the connections                                        |
 */
import { answerLines } from '../src/lines.mjs';
import { createScript } from '../src/script.mjs';
import { usage } from '../src/usage.mjs';
import { BroadcastLoad } from './broadcast-load.mjs';
import { checkReplies, replyLength } from './check.mjs';
import { EchoLoad } from './echo-load.mjs';
import { OpeningLoad } from './opening-load.mjs';
import { openConnections } from './opening.mjs';
import { runPhase } from './phase.mjs';
import { countByHeader, countByLength } from './replies.mjs';

/**
 * @typedef {import('../src/workloads.mjs').Workload} Workload
 *
 * @typedef Run
 * @property {number} messages - answered within the time
 * @property {number} allMessages - and those on their way when it was over
 * @property {number} elapsedNs
 * @property {number} totalNs - with the wait for the last reply
 * @property {number} replyBytes - of all messages, on the wire
 * @property {number} p50Micros
 * @property {number} p99Micros
 * @property {number} busy - the share of the time in which this process had a core
 */

/** @type {EchoLoad | BroadcastLoad | OpeningLoad | undefined} */
let load;

/** @type {Map<string, Promise<import('../src/script.mjs').Script>>} */
const scripts = new Map();

/** @param {Workload} workload */
function scriptOf({ id, shape }) {
  const script = scripts.get(id) ?? createScript(shape);
  scripts.set(id, script);
  return script;
}

/** @type {(workload: Workload, port: number) => Promise<EchoLoad | BroadcastLoad | OpeningLoad>} */
async function openLoad(workload, port) {
  const { connections, compression, inFlight } = workload.shape;
  if (workload.kind === 'opening') return new OpeningLoad(port, connections);
  const script = await scriptOf(workload);
  const fds = openConnections(port, connections, compression);
  const replies =
    compression === undefined
      ? countByLength(connections, replyLength(workload.shape))
      : countByHeader(connections);
  const Load = workload.kind === 'broadcast' ? BroadcastLoad : EchoLoad;
  return new Load(fds, script, inFlight, replies);
}

/** @type {Record<string, (request: any) => unknown>} */
const commands = {
  async check({ workload, port }) {
    return checkReplies(port, workload.shape, await scriptOf(workload));
  },

  async open({ workload, port }) {
    load = await openLoad(workload, port);
    return {};
  },

  /** @returns {Run} */
  run({ ms }) {
    if (load === undefined) throw new Error('There are no connections: open them first');
    const { completed, replies } = load;
    const bytesBefore = replies.bytes;
    load.latencies.clear();
    const before = usage();
    const { inTime, elapsedNs, totalNs } = runPhase(load, ms);
    const { cpuMicros } = usage();
    return {
      messages: inTime,
      allMessages: load.completed - completed,
      elapsedNs,
      totalNs,
      replyBytes: replies.bytes - bytesBefore,
      ...load.latencies.summary(),
      busy: ((cpuMicros - before.cpuMicros) * 1000) / totalNs,
    };
  },

  touch() {
    if (!(load instanceof EchoLoad)) throw new Error('There is no echo to send a message to');
    load.runOnce();
    return {};
  },

  close() {
    load?.close();
    load = undefined;
    return {};
  },
};

answerLines((request) => {
  const command = commands[request.command];
  if (command === undefined) throw new Error(`There is no command "${request.command}"`);
  return command(request);
});
