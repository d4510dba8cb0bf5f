// @ts-check
/** The results of a workload on the terminal. */
import {
  formatBytes,
  formatRate,
  formatShare,
  formatSpread,
  formatTarget,
  formatTime,
} from './format.mjs';
import { describeWorkload } from './workloads.mjs';
import { reached, summarize } from './summary.mjs';

/**
 * @typedef {import('./workloads.mjs').Workload} Workload
 * @typedef {import('./results.mjs').WorkloadResult} WorkloadResult
 * @typedef {import('./summary.mjs').SubjectSummary} SubjectSummary
 */

/** @type {Record<string, [heading: string, format: (value: number) => string]>} */
const figures = {
  perSecond: ['per second', formatRate],
  cpuMicros: ['CPU', formatTime],
  p50Micros: ['p50', formatTime],
  p99Micros: ['p99', formatTime],
  clientBusy: ['client busy', formatShare],
  serverBusy: ['server busy', formatShare],
  generatorBusy: ['generator busy', formatShare],
  othersBusy: ['others busy', formatShare],
  rssBytes: ['resident', formatBytes],
  heapBytes: ['heap', formatBytes],
};

/**
 * @param {Workload} workload
 * @param {WorkloadResult} result
 * @returns {string} with a line end
 */
export function describeResult(workload, result) {
  const summaries = summarize(result);
  const names = Object.keys(summaries[0]?.medians ?? {}).filter((name) => name in figures);
  const heading = ['', ...names.map((name) => figures[name]?.[0] ?? name), 'ratio', 'CPU ratio'];
  const rows = summaries.map((summary) => [summary.id, ...cellsOf(summary, names)]);
  const verdict = 'hybi' in result.rounds ? reached(workload, result, 'hybi') : 'not measured';
  return [
    `\n${workload.id}: ${describeWorkload(workload)}`,
    ...layOut([heading, ...rows]),
    `target ${formatTarget(workload.target)}: ${verdict}\n`,
  ].join('\n');
}

/** @type {(summary: SubjectSummary, names: readonly string[]) => string[]} */
function cellsOf({ medians, ratio, cpuRatio }, names) {
  return [
    ...names.map((name) => figures[name]?.[1](medians[name] ?? NaN) ?? ''),
    ratio ? formatSpread(ratio) : '',
    cpuRatio ? formatSpread(cpuRatio) : '',
  ];
}

/** @param {string[][]} rows */
function layOut(rows) {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
