// @ts-check
/**
 * The load of an echo: each connection keeps so many messages on their way,
 * and sends as many as were answered. What is sent at once is one write.
 */
import { nanoseconds } from 'bun';
import { Latencies } from './latency.mjs';
import {
  EPOLLIN,
  EPOLLOUT,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  Poller,
  addressOf,
  closeSocket,
  send,
} from './libc.mjs';
import { drain } from './phase.mjs';

/** @typedef {import('./replies.mjs').ReplyCounter} ReplyCounter */

const pollMs = 100;

export class EchoLoad {
  latencies = new Latencies();
  /** Replies since the connections were opened. */
  completed = 0;

  #poller = new Poller();
  #outstanding;
  /** Messages that the kernel has not taken yet, the first of them perhaps in part. */
  #owed;
  #position;
  #partial;
  #armed;
  /** Replies until the timed one, and when that was asked for. */
  #probeLeft;
  #probeStart;
  #sending = false;
  #address;

  /**
   * @param {Int32Array} fds
   * @param {import('../src/script.mjs').Script} script
   * @param {number} inFlight
   * @param {ReplyCounter} replies
   */
  constructor(fds, script, inFlight, replies) {
    this.fds = fds;
    this.script = script;
    this.inFlight = inFlight;
    this.replies = replies;
    const { length } = fds;
    this.#outstanding = new Int32Array(length);
    this.#owed = new Int32Array(length);
    this.#position = new Int32Array(length);
    this.#partial = new Float64Array(length);
    this.#armed = new Uint8Array(length);
    this.#probeLeft = new Int32Array(length);
    this.#probeStart = new Float64Array(length);
    this.#address = addressOf(script.bytes);
    fds.forEach((fd, index) => this.#poller.add(fd, index, EPOLLIN));
  }

  get idle() {
    return this.#outstanding.every((count) => count === 0);
  }

  begin() {
    this.#sending = true;
    for (let index = 0; index < this.fds.length; index++) this.#ask(index, this.inFlight);
  }

  end() {
    this.#sending = false;
  }

  /** One message on every connection, and its reply. */
  runOnce() {
    for (let index = 0; index < this.fds.length; index++) this.#ask(index, 1);
    drain(this);
  }

  close() {
    for (const fd of this.fds) closeSocket(fd);
    this.#poller.close();
  }

  step() {
    const ready = this.#poller.wait(pollMs);
    for (let event = 0; event < ready; event++) {
      const index = this.#poller.indexAt(event);
      if (this.#poller.isWritable(event)) this.#flush(index);
      if (this.#poller.isReadable(event)) this.#read(index);
    }
  }

  /** @param {number} index */
  #read(index) {
    const count = this.replies.read(index, this.fds[index] ?? -1);
    if (count === 0) return;
    const outstanding = (this.#outstanding[index] ?? 0) - count;
    if (outstanding < 0) throw new Error('The server sent more than it was asked');
    this.#outstanding[index] = outstanding;
    this.completed += count;
    const probe = (this.#probeLeft[index] ?? 0) - count;
    if (probe <= 0) this.latencies.add(nanoseconds() - (this.#probeStart[index] ?? 0));
    this.#probeLeft[index] = Math.max(probe, 0);
    if (this.#sending) this.#ask(index, count);
  }

  /** @type {(index: number, count: number) => void} */
  #ask(index, count) {
    const outstanding = (this.#outstanding[index] ?? 0) + count;
    this.#outstanding[index] = outstanding;
    this.#owed[index] = (this.#owed[index] ?? 0) + count;
    if (this.#probeLeft[index] === 0) {
      this.#probeLeft[index] = outstanding;
      this.#probeStart[index] = nanoseconds();
    }
    if (this.#armed[index] === 0) this.#flush(index);
  }

  /** @param {number} index */
  #flush(index) {
    const { offsets, cycle } = this.script;
    const position = this.#position[index] ?? 0;
    const owed = this.#owed[index] ?? 0;
    const from = (offsets[position] ?? 0) + (this.#partial[index] ?? 0);
    const left = (offsets[position + owed] ?? 0) - from;
    const fd = this.fds[index] ?? -1;
    const flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    const sent = Math.max(0, send(fd, this.#address + from, left, flags));
    if (sent === left) {
      this.#position[index] = (position + owed) % cycle;
      this.#owed[index] = 0;
      this.#partial[index] = 0;
    } else {
      this.#advance(index, from + sent);
    }
    const armed = sent === left ? 0 : 1;
    if (armed === this.#armed[index]) return;
    this.#armed[index] = armed;
    this.#poller.change(fd, index, armed ? EPOLLIN | EPOLLOUT : EPOLLIN);
  }

  /** Takes note that all before `offset` was sent. @type {(index: number, offset: number) => void} */
  #advance(index, offset) {
    const { offsets, cycle } = this.script;
    let position = this.#position[index] ?? 0;
    let owed = this.#owed[index] ?? 0;
    while ((offsets[position + 1] ?? 0) <= offset) {
      position++;
      owed--;
    }
    this.#partial[index] = offset - (offsets[position] ?? 0);
    this.#position[index] = position % cycle;
    this.#owed[index] = owed;
  }
}
