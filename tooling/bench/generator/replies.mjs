// @ts-check
/**
 * Count replies in what arrives. Where all have the same length, bytes are
 * counted and not even read; else the headers of the frames are.
 */
import { MSG_DONTWAIT, MSG_TRUNC, addressOf, recv } from './libc.mjs';

/**
 * @typedef ReplyCounter
 * @property {number} bytes - all that has arrived
 * @property {(index: number, fd: number) => number} read - the replies that are complete now
 */

const maxRead = 1024 * 1024;

// Read into, or only named where nothing is written: they live as long as the program.
const buffer = new Uint8Array(maxRead);
const address = addressOf(buffer);

/**
 * @param {number} connections
 * @param {number} replyLength - of each reply, header included
 * @returns {ReplyCounter}
 */
export function countByLength(connections, replyLength) {
  const partial = new Float64Array(connections);
  return {
    bytes: 0,
    read(index, fd) {
      const count = recv(fd, address, maxRead, MSG_DONTWAIT | MSG_TRUNC);
      if (!arrived(count)) return 0;
      this.bytes += count;
      let have = (partial[index] ?? 0) + count;
      let replies = 0;
      if (have >= replyLength) {
        replies = Math.floor(have / replyLength);
        have -= replies * replyLength;
      }
      partial[index] = have;
      return replies;
    },
  };
}

/**
 * @param {number} connections
 * @returns {ReplyCounter}
 */
export function countByHeader(connections) {
  /** Bytes of the payload that are still to come. */
  const missing = new Float64Array(connections);
  /** The beginning of a header that was cut. */
  const heads = Array.from({ length: connections }, () => new Uint8Array(10));
  const headLengths = new Uint8Array(connections);

  /** The length of a header that begins with these bytes, or 0 where there are too few. */
  const lengthOf = (/** @type {number} */ second) => (second < 126 ? 2 : second === 126 ? 4 : 10);

  /** @type {(head: Uint8Array, at: number) => number} */
  const payloadLength = (head, at) => {
    const short = head[at + 1] ?? 0;
    if (short < 126) return short;
    const bytes = short === 126 ? 2 : 8;
    let length = 0;
    for (let i = 0; i < bytes; i++) length = length * 256 + (head[at + 2 + i] ?? 0);
    return length;
  };

  return {
    bytes: 0,
    read(index, fd) {
      const count = recv(fd, address, maxRead, MSG_DONTWAIT);
      if (!arrived(count)) return 0;
      this.bytes += count;
      const head = heads[index] ?? new Uint8Array(10);
      let headLength = headLengths[index] ?? 0;
      let left = missing[index] ?? 0;
      let replies = 0;
      let at = 0;
      while (at < count) {
        if (left > 0) {
          const step = Math.min(left, count - at);
          at += step;
          left -= step;
          if (left === 0) replies++;
        } else {
          head[headLength++] = buffer[at++] ?? 0;
          if (headLength < 2 || headLength < lengthOf(head[1] ?? 0)) continue;
          left = payloadLength(head, 0);
          headLength = 0;
          if (left === 0) replies++;
        }
      }
      headLengths[index] = headLength;
      missing[index] = left;
      return replies;
    },
  };
}

/** @param {number} count - as `recv` returned it */
function arrived(count) {
  if (count === 0) throw new Error('The server closed a connection');
  return count > 0;
}
