// @ts-check
/** The workloads as the document groups them. */
import { workloads } from '../src/workloads.mjs';

/**
 * @typedef {import('../src/workloads.mjs').Workload} Workload
 *
 * @typedef Section
 * @property {string} name - of its tables in the template, and of its chart
 * @property {string} axis
 * @property {(workload: Workload) => boolean} holds
 */

/** @type {(workload: Workload) => boolean} */
const loads = ({ kind }) => ['echo', 'broadcast', 'opening'].includes(kind);

const times = 'times the throughput of ws (logarithmic)';

/** @type {readonly Section[]} */
export const sections = [
  {
    name: 'servers',
    axis: times,
    holds: (workload) => loads(workload) && workload.shape.compression === undefined,
  },
  {
    name: 'compression',
    axis: times,
    holds: (workload) => loads(workload) && workload.shape.compression !== undefined,
  },
  {
    name: 'memory',
    axis: 'KB for each connection (logarithmic): less is better',
    holds: ({ kind }) => kind === 'idle',
  },
  { name: 'clients', axis: times, holds: ({ kind }) => kind === 'client' },
  {
    name: 'codecs',
    axis: times,
    holds: ({ kind }) => kind === 'decoder' || kind === 'framer',
  },
];

/**
 * @param {string} name
 * @param {import('../src/results.mjs').Results} results
 * @returns {{ section: Section, members: Workload[] }} the workloads that were measured
 */
export function sectionOf(name, results) {
  const section = sections.find((candidate) => candidate.name === name);
  if (section === undefined) throw new RangeError(`There is no section "${name}"`);
  const members = workloads.filter(
    (workload) => section.holds(workload) && workload.id in results.workloads,
  );
  return { section, members };
}
