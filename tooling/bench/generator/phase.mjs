// @ts-check
/** A piece of time in which a load is sent, and what follows until the last reply is there. */
import { nanoseconds } from 'bun';

/**
 * @typedef Load
 * @property {number} completed - messages; grows
 * @property {boolean} idle - nothing is on its way
 * @property {() => void} begin - from here on it sends
 * @property {(now: number) => void} step - waits a little for what arrives, and reads it
 * @property {() => void} end - from here on it only reads
 *
 * @typedef Phase
 * @property {number} inTime - messages completed before the time was over
 * @property {number} elapsedNs - until then
 * @property {number} totalNs - until the last reply
 */

const drainLimitNs = 20e9;

/**
 * @param {Load} load
 * @param {number} ms
 * @returns {Phase}
 * @throws {Error} what was sent is not answered
 */
export function runPhase(load, ms) {
  const before = load.completed;
  const start = nanoseconds();
  const end = start + ms * 1e6;
  let now = start;
  load.begin();
  while (now < end) {
    load.step(now);
    now = nanoseconds();
  }
  const inTime = load.completed - before;
  const elapsedNs = now - start;
  load.end();
  drain(load);
  return { inTime, elapsedNs, totalNs: nanoseconds() - start };
}

/** @param {Pick<Load, 'idle' | 'step'>} load - one that does not send */
export function drain(load) {
  const limit = nanoseconds() + drainLimitNs;
  for (let now = 0; !load.idle; now = nanoseconds()) {
    if (now > limit) throw new Error('The server does not answer');
    load.step(now);
  }
}
