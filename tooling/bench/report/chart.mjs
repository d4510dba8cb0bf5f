// @ts-check
/** Draws charts as SVG, in colours that can be read on a light and on a dark page. */
import * as vega from 'vega';
import { compile } from 'vega-lite';

/**
 * @typedef Point
 * @property {string} workload
 * @property {string} subject - its title
 * @property {number} value
 * @property {number} min
 * @property {number} max
 *
 * @typedef Chart
 * @property {string} title - of the axis
 * @property {Point[]} points
 * @property {{ workload: string, value: number }[]} targets
 */

// As far from white as from black.
const ink = '#7d8590';
const faint = '#7d859040';
const width = 560;
const rowHeight = 28;

/** In the order of the legend: hybi stands out, and its kin has its hue. */
const looks = /** @type {const} */ ([
  ['hybi', '#e5484d', 'circle'],
  ['hybi with bufferutil', '#e5484d', 'diamond'],
  ["hybi with ws's zlib settings", '#e5484d', 'square'],
  ['ws', '#3b82f6', 'circle'],
  ['ws with bufferutil', '#3b82f6', 'diamond'],
  ['websocket', '#a1732f', 'triangle-up'],
  ['faye-websocket', '#a855b8', 'triangle-down'],
  ["Bun's server", '#2f9e63', 'circle'],
  ["Bun's client", '#2f9e63', 'circle'],
  ["Deno's server", '#0891a5', 'diamond'],
  ['bare node:net', ink, 'cross'],
]);

/**
 * A row for each workload, a mark for each subject, and a line where the target is.
 *
 * @param {Chart} chart
 * @returns {Promise<string>} SVG
 */
export async function drawChart(chart) {
  const { spec } = compile(/** @type {any} */ (describe(chart)));
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}

/** @param {Chart} chart */
function describe({ title, points, targets }) {
  const rows = [...new Set(points.map(({ workload }) => workload))];
  const present = looks.filter(([name]) => points.some(({ subject }) => subject === name));
  /** @type {string[]} */
  const names = present.map(([name]) => name);
  // Drawn last is seen first.
  const onTop = [...points].sort((a, b) => names.indexOf(b.subject) - names.indexOf(a.subject));
  const y = {
    field: 'workload',
    type: 'ordinal',
    sort: rows,
    axis: { title: null, domain: false, ticks: false, grid: true },
  };
  /** @type {(field: string) => object} */
  const x = (field) => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', nice: false, padding: 12 },
    axis: { title, format: '~g', tickCount: 6 },
  });
  const color = {
    field: 'subject',
    type: 'nominal',
    scale: { domain: names, range: present.map(([, hue]) => hue) },
    legend: { title: null, orient: 'bottom', columns: 4, symbolOpacity: 1 },
  };
  const shape = {
    field: 'subject',
    type: 'nominal',
    scale: { domain: names, range: present.map(([, , mark]) => mark) },
  };
  return {
    width,
    height: { step: rowHeight },
    background: null,
    config: configuration,
    layer: [
      {
        data: { values: targets },
        mark: { type: 'tick', thickness: 2, size: rowHeight * 0.8, color: ink },
        encoding: { x: x('value'), y },
      },
      {
        data: { values: points },
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.45 },
        encoding: { x: x('min'), x2: { field: 'max' }, y, color },
      },
      {
        data: { values: onTop },
        mark: { type: 'point', filled: true, size: 70, opacity: 0.9 },
        encoding: { x: x('value'), y, color, shape },
      },
    ],
  };
}

const configuration = {
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: ink,
    titleColor: ink,
    gridColor: faint,
    domainColor: faint,
    tickColor: faint,
    labelFontSize: 12,
    labelLimit: 0,
    titleFontSize: 12,
    titleFontWeight: 'normal',
  },
  legend: { labelColor: ink, labelFontSize: 12, labelLimit: 0 },
};
