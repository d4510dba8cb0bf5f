// @ts-check
/**
 * The load of connecting and closing: so many connections at a time go through
 * the opening handshake, the closing handshake and the end of TCP, which is the
 * server's to begin. When one is through, the next one starts.
 */
import { nanoseconds } from 'bun';
import { CLOSE, encodeFrame } from '../src/frames.mjs';
import { Latencies } from './latency.mjs';
import {
  EPOLLIN,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  Poller,
  addressOf,
  closeSocket,
  connectLoopback,
  recv,
  send,
} from './libc.mjs';
import { createRequest } from './opening.mjs';

const pollMs = 100;
/** Local addresses that are used in turn: ports of closed connections rest for a minute. */
const sources = 200;
const statusLine = new TextEncoder().encode('HTTP/1.1 101 ');

const OPENING = 1;
const CLOSING = 2;

const buffer = new Uint8Array(64 * 1024);
const address = addressOf(buffer);

export class OpeningLoad {
  latencies = new Latencies();
  /** Connections that have come to their end. */
  completed = 0;
  replies = { bytes: 0 };

  #poller = new Poller();
  #fds;
  #stage;
  #startedAt;
  #started = 0;
  #opening = false;
  #request;
  #closeFrame = encodeFrame(CLOSE, Uint8Array.of(0x03, 0xe8), { maskingKey: 0x01020304 });

  /**
   * @param {number} port
   * @param {number} atOnce
   */
  constructor(port, atOnce) {
    this.port = port;
    this.#request = createRequest(port);
    this.#fds = new Int32Array(atOnce);
    this.#stage = new Uint8Array(atOnce);
    this.#startedAt = new Float64Array(atOnce);
  }

  get idle() {
    return this.completed === this.#started;
  }

  begin() {
    this.#opening = true;
  }

  end() {
    this.#opening = false;
  }

  step() {
    if (this.#opening) this.#stage.forEach((stage, slot) => stage === 0 && this.#connect(slot));
    const ready = this.#poller.wait(pollMs);
    for (let event = 0; event < ready; event++) this.#read(this.#poller.indexAt(event));
  }

  close() {
    this.#poller.close();
  }

  /** @param {number} slot */
  #connect(slot) {
    this.#startedAt[slot] = nanoseconds();
    const fd = connectLoopback(this.port, 1 + (this.#started++ % sources));
    this.#fds[slot] = fd;
    this.#stage[slot] = OPENING;
    this.#poller.add(fd, slot, EPOLLIN);
    send(fd, addressOf(this.#request), this.#request.length, MSG_NOSIGNAL);
  }

  /** @param {number} slot */
  #read(slot) {
    const fd = this.#fds[slot] ?? -1;
    const length = recv(fd, address, buffer.length, MSG_DONTWAIT);
    if (length > 0) this.replies.bytes += length;
    if (this.#stage[slot] === OPENING) {
      if (length <= 0) throw new Error('The server closed in the opening handshake');
      if (statusLine.some((byte, i) => byte !== buffer[i])) {
        throw new Error('The server refused an opening handshake');
      }
      send(fd, addressOf(this.#closeFrame), this.#closeFrame.length, MSG_NOSIGNAL);
      this.#stage[slot] = CLOSING;
    } else if (length === 0) {
      closeSocket(fd);
      this.#stage[slot] = 0;
      this.completed++;
      this.latencies.add(nanoseconds() - (this.#startedAt[slot] ?? 0));
    }
  }
}
