// @ts-check
/**
 * What every peer does: carries commands out, and reports what comes.
 *
 * Knows no runtime: sockets are handed to it as `PeerSocket`s.
 *
 * @import { Command, ListenCommand, OpenCommand, PeerSocket, Report, Step } from '../src/protocol.js'
 * @typedef {object} Abilities
 * @property {(report: Report) => void} write takes a report to the test
 * @property {(command: OpenCommand, connection: Connection) => void} [open]
 * @property {(command: ListenCommand, connect: (id: string) => Connection) => number | Promise<number>} [listen]
 *   resolves with the port
 */
import { createPayload, sha256, toBytes } from './payload.mjs';

/** The connections of one peer. */
export class Endpoint {
  #abilities;
  /** @type {Map<string, Connection>} */
  #connections = new Map();
  /** Digests are made at the same time, but reported in order. */
  #reported = Promise.resolve();

  /** @param {Abilities} abilities */
  constructor(abilities) {
    this.#abilities = abilities;
  }

  /** @param {Command} command */
  run(command) {
    const { open, listen } = this.#abilities;
    if (command.do === 'listen') {
      const { id } = command;
      const port = Promise.resolve(listen?.(command, this.#connect));
      this.report(port.then((port) => ({ event: 'listening', id, port: Number(port) })));
    } else if (command.do === 'open') {
      open?.(command, this.#connect(command.id));
    } else {
      this.#connections.get(command.id)?.run(command);
    }
  }

  /** @param {Report | Promise<Report>} report */
  report(report) {
    this.#reported = this.#reported.then(async () => this.#abilities.write(await report));
  }

  /** @param {string} id */
  #connect = (id) => {
    const connection = new Connection(this, id);
    this.#connections.set(id, connection);
    return connection;
  };
}

/** One connection: the runtime tells it what happens. */
export class Connection {
  #endpoint;
  #id;
  /** @type {PeerSocket | undefined} */
  #socket;

  /**
   * @param {Endpoint} endpoint
   * @param {string} id
   */
  constructor(endpoint, id) {
    this.#endpoint = endpoint;
    this.#id = id;
  }

  /**
   * @param {PeerSocket} socket
   * @param {string} subprotocol
   * @param {string | null} extensions
   */
  opened(socket, subprotocol, extensions) {
    this.#socket = socket;
    this.#endpoint.report({ event: 'open', id: this.#id, subprotocol, extensions });
  }

  /** @param {string | Uint8Array<ArrayBuffer>} data */
  message(data) {
    const bytes = toBytes(data);
    const kind = typeof data === 'string' ? 'text' : 'binary';
    const head = /** @type {const} */ ({
      event: 'message',
      id: this.#id,
      kind,
      bytes: bytes.length,
    });
    this.#endpoint.report(sha256(bytes).then((sha256) => ({ ...head, sha256 })));
  }

  /**
   * @param {'ping' | 'pong'} event
   * @param {Uint8Array} bytes
   */
  control(event, bytes) {
    this.#endpoint.report({ event, id: this.#id, payload: new TextDecoder().decode(bytes) });
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  closed(code, reason) {
    this.#endpoint.report({ event: 'close', id: this.#id, code, reason });
  }

  /** @param {unknown} error */
  failed(error) {
    this.#endpoint.report({ event: 'error', id: this.#id, message: String(error) });
  }

  /** @param {Exclude<Command, ListenCommand | OpenCommand>} command */
  run(command) {
    const socket = this.#socket;
    if (socket === undefined) return this.failed(`${command.do} came before it was open`);
    switch (command.do) {
      case 'send':
        for (const message of command.messages) socket.send(createPayload(message));
        return;
      case 'sendFragments':
        return play(socket, command);
      case 'play':
        for (const step of command.steps) play(socket, step);
        return;
      case 'ping':
        return socket.ping?.(command.payload);
      case 'pong':
        return socket.pong?.(command.payload);
      case 'close':
        if (command.code === undefined) return socket.close();
        return socket.close(command.code, command.reason);
      case 'terminate':
        return socket.terminate?.();
    }
  }
}

/**
 * Fragments of these sizes, and a last one of what is left; in one piece where
 * the socket can not.
 *
 * @param {PeerSocket} socket
 * @param {Step} step
 */
function play(socket, { message, sizes, plain }) {
  const payload = createPayload(message);
  if (sizes === undefined || socket.sendFragment === undefined) {
    socket.send(payload, plain);
    return;
  }
  const bytes = toBytes(payload);
  let at = 0;
  for (const size of sizes) {
    socket.sendFragment(bytes.subarray(at, at + size), message.kind, false, plain);
    at += size;
  }
  socket.sendFragment(bytes.subarray(at), message.kind, true, plain);
}
