// @ts-check
// The chat room: everybody hears everybody. Speaks JSON; a message that does not follow the
// form is ignored, as the peer may be anything.
import { randomInt } from 'node:crypto';
import { chooseIdentity } from './identity.mjs';
import { MessageBudget } from './message-budget.mjs';
import { printable } from './printable.mjs';

const MAX_MEMBERS = 50;
const MAX_TEXT_LENGTH = 500;
const SAY_LIMITS = { burst: 10, perSecond: 2, patience: 50 };
// A member that does not read must not make the server keep the whole conversation for it.
const MAX_UNREAD_BYTES = 256 * 1024;

/**
 * @typedef {import('./library.mjs').WebSocket} WebSocket
 * @typedef {import('./identity.mjs').Identity} Identity
 * @typedef {object} Member
 * @property {number} seed - by which its tab is known
 * @property {Identity} identity
 * @property {MessageBudget} budget
 */

/** One room, with a member for each connection. */
export class ChatRoom {
  /** @type {Map<WebSocket, Member>} */
  #members = new Map();
  #log;

  /** @param {(line: string) => void} log - gets lines whose control characters are escaped */
  constructor(log) {
    this.#log = log;
  }

  /**
   * Takes a connection in, or closes it with 1013 when the room is full.
   *
   * @param {WebSocket} socket
   * @param {string | null} tab - 8 hex digits by which a tab keeps its name, or anything else
   */
  join(socket, tab) {
    if (this.#members.size >= MAX_MEMBERS) {
      socket.close(1013, 'the room is full');
      return;
    }
    const seed = seedOf(tab);
    const previous = this.#takeOut(seed);
    const member = previous ?? {
      seed,
      identity: chooseIdentity(seed, this.#identities()),
      budget: new MessageBudget(SAY_LIMITS),
    };
    this.#members.set(socket, member);
    socket.on('message', (data, isBinary) => this.#hear(socket, member, data, isBinary));
    socket.once('close', () => this.#leave(socket));

    tell(socket, { type: 'welcome', you: member.identity, online: this.#members.size });
    if (previous === undefined) this.#announce('joined', member.identity, socket);
  }

  /**
   * Ends the connection that a tab had before, as its new one may come first.
   *
   * @param {number} seed
   * @returns {Member | undefined}
   */
  #takeOut(seed) {
    for (const [socket, member] of this.#members) {
      if (member.seed !== seed) continue;
      this.#members.delete(socket);
      socket.close(1000, 'this tab has a new connection');
      return member;
    }
    return undefined;
  }

  /** @param {WebSocket} socket */
  #leave(socket) {
    const member = this.#members.get(socket);
    if (member === undefined) return; // its tab goes on with another connection
    this.#members.delete(socket);
    this.#announce('left', member.identity, socket);
  }

  /**
   * @param {WebSocket} socket
   * @param {Member} member
   * @param {{ toString(): string }} data
   * @param {boolean} isBinary
   */
  #hear(socket, { identity, budget }, data, isBinary) {
    const verdict = budget.spend();
    if (verdict === 'exhausted') {
      socket.close(1008, 'too many messages');
      return;
    }
    const text = isBinary ? undefined : textOf(String(data));
    if (text === undefined) return;
    if (verdict === 'refused') {
      tell(socket, { type: 'notice', text: 'Not so fast, please: that message was not sent.' });
      return;
    }
    this.#log(`${identity.name}: ${printable(text)}`);
    this.#broadcast({ type: 'said', who: identity, text });
  }

  /**
   * @param {'joined' | 'left'} type
   * @param {Identity} who
   * @param {WebSocket} except
   */
  #announce(type, who, except) {
    this.#log(`${who.name} ${type}, ${this.#members.size} online`);
    this.#broadcast({ type, who, online: this.#members.size }, except);
  }

  /**
   * @param {object} event
   * @param {WebSocket} [except]
   */
  #broadcast(event, except) {
    const message = JSON.stringify(event);
    for (const socket of this.#members.keys()) {
      if (socket === except) continue;
      if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
      else socket.send(message);
    }
  }

  #identities() {
    return [...this.#members.values()].map(({ identity }) => identity);
  }
}

/**
 * @param {WebSocket} socket
 * @param {object} event
 */
function tell(socket, event) {
  socket.send(JSON.stringify(event));
}

/** @param {string | null} tab */
function seedOf(tab) {
  return tab !== null && /^[0-9a-f]{8}$/.test(tab) ? parseInt(tab, 16) : randomInt(2 ** 32);
}

/**
 * The text of a message that follows the form, trimmed.
 *
 * @param {string} json
 * @returns {string | undefined}
 */
function textOf(json) {
  const message = parse(json);
  if (message?.type !== 'say' || typeof message.text !== 'string') return undefined;
  const text = message.text.trim();
  return text !== '' && text.length <= MAX_TEXT_LENGTH ? text : undefined;
}

/**
 * @param {string} json
 * @returns {{ type?: unknown, text?: unknown } | null | undefined}
 */
function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
