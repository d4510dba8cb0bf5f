// The echo panel: sends numbered messages and measures when they come back.
import { EchoChart } from './echo-chart.js';
import { element } from './elements.js';
import { summarise } from './statistics.js';

const BEAT_MS = 200;
const REMEMBERED = 500;

/**
 * @typedef {object} Sent
 * @property {string} message - as it must come back
 * @property {string} text - what the person wrote, empty for a beat
 * @property {number} at
 */

/** @param {import('./connection.js').Connection} connection */
export function startEcho(connection) {
  const chart = new EchoChart(element('echo-chart', SVGSVGElement));
  const beat = element('echo-beat', HTMLInputElement);
  const form = element('echo-form', HTMLFormElement);
  const input = element('echo-text', HTMLInputElement);
  /** @type {number[]} */
  const roundTrips = [];
  /** @type {Sent[]} */
  const underway = [];
  let count = 0;

  /** @param {string} text */
  const send = (text) => {
    count += 1;
    const message = `${count} ${text}`;
    const at = performance.now();
    if (!connection.send(message)) return false;
    underway.push({ message, text, at });
    return true;
  };

  connection.addEventListener('lost', () => underway.splice(0));
  connection.addEventListener('message', (event) => {
    const now = performance.now();
    const sent = underway.shift();
    if (sent === undefined || /** @type {MessageEvent} */ (event).data !== sent.message) {
      answer('Something else came back. This should not happen.');
      return;
    }
    roundTrips.push(now - sent.at);
    if (roundTrips.length > REMEMBERED) roundTrips.shift();
    if (sent.text !== '') answer(`“${sent.text}” came back in ${milliseconds(now - sent.at)} ms.`);
    showFigures(roundTrips);
    chart.draw(roundTrips);
  });

  setInterval(() => {
    if (beat.checked && !document.hidden) send('');
  }, BEAT_MS);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (send(input.value)) form.reset();
    else answer('Not connected just now. Your text is still in the box.');
  });
}

/** @param {string} text */
function answer(text) {
  element('echo-answer', HTMLElement).textContent = text;
}

/** @param {readonly number[]} roundTrips */
function showFigures(roundTrips) {
  const { last, median, p99 } = summarise(roundTrips);
  element('echo-last', HTMLElement).textContent = milliseconds(last);
  element('echo-median', HTMLElement).textContent = milliseconds(median);
  element('echo-p99', HTMLElement).textContent = milliseconds(p99);
}

/** @param {number} value */
function milliseconds(value) {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
