// @ts-check
/**
 * The messages of a workload: the same ones in the generator, in the servers
 * that have their replies ready, and in the check that compares them.
 */
import { createRandom } from './random.mjs';

/** @typedef {import('./workloads.mjs').Shape} Shape */

const encoder = new TextEncoder();

// A window of zlib's holds 32 KiB. The messages must not come round within it,
// or all that the server compresses would be one long repetition.
const jsonCycleBytes = 128 * 1024;

const words =
  'the order book market sensor reading room message user account balance transfer pending done open close price volume alert temperature pressure north south window update session player score level region cluster node metric request response error warning info retry queue batch event stream'.split(
    ' ',
  );
const kinds = ['update', 'insert', 'delete', 'snapshot', 'heartbeat', 'notice'];

/**
 * The payloads that a connection sends, one after the other and then again from the first.
 *
 * @param {Shape} shape
 * @returns {Uint8Array[]} each of `shape.bytes` bytes
 */
export function createPayloads({ bytes, content }) {
  const random = createRandom(0x5eed);
  if (content === 'binary') return [Uint8Array.from({ length: bytes }, () => random(256))];
  if (content === 'text') return [encoder.encode(createText(bytes, random))];
  const count = Math.max(4, Math.ceil(jsonCycleBytes / bytes));
  return Array.from({ length: count }, () => encoder.encode(createJson(bytes, random)));
}

/** @type {(bytes: number, random: (limit: number) => number) => string} */
function createText(bytes, random) {
  let text = '';
  while (text.length < bytes) text += `${words[random(words.length)]} `;
  return text.slice(0, bytes);
}

/**
 * A list of records such as services send to their clients.
 *
 * @param {number} bytes - of the JSON, all of which is ASCII
 * @param {(limit: number) => number} random
 * @returns {string}
 */
function createJson(bytes, random) {
  const records = [];
  let length = '{"records":[],"note":""}'.length;
  for (;;) {
    const record = createRecord(random);
    const recordLength = JSON.stringify(record).length + (records.length > 0 ? 1 : 0);
    if (length + recordLength > bytes) break;
    records.push(record);
    length += recordLength;
  }
  return JSON.stringify({ records, note: createText(bytes - length, random) });
}

/** @type {(random: (limit: number) => number) => object} */
function createRecord(random) {
  const word = () => words[random(words.length)];
  return {
    id: 100_000 + random(900_000),
    type: kinds[random(kinds.length)],
    time: new Date(1_700_000_000_000 + random(1_000_000_000)).toISOString(),
    user: `${word()}.${word()}`,
    value: random(100_000) / 100,
    text: `${word()} ${word()} ${word()} ${word()}`,
    tags: [word(), word()],
  };
}
