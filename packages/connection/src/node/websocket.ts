/**
 * The WebSocket that programs use: an EventEmitter with the methods and
 * properties of the WebSocket API. It checks arguments and knows the time
 * before there is a socket; everything after is its `SocketLink`'s.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { types } from 'node:util';
import { CloseCode, Opcode } from '@hybi/frame';
import { PreparedMessage } from '@hybi/connection';
import type { Connection, WriteDone } from '@hybi/connection';
import type { AttachOptions } from './attach-options.js';
import { emptyBuffer, isBinaryType, payloadSize, toPayload } from './data.js';
import type { BinaryType, MessageData, SendData } from './data.js';
import { typedEmitter } from './event-methods.js';
import type { TypedEmitter } from './event-methods.js';
import { addListener, getAttribute, removeListener, setAttribute } from './event-target.js';
import type { EventListener, EventMap } from './event-target.js';
import { callbackOf, optionOf } from './send-arguments.js';
import type { SendCallback, SendOptions } from './send-arguments.js';
import { sendPrepared } from './send-prepared.js';
import { SocketLink, isAttached } from './socket-link.js';

/** The values of `readyState`. */
export const ReadyState = { Connecting: 0, Open: 1, Closing: 2, Closed: 3 } as const;
export type ReadyState = (typeof ReadyState)[keyof typeof ReadyState];

const readyStateNames = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;

/** Settings that a WebSocket has before its socket. */
export interface WebSocketOptions {
  /** Answers pings; default: true. */
  autoPong?: boolean | undefined;
  /** Milliseconds that a closing handshake may take; default: 30,000. */
  closeTimeout?: number | undefined;
  /** Automatic pongs that may wait to be written; default: 60; 0: no limit. */
  maxPendingAutoPongs?: number | undefined;
}

/** The events and their arguments. */
export interface WebSocketEvents {
  open: [];
  message: [data: MessageData, isBinary: boolean];
  ping: [data: Buffer];
  pong: [data: Buffer];
  error: [error: Error];
  close: [code: number, reason: Buffer];
  /** Of WebSockets that dial: the server's answer, before it is checked. */
  upgrade: [response: IncomingMessage];
  /** Of WebSockets that dial: the server answered with something else. */
  'unexpected-response': [request: ClientRequest, response: IncomingMessage];
  /** Of WebSockets that dial: a redirect is about to be followed. */
  redirect: [url: string, request: ClientRequest];
}

const defaultCloseTimeout = 30_000;
const defaultMaxPendingAutoPongs = 60;

/** Reads the link of a WebSocket; set by the class, whose secret it is. */
let linkOf: (websocket: WebSocket) => SocketLink | undefined;

const Emitter: new () => TypedEmitter<WebSocketEvents> = typedEmitter<WebSocketEvents>();

/**
 * One WebSocket connection on a Node.js socket.
 *
 * This class does not dial: `attach` opens it on a socket whose opening
 * handshake is over. `@hybi/client` and `@hybi/server` do that.
 */
export class WebSocket extends Emitter {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSING: 2;
  declare static readonly CLOSED: 3;
  declare readonly CONNECTING: 0;
  declare readonly OPEN: 1;
  declare readonly CLOSING: 2;
  declare readonly CLOSED: 3;

  static {
    linkOf = (websocket) => websocket.#link;
  }

  #link: SocketLink | undefined;
  /** Only until there is a link. */
  #openingState: ReadyState = ReadyState.Connecting;
  #binaryType: BinaryType = 'nodebuffer';
  #protocol = '';
  #extensions = '';
  #url: string | undefined;
  #lostBytes = 0;
  readonly #autoPong: boolean;
  readonly #closeTimeout: number;
  readonly #maxPendingAutoPongs: number;

  /**
   * @param _address - null: there is no address to dial
   * @param _protocols - the place of the subprotocols in subclasses that dial
   */
  constructor(_address: null, _protocols?: undefined, options: WebSocketOptions = {}) {
    super();
    this.#autoPong = options.autoPong ?? true;
    this.#closeTimeout = options.closeTimeout ?? defaultCloseTimeout;
    this.#maxPendingAutoPongs = options.maxPendingAutoPongs ?? defaultMaxPendingAutoPongs;
  }

  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  get readyState(): ReadyState {
    return this.#link === undefined ? this.#openingState : this.#link.connection.state;
  }

  /** The form in which binary messages come; other values than those it can have change nothing. */
  get binaryType(): BinaryType {
    return this.#binaryType;
  }

  set binaryType(value: BinaryType) {
    if (!isBinaryType(value)) return;
    this.#binaryType = value;
    this.#link?.setBinaryType(value);
  }

  /** Bytes that were sent and have not left this process. */
  get bufferedAmount(): number {
    return this.#link === undefined ? this.#lostBytes : this.#link.bufferedAmount;
  }

  /** The names of the negotiated extensions, separated by commas. */
  get extensions(): string {
    return this.#extensions;
  }

  /** The negotiated subprotocol, or an empty string. */
  get protocol(): string {
    return this.#protocol;
  }

  /** The address that was dialed. On a server there is none: undefined, whatever the type says. */
  get url(): string {
    return this.#url as string;
  }

  /** Whether `pause` was called, and `resume` was not since. */
  get isPaused(): boolean {
    return this.#link?.paused === true;
  }

  get onopen(): ((event: EventMap['open']) => void) | null {
    return getAttribute(this, 'open') as ((event: EventMap['open']) => void) | null;
  }

  set onopen(listener: ((event: EventMap['open']) => void) | null) {
    setAttribute(this, 'open', listener);
  }

  get onmessage(): ((event: EventMap['message']) => void) | null {
    return getAttribute(this, 'message') as ((event: EventMap['message']) => void) | null;
  }

  set onmessage(listener: ((event: EventMap['message']) => void) | null) {
    setAttribute(this, 'message', listener);
  }

  get onerror(): ((event: EventMap['error']) => void) | null {
    return getAttribute(this, 'error') as ((event: EventMap['error']) => void) | null;
  }

  set onerror(listener: ((event: EventMap['error']) => void) | null) {
    setAttribute(this, 'error', listener);
  }

  get onclose(): ((event: EventMap['close']) => void) | null {
    return getAttribute(this, 'close') as ((event: EventMap['close']) => void) | null;
  }

  set onclose(listener: ((event: EventMap['close']) => void) | null) {
    setAttribute(this, 'close', listener);
  }

  /**
   * Opens this WebSocket on a socket whose opening handshake is over, and
   * emits `'open'`.
   *
   * @param socket - belongs to the WebSocket from here on
   * @param head - what arrived behind the opening handshake
   * @throws {Error} when the WebSocket is open already or was closed, or the
   *   socket had a WebSocket before
   * @throws {TypeError | RangeError} on arguments or options that are none
   */
  attach(socket: Duplex, head: Uint8Array, options: AttachOptions): void {
    if (this.#link !== undefined || this.#openingState !== ReadyState.Connecting) {
      throw new Error(`The WebSocket can not be attached: ${this.#describeState()}`);
    }
    if (typeof (socket as Partial<Duplex> | undefined)?.on !== 'function') {
      throw new TypeError('The socket must be a Duplex');
    }
    if (!types.isUint8Array(head)) throw new TypeError('The head must be a Uint8Array');
    if (isAttached(socket)) throw new Error('A WebSocket was attached to this socket before');
    const link = new SocketLink(this, socket, {
      ...options,
      autoPong: this.#autoPong,
      closeTimeout: this.#closeTimeout,
      maxPendingAutoPongs: this.#maxPendingAutoPongs,
      binaryType: this.#binaryType,
    });
    this.#protocol = options.protocol ?? '';
    this.#extensions = options.extensions ?? '';
    this.#link = link;
    link.listen(head);
    this.emit('open');
  }

  /**
   * Sends a message.
   *
   * @param data - text, or bytes in any form, or a `Blob`; a number is sent as
   *   its decimal text; memory is borrowed until the callback. A prepared
   *   message is always sent whole, behind the fragments that are under way
   * @param options - or the callback
   * @param callback - called once the data was written out, or with an error
   * @throws {Error} while connecting
   * @throws {TypeError} when the data has no bytes
   */
  send(data: SendData, options?: SendOptions | SendCallback, callback?: SendCallback): void {
    const done = callbackOf(typeof options === 'function' ? options : callback);
    const link = this.#linkFor(data, done);
    if (link === undefined) return;
    if (data instanceof PreparedMessage) {
      sendPrepared(link, data, options, done);
      return;
    }
    const payload = toPayload(data);
    const isText = typeof payload === 'string';
    if (typeof options !== 'object' || options === null) {
      link.connection.send(isText ? Opcode.Text : Opcode.Binary, payload, true, true, done);
      return;
    }
    const opcode = optionOf(options, 'binary', !isText) ? Opcode.Binary : Opcode.Text;
    const fin = optionOf(options, 'fin', true);
    const compress = optionOf(options, 'compress', true);
    const { connection } = link;
    if (!Object.hasOwn(options, 'mask')) connection.send(opcode, payload, fin, compress, done);
    else {
      link.sendMasked(Boolean(options.mask), () => {
        connection.send(opcode, payload, fin, compress, done);
      });
    }
  }

  /**
   * Sends a ping.
   *
   * @param data - as for `send`, at most 125 bytes
   * @param mask - whether the frame is masked; default: what the role demands
   * @throws {RangeError} when the data is longer than 125 bytes
   */
  ping(data?: unknown, mask?: boolean | SendCallback, callback?: SendCallback): void {
    this.#sendControl('sendPing', data, mask, callback);
  }

  /** Sends a pong that nobody asked for; as `ping`. */
  pong(data?: unknown, mask?: boolean | SendCallback, callback?: SendCallback): void {
    this.#sendControl('sendPong', data, mask, callback);
  }

  /**
   * Starts the closing handshake, or gives the opening handshake up.
   *
   * @param code - 1000–1003, 1007–1014 or 3000–4999; absent: none
   * @param reason - at most 123 bytes of UTF-8
   * @throws {TypeError} on another code, or a reason that is no text
   * @throws {RangeError} on a longer reason
   */
  close(code?: number, reason?: string | Uint8Array): void {
    if (this.#link !== undefined) this.#link.close(code, reason);
    else if (this.#openingState === ReadyState.Connecting) this.abandonOpening();
  }

  /** Destroys the socket, or gives the opening handshake up. */
  terminate(): void {
    if (this.#link !== undefined) this.#link.connection.destroy();
    else if (this.#openingState === ReadyState.Connecting) this.abandonOpening();
  }

  /** Stops reading from the socket; events of what was read already still come. */
  pause(): void {
    this.#liveLink()?.pause();
  }

  /** Reads from the socket again. */
  resume(): void {
    this.#liveLink()?.resume();
  }

  /**
   * Adds a listener for an event object.
   *
   * @param listener - a function, or an object with a method `handleEvent`
   */
  addEventListener<K extends keyof EventMap>(
    type: K,
    listener: EventListener<EventMap[K]>,
    options: { once?: boolean } = {},
  ): void {
    addListener(this, type, listener, Boolean(options.once));
  }

  /** Removes a listener that was added with `addEventListener`. */
  removeEventListener<K extends keyof EventMap>(
    type: K,
    listener: EventListener<EventMap[K]>,
  ): void {
    removeListener(this, type, listener);
  }

  /** For subclasses that dial: the address, which changes when a redirect is followed. */
  protected setUrl(url: string): void {
    this.#url = url;
  }

  /**
   * For subclasses that dial: called by `close` and `terminate` during the
   * opening handshake, which must then end in `finishOpeningFailure`.
   */
  protected abandonOpening(): void {
    this.startOpeningFailure();
    process.nextTick(() => {
      this.emit('error', new Error('WebSocket was closed before the connection was established'));
      this.finishOpeningFailure();
    });
  }

  /** For subclasses that dial: the opening handshake failed; `readyState` tells. */
  protected startOpeningFailure(): void {
    this.#openingState = ReadyState.Closing;
  }

  /** For subclasses that dial: after the error of a failed opening handshake, emits `'close'`. */
  protected finishOpeningFailure(): void {
    this.#openingState = ReadyState.Closed;
    this.emit('close', CloseCode.AbnormalClosure, emptyBuffer);
  }

  #sendControl(
    method: 'sendPing' | 'sendPong',
    first: unknown,
    second: unknown,
    third: SendCallback | undefined,
  ): void {
    // The callback may take the place of any argument.
    const done = callbackOf(first) ?? callbackOf(second) ?? callbackOf(third);
    const data = typeof first === 'function' ? undefined : first;
    const mask = typeof first === 'function' || typeof second === 'function' ? undefined : second;
    const link = this.#linkFor(data, done);
    if (link === undefined) return;
    const masked = mask === undefined ? link.connection.masked : Boolean(mask);
    link.sendMasked(masked, (connection) => {
      connection[method](toPayload(data), done);
    });
  }

  /** The link to send by; undefined, and the callback told, after the end began. */
  #linkFor(data: unknown, done: WriteDone | undefined): SocketLink | undefined {
    const state = this.readyState;
    if (state === ReadyState.Open) return this.#link;
    const error = new Error(`WebSocket is not open: ${this.#describeState()}`);
    if (state === ReadyState.Connecting) throw error;
    const size = payloadSize(toPayload(data));
    if (this.#link === undefined) this.#lostBytes += size;
    else this.#link.lostBytes += size;
    if (done !== undefined) process.nextTick(done, error);
    return undefined;
  }

  #liveLink(): SocketLink | undefined {
    return this.readyState === ReadyState.Closed ? undefined : this.#link;
  }

  #describeState(): string {
    const state = this.readyState;
    return `readyState ${String(state)} (${readyStateNames[state]})`;
  }
}

/** The socket that a WebSocket runs on; undefined while it has none. */
export function socketOf(websocket: WebSocket): Duplex | undefined {
  return linkOf(websocket)?.socket;
}

/** The protocol's side of a WebSocket; undefined while it has no socket. */
export function connectionOf(websocket: WebSocket): Connection | undefined {
  return linkOf(websocket)?.connection;
}

readyStateNames.forEach((name, value) => {
  Object.defineProperty(WebSocket, name, { enumerable: true, value });
  Object.defineProperty(WebSocket.prototype, name, { enumerable: true, value });
});

// Those of the WebSocket API are enumerable there, and so they are here.
for (const name of [
  'binaryType',
  'bufferedAmount',
  'extensions',
  'isPaused',
  'protocol',
  'readyState',
  'url',
  'onopen',
  'onerror',
  'onclose',
  'onmessage',
]) {
  Object.defineProperty(WebSocket.prototype, name, { enumerable: true });
}
