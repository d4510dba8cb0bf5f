// @ts-check
/** The tables and lists of the document, in Markdown. */
import {
  formatBytes,
  formatRate,
  formatRatio,
  formatShare,
  formatSpread,
  formatTarget,
  formatTime,
} from '../src/format.mjs';
import { ratioOf, spreadOf } from '../src/statistics.mjs';
import { subjectById, subjects } from '../src/subjects.mjs';
import { describeWorkload } from '../src/workloads.mjs';
import { baseline, reached, summarize } from '../src/summary.mjs';

/**
 * @typedef {import('../src/results.mjs').Results} Results
 * @typedef {import('../src/workloads.mjs').Workload} Workload
 * @typedef {import('../src/summary.mjs').SubjectSummary} SubjectSummary
 *
 * @typedef {Map<string, SubjectSummary>} Summaries - by subject
 * @typedef {(summary: SubjectSummary, summaries: Summaries) => string} Cell
 */

const own = 'hybi';
const none = '–';
const notMeasured = 'Not measured yet.';

/**
 * Throughput: what `ws` does, and how many times that the others do.
 *
 * @type {(workloads: readonly Workload[], results: Results) => string}
 */
export function throughputTable(workloads, results) {
  const others = subjectsOf(workloads, results).filter((id) => id !== baseline);
  return table(
    ['', 'workload', 'ws', ...others.map((id) => titleOf(id, workloads[0])), 'target', 'reached'],
    workloads.map((workload) => {
      const summaries = summariesOf(workload, results);
      return [
        workload.id,
        describeWorkload(workload),
        cell(summaries, baseline, ({ medians }) => formatRate(medians['perSecond'] ?? NaN)),
        ...others.map((id) => cell(summaries, id, ratioCell)),
        formatTarget(workload.target),
        verdict(workload, results, summaries),
      ];
    }),
  );
}

/**
 * CPU time of the measured process per message.
 *
 * @type {(workloads: readonly Workload[], results: Results) => string}
 */
export function cpuTable(workloads, results) {
  const ids = subjectsOf(workloads, results);
  return table(
    ['', ...ids.map((id) => titleOf(id, workloads[0]))],
    workloads.map((workload) => {
      const summaries = summariesOf(workload, results);
      return [workload.id, ...ids.map((id) => cell(summaries, id, cpuCell))];
    }),
  );
}

/** @type {(workloads: readonly Workload[], results: Results) => string} */
export function latencyTable(workloads, results) {
  const ids = subjectsOf(workloads, results);
  return table(
    ['', ...ids.map((id) => titleOf(id, workloads[0]))],
    workloads.map((workload) => {
      const summaries = summariesOf(workload, results);
      return [
        workload.id,
        ...ids.map((id) =>
          cell(summaries, id, ({ medians }) => {
            const { p50Micros = NaN, p99Micros = NaN } = medians;
            return `${formatTime(p50Micros)} / ${formatTime(p99Micros)}`;
          }),
        ),
      ];
    }),
  );
}

/**
 * Bytes of a reply on the wire.
 *
 * @type {(workloads: readonly Workload[], results: Results) => string}
 */
export function sizeTable(workloads, results) {
  const ids = subjectsOf(workloads, results);
  return table(
    ['', 'uncompressed', ...ids.map((id) => titleOf(id, workloads[0]))],
    workloads.map((workload) => {
      const summaries = summariesOf(workload, results);
      const size = (/** @type {SubjectSummary} */ { medians }) =>
        `${Math.round(medians['replyBytes'] ?? NaN)} B`;
      return [
        workload.id,
        `${workload.shape.bytes} B`,
        ...ids.map((id) => cell(summaries, id, size)),
      ];
    }),
  );
}

/** @type {(workloads: readonly Workload[], results: Results) => string} */
export function memoryTable(workloads, results) {
  const ids = subjectsOf(workloads, results);
  return table(
    ['', 'workload', ...ids.map((id) => titleOf(id, workloads[0])), 'target', 'reached'],
    workloads.map((workload) => {
      const summaries = summariesOf(workload, results);
      const memory = (/** @type {SubjectSummary} */ { medians }) =>
        `${formatBytes(medians['rssBytes'] ?? NaN)} (${formatBytes(medians['heapBytes'] ?? NaN)})`;
      return [
        workload.id,
        describeWorkload(workload),
        ...ids.map((id) => cell(summaries, id, memory)),
        formatTarget(workload.target),
        verdict(workload, results, summaries),
      ];
    }),
  );
}

/**
 * How busy the load generator was with the fastest of all, and how busy with hybi.
 *
 * @type {(workloads: readonly Workload[], results: Results) => string}
 */
export function generatorTable(workloads, results) {
  const rows = workloads.map((workload) => {
    const summaries = [...summariesOf(workload, results).values()];
    const rate = (/** @type {SubjectSummary} */ { medians }) => medians['perSecond'] ?? 0;
    const fastest = summaries.reduce((best, next) => (rate(next) > rate(best) ? next : best));
    const hybi = summaries.find(({ id }) => id === own);
    const shares = (/** @type {SubjectSummary | undefined} */ summary) => {
      const { serverBusy = NaN, generatorBusy = NaN } = summary?.medians ?? {};
      return [formatShare(serverBusy), formatShare(generatorBusy)];
    };
    return [
      workload.id,
      titleOf(fastest.id, workload),
      ...shares(fastest),
      ...shares(hybi),
      formatShare(spreadOf(summaries.map(({ medians }) => medians['othersBusy'] ?? NaN)).max),
    ];
  });
  return table(
    [
      '',
      'fastest',
      'its server',
      'generator',
      'server with hybi',
      'generator',
      'anything else on the machine, at most',
    ],
    rows,
  );
}

/**
 * Where hybi is behind: a target that is not reached, or somebody who is ahead.
 *
 * @type {(workloads: readonly Workload[], results: Results) => string}
 */
export function lossList(workloads, results) {
  if (workloads.length === 0) return notMeasured;
  const items = workloads.flatMap((workload) => {
    const summaries = summariesOf(workload, results);
    const hybi = summaries.get(own);
    if (hybi === undefined) return [];
    const says = [
      ...missedTarget(workload, results, hybi),
      ...[...summaries.values()].flatMap((other) => lead(other, workload, results)),
    ];
    return says.length > 0
      ? [`- **${workload.id}**, ${describeWorkload(workload)}: ${says.join('; ')}.`]
      : [];
  });
  return items.length > 0 ? items.join('\n') : 'Nowhere, in these measurements.';
}

/** @type {(workload: Workload, results: Results, hybi: SubjectSummary) => string[]} */
function missedTarget(workload, results, hybi) {
  const verdict = reachedBy(workload, results);
  if (verdict === 'yes') return [];
  const has = hybi.ratio
    ? formatRatio(hybi.ratio.median)
    : formatBytes(hybi.medians['rssBytes'] ?? NaN);
  const and = workload.target.roundTrips ? ', for round trips too' : '';
  const text = `${has}, the target is ${formatTarget(workload.target)}${and}`;
  return [verdict === 'no' ? text : `${text}, reached in some rounds`];
}

/** Differences smaller than this are none: the same program differs that much between runs. */
const noise = 1.05;

/** @type {(other: SubjectSummary, workload: Workload, results: Results) => string[]} */
function lead({ id, medians }, workload, results) {
  // The ceiling is no server, and the others are hybi too.
  if (id === 'net' || id.startsWith(own)) return [];
  const figures = (/** @type {string} */ subject, /** @type {string} */ name) =>
    (results.workloads[workload.id]?.rounds[subject] ?? []).map((round) => round[name] ?? NaN);
  const title = titleOf(id, workload);
  if (workload.kind === 'idle') {
    const { median } = ratioOf(figures(own, 'rssBytes'), figures(id, 'rssBytes'));
    return median > noise ? [`${title} takes ${formatBytes(medians['rssBytes'] ?? NaN)}`] : [];
  }
  const { median } = ratioOf(figures(id, 'perSecond'), figures(own, 'perSecond'));
  return median > noise ? [`${title} does ${formatRatio(median)} times as much`] : [];
}

/** @type {(workload: Workload, results: Results, summaries: Summaries) => string} */
function verdict(workload, results, summaries) {
  return cell(summaries, own, () => reachedBy(workload, results));
}

/** @type {(workload: Workload, results: Results) => import('../src/summary.mjs').Reached} */
function reachedBy(workload, results) {
  const result = results.workloads[workload.id];
  return result ? reached(workload, result, own) : 'no';
}

/** @type {Cell} */
function ratioCell({ id, ratio }) {
  if (ratio === undefined) return none;
  return id === own ? `**${formatSpread(ratio)}**` : formatRatio(ratio.median);
}

/** @type {Cell} */
function cpuCell({ id, medians, cpuRatio }) {
  const time = formatTime(medians['cpuMicros'] ?? NaN);
  return id === baseline || cpuRatio === undefined
    ? time
    : `${time} (${formatRatio(cpuRatio.median)})`;
}

/** @type {(summaries: Summaries, id: string, format: Cell) => string} */
function cell(summaries, id, format) {
  const summary = summaries.get(id);
  return summary === undefined ? none : format(summary, summaries);
}

/** @type {(workload: Workload, results: Results) => Summaries} */
export function summariesOf(workload, results) {
  const result = results.workloads[workload.id];
  return new Map((result ? summarize(result) : []).map((summary) => [summary.id, summary]));
}

/** Those of any of the workloads, in the order in which they are listed everywhere. @type {(workloads: readonly Workload[], results: Results) => string[]} */
function subjectsOf(workloads, results) {
  const present = new Set(
    workloads.flatMap(({ id }) => Object.keys(results.workloads[id]?.rounds ?? {})),
  );
  return subjects.map(({ id }) => id).filter((id) => present.has(id));
}

/** Runtimes have a client as well as a server. @type {(id: string, workload: Workload | undefined) => string} */
export function titleOf(id, workload) {
  const { title, clientTitle = title } = subjectById(id);
  return workload?.kind === 'client' ? clientTitle : title;
}

/** @type {(heading: string[], rows: string[][]) => string} */
function table(heading, rows) {
  if (rows.length === 0) return notMeasured;
  return [heading, heading.map(() => '---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}
