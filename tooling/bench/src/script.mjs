// @ts-check
/**
 * What each connection of the generator sends: frames ready for the wire, one
 * behind the other, so that any number of them in a row is one piece of memory.
 */
import { once } from 'node:events';
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { BINARY, TEXT, encodeFrame } from './frames.mjs';
import { createPayloads } from './payloads.mjs';
import { createRandom } from './random.mjs';

/** @typedef {import('./workloads.mjs').Shape} Shape */

/**
 * @typedef Script
 * @property {Uint8Array} bytes - the frames of the cycle, and the first `inFlight` ones once more
 * @property {Float64Array} offsets - where each frame begins; the end comes last
 * @property {number} cycle - frames until the first comes again
 * @property {Uint8Array[]} payloads - what the frames of the cycle say, before compression
 */

/** Masking keys differ from frame to frame where frames are many. */
const minCycle = 16;
const smallFrame = 64 * 1024;
const emptyBlock = 4; // 00 00 FF FF, RFC 7692 section 7.2.1

/**
 * @param {Shape} shape
 * @returns {Promise<Script>}
 */
export async function createScript(shape) {
  const random = createRandom(0xface);
  const opcode = shape.content === 'binary' ? BINARY : TEXT;
  const payloads = repeat(createPayloads(shape), shape.bytes < smallFrame ? minCycle : 1);
  const sent = await compress(payloads, shape.compression);
  const rsv1 = shape.compression !== undefined;
  const frames = sent.map((payload) =>
    encodeFrame(opcode, payload, { rsv1, maskingKey: random(2 ** 32) }),
  );
  return { ...joinFrames(frames, shape.inFlight), cycle: frames.length, payloads };
}

/**
 * A client may drop its context at any message, so each cycle begins with an
 * empty one and no message of it refers to what came before the first.
 *
 * @param {Uint8Array[]} payloads
 * @param {Shape['compression']} compression
 * @returns {Promise<Uint8Array[]>}
 */
async function compress(payloads, compression) {
  if (compression === undefined) return payloads;
  if (compression === 'no-takeover') {
    const finishFlush = constants.Z_SYNC_FLUSH;
    return payloads.map((payload) =>
      deflateRawSync(payload, { finishFlush }).subarray(0, -emptyBlock),
    );
  }
  const deflate = createDeflateRaw();
  const messages = [];
  for (const payload of payloads) {
    /** @type {Buffer[]} */
    const chunks = [];
    const collect = (/** @type {Buffer} */ chunk) => void chunks.push(chunk);
    deflate.on('data', collect);
    deflate.write(payload);
    await new Promise((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, () => resolve(null)));
    deflate.off('data', collect);
    messages.push(Buffer.concat(chunks).subarray(0, -emptyBlock));
  }
  deflate.end();
  deflate.resume();
  await once(deflate, 'end');
  return messages;
}

/** @type {(payloads: Uint8Array[], atLeast: number) => Uint8Array[]} */
function repeat(payloads, atLeast) {
  const times = Math.ceil(atLeast / payloads.length);
  return Array.from({ length: times }, () => payloads).flat();
}

/** @type {(frames: Uint8Array[], again: number) => Pick<Script, 'bytes' | 'offsets'>} */
function joinFrames(frames, again) {
  const all = Array.from({ length: frames.length + again }, (_, i) => frames[i % frames.length]);
  const offsets = new Float64Array(all.length + 1);
  all.forEach((frame, i) => (offsets[i + 1] = (offsets[i] ?? 0) + (frame?.length ?? 0)));
  const bytes = new Uint8Array(offsets[all.length] ?? 0);
  all.forEach((frame, i) => bytes.set(frame ?? [], offsets[i]));
  return { bytes, offsets };
}
