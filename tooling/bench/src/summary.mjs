// @ts-check
/** What the rounds of a workload say: medians, and how many times `ws`. */
import { ratioOf, spreadOf } from './statistics.mjs';

/**
 * @typedef {import('./statistics.mjs').Spread} Spread
 * @typedef {import('./results.mjs').Round} Round
 * @typedef {import('./results.mjs').WorkloadResult} WorkloadResult
 *
 * @typedef SubjectSummary
 * @property {string} id
 * @property {Record<string, number>} medians - of each figure over the rounds
 * @property {Spread} [ratio] - how many times the throughput of `ws`
 * @property {Spread} [cpuRatio] - into how little of the CPU time of `ws` its own goes
 *
 * @typedef {'yes' | 'in some rounds' | 'no'} Reached
 */

export const baseline = 'ws';

/**
 * @param {WorkloadResult} result
 * @returns {SubjectSummary[]}
 */
export function summarize({ rounds }) {
  const others = rounds[baseline];
  return Object.entries(rounds).map(([id, own]) => {
    const summary = { id, medians: mediansOf(own) };
    if (others === undefined || own[0]?.['perSecond'] === undefined) return summary;
    const perSecond = ratioOf(figure(own, 'perSecond'), figure(others, 'perSecond'));
    if (own[0]['cpuMicros'] === undefined) return { ...summary, ratio: perSecond };
    const cpuRatio = ratioOf(figure(others, 'cpuMicros'), figure(own, 'cpuMicros'));
    return { ...summary, ratio: perSecond, cpuRatio };
  });
}

/**
 * Whether a subject has reached the target of a workload.
 *
 * @param {import('./workloads.mjs').Workload} workload
 * @param {WorkloadResult} result
 * @param {string} id - of the subject
 * @returns {Reached}
 */
export function reached({ target }, { rounds }, id) {
  const own = rounds[id] ?? [];
  if (target.unit === 'bytes') {
    const { median, min } = spreadOf(figure(own, 'rssBytes'));
    return grade(-median, -min, -target.value);
  }
  const others = rounds[baseline] ?? [];
  if (others.length !== own.length) return 'no';
  const grades = [ratioOf(figure(own, 'perSecond'), figure(others, 'perSecond'))]
    .concat(target.roundTrips ? timeRatios(own, others) : [])
    .map(({ median, max }) => grade(median, max, target.value));
  return order.find((candidate) => grades.includes(candidate)) ?? 'no';
}

/** From bad to good. @type {readonly Reached[]} */
const order = ['no', 'in some rounds', 'yes'];

/** @type {(typical: number, best: number, target: number) => Reached} */
function grade(typical, best, target) {
  if (typical >= target) return 'yes';
  return best >= target ? 'in some rounds' : 'no';
}

/** @type {(own: readonly Round[], others: readonly Round[]) => Spread[]} */
function timeRatios(own, others) {
  return ['p50Micros', 'p99Micros'].map((name) => ratioOf(figure(others, name), figure(own, name)));
}

/** @param {readonly Round[]} rounds */
function mediansOf(rounds) {
  const names = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, spreadOf(figure(rounds, name)).median]));
}

/** @type {(rounds: readonly Round[], name: string) => number[]} */
function figure(rounds, name) {
  return rounds.map((round) => round[name] ?? NaN);
}
