// @ts-check
/** Writes docs/performance.md and its charts from results, and from a template that holds the prose. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as prettier from 'prettier';
import { drawChart } from './chart.mjs';
import { sectionOf, sections } from './sections.mjs';
import {
  cpuTable,
  generatorTable,
  latencyTable,
  lossList,
  memoryTable,
  sizeTable,
  summariesOf,
  throughputTable,
  titleOf,
} from './tables.mjs';
import { spreadOf } from '../src/statistics.mjs';
import { describeWorkload } from '../src/workloads.mjs';

/**
 * @typedef {import('../src/results.mjs').Results} Results
 * @typedef {import('../src/workloads.mjs').Workload} Workload
 * @typedef {import('./chart.mjs').Chart} Chart
 */

/** @type {Record<string, (members: readonly Workload[], results: Results) => string>} */
const tables = {
  throughput: throughputTable,
  cpu: cpuTable,
  latency: latencyTable,
  size: sizeTable,
  memory: memoryTable,
  generator: generatorTable,
  losses: lossList,
};

/**
 * @param {Results} results
 * @param {string} directory - gets `performance.md` and the folder `performance`
 */
export async function writeReport(results, directory) {
  const charts = path.join(directory, 'performance');
  mkdirSync(charts, { recursive: true });
  for (const { name, axis } of sections) {
    const { members } = sectionOf(name, results);
    if (members.length === 0) continue;
    const svg = await drawChart({ title: axis, ...marks(members, results) });
    writeFileSync(path.join(charts, `${name}.svg`), svg);
  }
  writeFileSync(path.join(directory, 'performance.md'), await createDocument(results));
}

/**
 * @param {Results} results
 * @returns {Promise<string>} Markdown
 */
export async function createDocument(results) {
  const url = new URL('performance.template.md', import.meta.url);
  const text = readFileSync(url, 'utf8').replaceAll(
    /^<!-- (\w+)(?: (\w+))? -->$/gm,
    (_, what, name) => fill(what, name, results),
  );
  return prettier.format(text, { parser: 'markdown', printWidth: 100 });
}

/** @type {(what: string, name: string | undefined, results: Results) => string} */
function fill(what, name, results) {
  if (what === 'circumstances') return circumstances(results);
  if (name === undefined) {
    const all = sections.flatMap((section) => sectionOf(section.name, results).members);
    return tableOf(what)(all, results);
  }
  const { members } = sectionOf(name, results);
  if (what !== 'chart') return tableOf(what)(members, results);
  if (members.length === 0) return '';
  return `![The table below, drawn: a mark for each library, a line for the target](performance/${name}.svg)`;
}

/** @param {string} what */
function tableOf(what) {
  const create = tables[what];
  if (create === undefined) throw new RangeError(`The template asks for "${what}"`);
  return create;
}

/** @param {Results} results */
function circumstances({ machine, versions, workloads }) {
  const dates = Object.values(workloads).map(({ date }) => date.slice(0, 10));
  dates.sort();
  const commits = [...new Set(Object.values(workloads).map(({ commit }) => commit))];
  const [first, last] = [dates[0], dates.at(-1)];
  const { processor, cores, memoryGiB, system, pinned } = machine;
  return [
    `- Measured: ${first === last ? first : `${first} to ${last}`}, hybi at ${commits.join(', ')}`,
    `- Machine: ${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}; server and generator ${pinned ? 'on a core each' : 'not held to cores'}`,
    `- Versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
  ].join('\n');
}

/** @type {(members: readonly Workload[], results: Results) => Pick<Chart, 'points' | 'targets'>} */
function marks(members, results) {
  const label = (/** @type {Workload} */ workload) =>
    `${workload.id}: ${describeWorkload(workload)}`;
  const points = members.flatMap((workload) =>
    [...summariesOf(workload, results).values()].flatMap(({ id, ratio }) => {
      const spread = ratio ?? memorySpread(workload, id, results);
      const { median: value, min, max } = spread;
      return value > 0
        ? [{ workload: label(workload), subject: titleOf(id, workload), value, min, max }]
        : [];
    }),
  );
  const targets = members.map((workload) => ({
    workload: label(workload),
    value: workload.target.value / (workload.target.unit === 'bytes' ? 1000 : 1),
  }));
  return { points, targets };
}

/** In KB. @type {(workload: Workload, subject: string, results: Results) => import('../src/statistics.mjs').Spread} */
function memorySpread({ id }, subject, results) {
  const rounds = results.workloads[id]?.rounds[subject] ?? [];
  return spreadOf(rounds.map(({ rssBytes = NaN }) => rssBytes / 1000));
}
