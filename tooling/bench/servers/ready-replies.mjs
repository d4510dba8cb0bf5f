// @ts-check
/** Replies for servers that know beforehand what they will be asked. */
import { BINARY, TEXT, encodeFrame, headerLength } from '../src/frames.mjs';
import { createPayloads } from '../src/payloads.mjs';

/** Memory for them; at least sixteen there always are. */
const maxBytes = 256 * 1024;
const minReplies = 16;
/** No more come at once than there are in flight. */
const maxReplies = 1024;

/**
 * @param {import('../src/workloads.mjs').Shape} shape
 * @returns {{ requestLength: number, replyLength: number, replies: Buffer }} `replies`: one behind
 *   the other
 */
export function createReadyReplies(shape) {
  const [payload = new Uint8Array(0)] = createPayloads(shape);
  const reply = encodeFrame(shape.content === 'binary' ? BINARY : TEXT, payload);
  const count = Math.min(maxReplies, Math.max(minReplies, Math.floor(maxBytes / reply.length)));
  return {
    requestLength: headerLength(shape.bytes, true) + shape.bytes,
    replyLength: reply.length,
    replies: Buffer.concat(Array.from({ length: count }, () => reply)),
  };
}
