// @ts-check
/** Whether a server has sent back what it was sent, and in the form that was asked for. */
import { constants, inflateRawSync } from 'node:zlib';
import { BINARY, TEXT, decodeServerFrames } from './frames.mjs';

/**
 * @typedef {import('./frames.mjs').Frame} Frame
 * @typedef {import('./workloads.mjs').Shape} Shape
 */

const emptyBlock = Uint8Array.of(0, 0, 0xff, 0xff);

/**
 * @param {Uint8Array} received - all replies, from the first of the connection
 * @param {Shape} shape
 * @param {readonly Uint8Array[]} sent - the payloads, before compression
 * @throws {Error} a reply is not what was sent
 */
export function compareReplies(received, shape, sent) {
  const { frames, rest } = decodeServerFrames(received);
  if (rest !== received.length || frames.length !== sent.length) {
    throw new Error(`${sent.length} replies were expected, ${frames.length} and a part came`);
  }
  const opcode = shape.content === 'binary' ? BINARY : TEXT;
  for (const frame of frames) checkHeader(frame, opcode, shape);
  readPayloads(frames, shape, sent).forEach((payload, i) => {
    if (Buffer.compare(payload, sent[i] ?? emptyBlock) === 0) return;
    throw new Error(`Reply ${i} is not the message that was sent`);
  });
}

/** @type {(frame: Frame, opcode: number, shape: Shape) => void} */
function checkHeader(frame, opcode, { compression }) {
  if (!frame.fin || frame.opcode !== opcode) {
    throw new Error(`A reply has opcode ${frame.opcode}, FIN ${frame.fin}; ${opcode} was sent`);
  }
  if (frame.rsv1 !== (compression !== undefined)) {
    throw new Error(`A reply is ${frame.rsv1 ? '' : 'not '}compressed`);
  }
}

/** @type {(frames: Frame[], shape: Shape, sent: readonly Uint8Array[]) => Uint8Array[]} */
function readPayloads(frames, { compression }, sent) {
  if (compression === undefined) return frames.map(({ payload }) => payload);
  if (compression === 'no-takeover') return frames.map(({ payload }) => inflate([payload]));
  // One stream from the first message to the last.
  const all = inflate(frames.map(({ payload }) => payload));
  let at = 0;
  return sent.map(({ length }) => all.subarray(at, (at += length)));
}

/** @param {Uint8Array[]} payloads */
function inflate(payloads) {
  const bytes = Buffer.concat(payloads.flatMap((payload) => [payload, emptyBlock]));
  return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
}
