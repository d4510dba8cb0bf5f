// The burst panel: counts 10,000 messages and checks that none is missing or out of order.
import { BurstGrid, Cell } from './burst-grid.js';
import { element } from './elements.js';

const MESSAGES = 10_000;
const number = new Intl.NumberFormat('en');

/**
 * @typedef {object} Done - the server's account after the last message
 * @property {'done'} type
 * @property {number} messages
 * @property {number} payloadBytes
 * @property {number} wireBytes
 */

/** @param {() => string} url */
export function startBurst(url) {
  const button = element('burst-start', HTMLButtonElement);
  const grid = new BurstGrid(element('burst-cells', HTMLCanvasElement), MESSAGES);

  button.addEventListener('click', () => {
    // Not `disabled`, which would take the focus away from who uses the keyboard.
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    grid.clear();
    runBurst(url(), grid, () => button.removeAttribute('aria-disabled'));
  });
}

/**
 * @param {string} url
 * @param {BurstGrid} grid
 * @param {() => void} onEnd
 */
function runBurst(url, grid, onEnd) {
  const socket = new WebSocket(url);
  const progress = new Progress(grid);
  /** @type {Done | undefined} */
  let done;
  show('burst-wire', '–');
  show('burst-verdict', 'Streaming.');

  socket.addEventListener('open', () => progress.start());
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'tick') progress.receive(message.seq);
    else if (message.type === 'done') done = message;
  });
  socket.addEventListener('close', ({ code, reason }) => {
    progress.stop();
    if (done) showResult(progress, done);
    else show('burst-verdict', `The burst ended early: ${reason || `close code ${code}`}.`);
    onEnd();
  });
}

/** What arrived so far, shown with each frame. */
class Progress {
  received = 0;
  misplaced = 0;
  #grid;
  #startedAt = 0;
  #lastAt = 0;
  #frame = 0;

  /** @param {BurstGrid} grid */
  constructor(grid) {
    this.#grid = grid;
  }

  /** From the open connection to the newest message, in milliseconds. */
  get elapsed() {
    return this.#lastAt - this.#startedAt;
  }

  start() {
    this.#startedAt = performance.now();
    const onFrame = () => {
      this.#show();
      this.#frame = requestAnimationFrame(onFrame);
    };
    onFrame();
  }

  /** @param {number} seq - equal to the number of messages before it when all is well */
  receive(seq) {
    const isExpected = seq === this.received;
    if (!isExpected) this.misplaced += 1;
    this.#grid.mark(seq, isExpected ? Cell.Arrived : Cell.OutOfOrder);
    this.received += 1;
    this.#lastAt = performance.now();
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#show();
  }

  #show() {
    const rate = this.received === 0 ? 0 : (this.received / this.elapsed) * 1000;
    show('burst-rate', number.format(Math.round(rate)));
    show('burst-received', number.format(this.received));
  }
}

/**
 * @param {Progress} progress
 * @param {Done} done
 */
function showResult({ received, misplaced, elapsed }, { messages, payloadBytes, wireBytes }) {
  show('burst-wire', `${number.format(Math.round(wireBytes / 1000))} kB`);
  if (received !== messages || misplaced > 0) {
    const missing = `${number.format(received)} of ${number.format(messages)} arrived`;
    show('burst-verdict', `Not right: ${missing}, ${number.format(misplaced)} out of order.`);
    return;
  }
  const share = Math.round((wireBytes / payloadBytes) * 100);
  show(
    'burst-verdict',
    `Complete and in order, in ${Math.round(elapsed)} ms. ` +
      `${number.format(Math.round(payloadBytes / 1000))} kB of text took ${share} % of its size.`,
  );
}

/**
 * @param {string} id
 * @param {string} text
 */
function show(id, text) {
  element(id, HTMLElement).textContent = text;
}
