// 10,000 cells on a canvas, one for each message.

const WIDE_PX = 480;
const EMPTY = 0;

/** What became of a message. */
export const Cell = Object.freeze({ Arrived: 1, OutOfOrder: 2 });

/** The cells; each frame paints only what changed since the one before. */
export class BurstGrid {
  #canvas;
  #context;
  #cells;
  /** @type {number[]} */
  #changed = [];
  #isScheduled = false;
  #width = 0;
  #columns = 1;
  #pitch = 1;
  #gap = 1;
  #colours = ['', '', ''];

  /**
   * @param {HTMLCanvasElement} canvas - as wide as the style sheet makes it
   * @param {number} total
   */
  constructor(canvas, total) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.#cells = new Uint8Array(total);
    new ResizeObserver(() => {
      if (canvas.clientWidth !== this.#width) this.#layOut();
    }).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#layOut());
  }

  clear() {
    this.#cells.fill(EMPTY);
    this.#layOut();
  }

  /**
   * @param {number} index
   * @param {1 | 2} state - of `Cell`
   */
  mark(index, state) {
    if (!(index in this.#cells)) return;
    this.#cells[index] = state;
    this.#changed.push(index);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      this.#changed.forEach((changed) => this.#paint(changed));
      this.#changed = [];
    });
  }

  // In whole device pixels, as cells that fall between pixels shimmer.
  #layOut() {
    const { clientWidth } = this.#canvas;
    const ratio = devicePixelRatio;
    this.#width = clientWidth;
    this.#pitch = Math.max(2, Math.round((clientWidth < WIDE_PX ? 2 : 3) * ratio));
    this.#gap = Math.max(1, Math.round(this.#pitch / 4));
    this.#columns = Math.max(1, Math.floor((clientWidth * ratio) / this.#pitch));
    const rows = Math.ceil(this.#cells.length / this.#columns);
    this.#canvas.width = Math.round(clientWidth * ratio);
    this.#canvas.height = rows * this.#pitch;
    this.#canvas.style.height = `${this.#canvas.height / ratio}px`;
    this.#colours = this.#readColours();
    this.#cells.forEach((_, index) => this.#paint(index));
  }

  #readColours() {
    const style = getComputedStyle(this.#canvas);
    return ['--line', '--accent', '--wrong'].map((name) => style.getPropertyValue(name));
  }

  /** @param {number} index */
  #paint(index) {
    const x = (index % this.#columns) * this.#pitch;
    const y = Math.floor(index / this.#columns) * this.#pitch;
    const size = this.#pitch - this.#gap;
    this.#context.fillStyle = this.#colours[this.#cells[index] ?? EMPTY] ?? '';
    this.#context.fillRect(x, y, size, size);
  }
}
