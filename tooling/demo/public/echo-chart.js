// The chart of round-trip times, in SVG. Logarithmic, so that one slow message among fast ones
// is seen and does not flatten the rest.

const SVG = 'http://www.w3.org/2000/svg';
const SHOWN = 120;
const MARGIN = { top: 10, right: 8, bottom: 8, left: 52 };
const DOT_RADIUS = 2.5;
const SHORTEST_MS = 0.01; // a clock with a coarse step may say 0, which has no logarithm

/** Draws the newest round trips, the last one at the right edge. */
export class EchoChart {
  #svg;
  #grid = shape('g', 'grid');
  #area = shape('path', 'area');
  #line = shape('path', 'line');
  #dots = shape('path', 'dots');
  #newest = shape('circle', 'newest');
  /** @type {readonly number[]} */
  #values = [];
  #isScheduled = false;

  /** @param {SVGSVGElement} svg - empty; its size comes from the style sheet */
  constructor(svg) {
    this.#svg = svg;
    svg.append(this.#grid, this.#area, this.#line, this.#dots, this.#newest);
    new ResizeObserver(() => this.draw(this.#values)).observe(svg);
  }

  /**
   * Shows the values with the next frame.
   *
   * @param {readonly number[]} values - in milliseconds, oldest first
   */
  draw(values) {
    this.#values = values;
    if (this.#isScheduled || values.length === 0) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#drawNow();
    });
  }

  #drawNow() {
    const { width, height } = this.#svg.getBoundingClientRect();
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const values = this.#values.slice(-SHOWN).map((value) => Math.max(value, SHORTEST_MS));
    const scale = new LogScale(values, height - MARGIN.bottom, MARGIN.top);
    const step = (width - MARGIN.left - MARGIN.right) / (SHOWN - 1);
    const points = values.map((value, index) => ({
      x: width - MARGIN.right - (values.length - 1 - index) * step,
      y: scale.at(value),
    }));

    this.#grid.replaceChildren(...scale.ticks.flatMap((tick) => gridLine(tick, scale, width)));
    this.#drawPoints(points, height - MARGIN.bottom);
  }

  /**
   * @param {{ x: number, y: number }[]} points - at least one
   * @param {number} floor
   */
  #drawPoints(points, floor) {
    const [first, last] = [points[0], points[points.length - 1]];
    if (first === undefined || last === undefined) return;
    const line = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L');
    this.#line.setAttribute('d', `M${line}`);
    this.#area.setAttribute('d', `M${first.x} ${floor}L${line}L${last.x} ${floor}Z`);
    this.#dots.setAttribute('d', points.map(dot).join(''));
    this.#newest.setAttribute('r', '4'); // not before there is a place for it
    this.#newest.setAttribute('cx', String(last.x));
    this.#newest.setAttribute('cy', String(last.y));
  }
}

/** Milliseconds to pixels, over the decades that the values need. */
class LogScale {
  #lowest;
  #decades;
  #bottom;
  #top;

  /**
   * @param {readonly number[]} values - at least one, all above 0
   * @param {number} bottom
   * @param {number} top
   */
  constructor(values, bottom, top) {
    this.#lowest = Math.floor(Math.log10(Math.min(...values)));
    this.#decades = Math.max(Math.ceil(Math.log10(Math.max(...values))) - this.#lowest, 1);
    this.#bottom = bottom;
    this.#top = top;
  }

  /** @param {number} value */
  at(value) {
    const share = (Math.log10(value) - this.#lowest) / this.#decades;
    return this.#bottom - share * (this.#bottom - this.#top);
  }

  /** Round numbers from bottom to top: 1, 2, 5 within a decade or two, else whole decades. */
  get ticks() {
    const steps = this.#decades <= 2 ? [1, 2, 5] : [1];
    const ticks = [];
    for (let exponent = this.#lowest; exponent < this.#lowest + this.#decades; exponent++) {
      ticks.push(...steps.map((step) => step * 10 ** exponent));
    }
    return [...ticks, 10 ** (this.#lowest + this.#decades)];
  }
}

/**
 * @param {number} tick
 * @param {LogScale} scale
 * @param {number} width
 */
function gridLine(tick, scale, width) {
  const y = String(Math.round(scale.at(tick)) + 0.5);
  const line = shape('line', '');
  line.setAttribute('x1', String(MARGIN.left));
  line.setAttribute('x2', String(width - MARGIN.right));
  line.setAttribute('y1', y);
  line.setAttribute('y2', y);
  const label = shape('text', '');
  label.setAttribute('x', String(MARGIN.left - 8));
  label.setAttribute('y', y);
  label.textContent = `${Number(tick.toPrecision(1))} ms`;
  return [line, label];
}

/** @param {{ x: number, y: number }} point */
function dot({ x, y }) {
  const r = DOT_RADIUS;
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}

/**
 * @param {string} name
 * @param {string} className
 */
function shape(name, className) {
  const element = document.createElementNS(SVG, name);
  if (className !== '') element.setAttribute('class', className);
  return element;
}
