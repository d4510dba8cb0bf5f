/**
 * SHA-1 in plain JavaScript, for platforms whose only other one is
 * asynchronous. The twin for Node is `sha1.node.ts`.
 *
 * SHA-1 is broken where collisions matter. In the opening handshake they do
 * not: the hash only shows that the server read the key.
 *
 * @see FIPS 180-4 §6.1
 */
import { encodeBase64 } from './base64.js';
import { encodeUtf8 } from './utf8.js';

const BLOCK_BYTES = 64;

/**
 * Hashes the UTF-8 of `text` with SHA-1.
 *
 * @returns the digest in base64
 */
export function sha1(text: string): string {
  const message = pad(encodeUtf8(text));
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const schedule = new Uint32Array(80);
  for (let offset = 0; offset < message.byteLength; offset += BLOCK_BYTES) {
    expandBlock(message, offset, schedule);
    addBlock(state, schedule);
  }
  const digest = new DataView(new ArrayBuffer(20));
  state.forEach((word, i) => digest.setUint32(i * 4, word));
  return encodeBase64(new Uint8Array(digest.buffer));
}

/** The message, a 1 bit, zeros, and the length in bits at the end of the last block. */
function pad(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 9) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(padded.length - 4, message.length * 8);
  return view;
}

function expandBlock(message: DataView, offset: number, schedule: Uint32Array): void {
  for (let t = 0; t < 16; t++) schedule[t] = message.getUint32(offset + t * 4);
  for (let t = 16; t < 80; t++) {
    const word = at(schedule, t - 3) ^ at(schedule, t - 8) ^ at(schedule, t - 14);
    schedule[t] = rotateLeft(word ^ at(schedule, t - 16), 1);
  }
}

function addBlock(state: Uint32Array, schedule: Uint32Array): void {
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
  for (let t = 0; t < 80; t++) {
    const mixed = rotateLeft(a, 5) + mix(t, b, c, d) + e + at(schedule, t);
    e = d;
    d = c;
    c = rotateLeft(b, 30);
    b = a;
    a = mixed >>> 0;
  }
  [a, b, c, d, e].forEach((word, i) => (state[i] = at(state, i) + word));
}

/** The function and the constant of step `t`, added. */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function at(words: Uint32Array, index: number): number {
  return words[index] as number;
}
