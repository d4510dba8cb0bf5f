// @ts-check
/**
 * The load of a broadcast: the first connection sends, all receive. A message
 * is over when the last has it, and then the next one is sent.
 */
import { nanoseconds } from 'bun';
import { Latencies } from './latency.mjs';
import { EPOLLIN, MSG_NOSIGNAL, Poller, addressOf, closeSocket, send } from './libc.mjs';

const pollMs = 100;
const slots = 64;

export class BroadcastLoad {
  latencies = new Latencies();
  /** Deliveries since the connections were opened. */
  completed = 0;

  #poller = new Poller();
  /** How many messages each connection has received. */
  #received;
  /** Of each message on its way: when it was sent, and how many have it. */
  #sentAt = new Float64Array(slots);
  #delivered = new Int32Array(slots);
  #sent = 0;
  #over = 0;
  #sending = false;
  #address;

  /**
   * @param {Int32Array} fds
   * @param {import('../src/script.mjs').Script} script
   * @param {number} inFlight - less than 64
   * @param {import('./replies.mjs').ReplyCounter} replies
   */
  constructor(fds, script, inFlight, replies) {
    this.fds = fds;
    this.script = script;
    this.inFlight = inFlight;
    this.replies = replies;
    this.#received = new Float64Array(fds.length);
    this.#address = addressOf(script.bytes);
    fds.forEach((fd, index) => this.#poller.add(fd, index, EPOLLIN));
  }

  get idle() {
    return this.#over === this.#sent;
  }

  begin() {
    this.#sending = true;
  }

  end() {
    this.#sending = false;
  }

  /** @param {number} now */
  step(now) {
    if (this.#sending) this.#publish(now);
    const ready = this.#poller.wait(pollMs);
    for (let event = 0; event < ready; event++) this.#read(this.#poller.indexAt(event));
  }

  close() {
    for (const fd of this.fds) closeSocket(fd);
    this.#poller.close();
  }

  /** Sends as many as are missing, in one write. @param {number} now */
  #publish(now) {
    const count = this.inFlight - (this.#sent - this.#over);
    if (count === 0) return;
    const { offsets, cycle } = this.script;
    const first = this.#sent % cycle;
    const from = offsets[first] ?? 0;
    const length = (offsets[first + count] ?? 0) - from;
    if (send(this.fds[0] ?? -1, this.#address + from, length, MSG_NOSIGNAL) !== length) {
      throw new Error('The server does not read what is to be broadcast');
    }
    for (let i = 0; i < count; i++) this.#sentAt[this.#sent++ % slots] = now;
  }

  /** @param {number} index */
  #read(index) {
    const count = this.replies.read(index, this.fds[index] ?? -1);
    const first = this.#received[index] ?? 0;
    if (first + count > this.#sent) throw new Error('The server sent more than it was asked');
    this.#received[index] = first + count;
    this.completed += count;
    for (let message = first; message < first + count; message++) this.#deliver(message % slots);
  }

  /** @param {number} slot */
  #deliver(slot) {
    const delivered = (this.#delivered[slot] ?? 0) + 1;
    if (delivered < this.fds.length) {
      this.#delivered[slot] = delivered;
      return;
    }
    this.#delivered[slot] = 0;
    this.#over++;
    this.latencies.add(nanoseconds() - (this.#sentAt[slot] ?? 0));
  }
}
