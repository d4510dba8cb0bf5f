// @ts-check
/**
 * Sends a few messages over a connection of their own and reads every byte that
 * comes back: a server that answers something else is not measured.
 */
import { compareReplies } from '../src/compare-replies.mjs';
import { decodeServerFrames, headerLength } from '../src/frames.mjs';
import {
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  EPOLLIN,
  EPOLLOUT,
  Poller,
  addressOf,
  closeSocket,
  recv,
  send,
} from './libc.mjs';
import { openConnections } from './opening.mjs';

/**
 * @typedef {import('../src/script.mjs').Script} Script
 * @typedef {import('../src/workloads.mjs').Shape} Shape
 */

const maxMessages = 40;
const timeoutMs = 10_000;
const buffer = new Uint8Array(1024 * 1024);
const address = addressOf(buffer);

/**
 * @param {number} port
 * @param {Shape} shape
 * @param {Script} script
 * @returns {{ messages: number, replyBytes: number }} how many were compared, and their length on
 *   the wire
 * @throws {Error} a reply is not what was sent
 */
export function checkReplies(port, shape, script) {
  const count = Math.min(script.cycle, maxMessages);
  const sent = script.payloads.slice(0, count);
  const [fd = -1] = openConnections(port, 1, shape.compression);
  const received = exchange(fd, script.bytes.subarray(0, script.offsets[count]), count);
  closeSocket(fd);
  compareReplies(received, shape, sent);
  return { messages: count, replyBytes: received.length };
}

/**
 * @param {number} fd
 * @param {Uint8Array} bytes - all that is sent
 * @param {number} count - replies to wait for
 */
function exchange(fd, bytes, count) {
  const poller = new Poller();
  const start = addressOf(bytes);
  const flags = MSG_DONTWAIT | MSG_NOSIGNAL;
  /** @type {Uint8Array[]} */
  const chunks = [];
  let sent = 0;
  let replies = 0;
  let received = new Uint8Array(0);
  poller.add(fd, 0, EPOLLIN | EPOLLOUT);
  while (replies < count) {
    if (poller.wait(timeoutMs) <= 0) throw new Error(`${count - replies} replies are missing`);
    if (sent < bytes.length) {
      sent += Math.max(0, send(fd, start + sent, bytes.length - sent, flags));
      if (sent === bytes.length) poller.change(fd, 0, EPOLLIN);
    }
    const length = recv(fd, address, buffer.length, MSG_DONTWAIT);
    if (length === 0) throw new Error('The server closed the connection');
    if (length < 0) continue;
    chunks.push(buffer.slice(0, length));
    received = new Uint8Array(Buffer.concat(chunks));
    replies = decodeServerFrames(received).frames.length;
  }
  poller.close();
  return received;
}

/** The length of each reply, where it does not depend on compression. @param {Shape} shape */
export function replyLength({ bytes }) {
  return headerLength(bytes, false) + bytes;
}
