// @ts-check
/**
 * Makes messages from their descriptions, alike in the test and in every peer.
 *
 * Runs anywhere, browsers included.
 *
 * @import { Content, Message } from '../src/protocol.js'
 */

const blockBytes = 4096;

/**
 * One to four bytes in UTF-8 each; two of them lie outside the BMP.
 *
 * @type {readonly { character: string, bytes: number }[]}
 */
const characters = ['e', 't', ' ', 'é', 'ж', '語', '€', '𝄞', '😀'].map((character) => ({
  character,
  bytes: new TextEncoder().encode(character).length,
}));

/**
 * @param {Message} message
 * @returns {string | Uint8Array<ArrayBuffer>}
 */
export function createPayload(message) {
  if ('text' in message) return message.text;
  const { kind, bytes, seed, content = 'mixed' } = message;
  return kind === 'text' ? textOf(content, bytes, seed) : binaryOf(content, bytes, seed);
}

/**
 * @param {Content} content
 * @param {number} bytes
 * @param {number} seed
 */
function textOf(content, bytes, seed) {
  if (content === 'repetitive') return repeat(`number ${seed} `, bytes);
  return content === 'random' ? randomText(bytes, createRandom(seed)) : sizedText(bytes, seed);
}

/**
 * @param {Content} content
 * @param {number} bytes
 * @param {number} seed
 */
function binaryOf(content, bytes, seed) {
  switch (content) {
    case 'random':
      return noise(bytes, seed);
    case 'repetitive':
      return new TextEncoder()
        .encode(repeat(`\u0000number\u00ff ${seed}`, bytes))
        .subarray(0, bytes);
    case 'mixed':
      return sizedBinary(bytes, seed);
    default:
      return periodic(noise(content, seed), bytes);
  }
}

/**
 * @param {string} text
 * @param {number} length
 */
function repeat(text, length) {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/**
 * @param {number} bytes
 * @param {number} seed
 */
function noise(bytes, seed) {
  const random = createRandom(seed);
  const words = new Uint32Array(Math.ceil(bytes / 4));
  for (let i = 0; i < words.length; i++) words[i] = random();
  return new Uint8Array(words.buffer, 0, bytes);
}

/**
 * @param {Uint8Array<ArrayBuffer>} period
 * @param {number} bytes
 */
function periodic(period, bytes) {
  const all = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += period.length) {
    all.set(period.subarray(0, bytes - at), at);
  }
  return all;
}

/**
 * The bytes that go over the wire.
 *
 * @param {string | Uint8Array<ArrayBuffer>} payload
 */
export function toBytes(payload) {
  return typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<string>} in hexadecimal
 */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Blocks that are alike but for their number, so that a large text is made
 * quickly, and one that is lost or out of place shows.
 *
 * @param {number} bytes
 * @param {number} seed
 */
function sizedText(bytes, seed) {
  const random = createRandom(seed);
  const body = randomText(blockBytes - 8, random);
  const blocks = Array.from(
    { length: Math.floor(bytes / blockBytes) },
    (_, block) => block.toString(16).padStart(8, '0') + body,
  );
  return blocks.join('') + randomText(bytes % blockBytes, random);
}

/**
 * @param {number} bytes
 * @param {() => number} random
 */
function randomText(bytes, random) {
  let text = '';
  let left = bytes;
  while (left > 0) {
    const next = /** @type {typeof characters[0]} */ (characters[random() % characters.length]);
    if (next.bytes > left) continue;
    text += next.character;
    left -= next.bytes;
  }
  return text;
}

/**
 * Blocks of noise and blocks of their own number in turn: something that can
 * be compressed, and something that can not.
 *
 * @param {number} bytes
 * @param {number} seed
 */
function sizedBinary(bytes, seed) {
  const random = createRandom(seed);
  const words = new Uint32Array(Math.ceil(bytes / 4));
  const blockWords = blockBytes / 4;
  for (let i = 0; i < words.length; i++) {
    const block = Math.floor(i / blockWords);
    words[i] = block % 2 === 0 ? random() : block;
  }
  return new Uint8Array(words.buffer, 0, bytes);
}

/**
 * Marsaglia's xorshift32.
 *
 * @param {number} seed
 * @returns {() => number} unsigned 32-bit integers
 */
export function createRandom(seed) {
  // Zero would stay zero; near seeds must not give near numbers.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
