/**
 * The server: takes HTTP upgrades, in the order of RFC 6455 §4.2, and makes open
 * WebSockets of them. What is decided on the way is in the modules around; here
 * is the order.
 */
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isAttached, WebSocket } from '@hybi/connection/node';
import type { AttachOptions } from '@hybi/connection/node';
import { evaluateSubprotocols } from '@hybi/handshake';
import type { ContextBudget } from '@hybi/permessage-deflate/node';
import { broadcast } from './broadcast.js';
import type { BroadcastData, BroadcastOptions } from './broadcast.js';
import { answerFault, answerInvalid } from './errors.js';
import { ServerEmitter } from './events.js';
import {
  attachable,
  createContextBudget,
  formatAgreed,
  negotiateExtensions,
} from './extensions.js';
import type { NegotiatedExtensions } from './extensions.js';
import { HttpServerLink } from './http-server.js';
import { evaluateOpening, isSecure } from './opening.js';
import type { InvalidRequest } from './opening.js';
import { checkDeflateOptions, readLimits, resolveOptions } from './options.js';
import type { ConnectionLimits, ServerOptions, WebSocketConstructor } from './options.js';
import { checkStatus, endWith, formatRefusal, guard, unguard } from './rejection.js';
import { chooseSubprotocol, createResponseLines, joinResponseLines } from './response.js';
import type { Acceptance } from './response.js';
import { ServerLife } from './server-life.js';
import { verifyClient } from './verify-client.js';
import type { Refusal } from './verify-client.js';

/** Called with an open WebSocket and the request that opened it. */
export type UpgradeCallback<
  T extends WebSocketConstructor = typeof WebSocket,
  U extends typeof IncomingMessage = typeof IncomingMessage,
> = (websocket: InstanceType<T>, request: InstanceType<U>) => void;

/**
 * A WebSocket server: on a port, on an HTTP server of the application, or on
 * whatever upgrades it is handed.
 *
 * @typeParam T - the class of its WebSockets
 * @typeParam U - the class of its HTTP requests
 * @see RFC 6455 §4.2
 */
export class WebSocketServer<
  T extends WebSocketConstructor = typeof WebSocket,
  U extends typeof IncomingMessage = typeof IncomingMessage,
> extends ServerEmitter<InstanceType<T>, InstanceType<U>> {
  /** The options with their defaults, read again at every upgrade: changes take effect. */
  options: ServerOptions<T, U>;

  /** The WebSockets that are not closed. Does not exist where the option `clientTracking` is off. */
  declare clients: Set<InstanceType<T>>;

  readonly #life: ServerLife;
  readonly #contextBudget: ContextBudget | undefined;
  /** One listener for all clients: it costs them no closure. */
  readonly #onClientClose: (this: WebSocket) => void;

  /**
   * @param options - exactly one of `port`, `server` and `noServer` must be given
   * @param callback - called once the server listens on `port`; no other mode calls it
   * @throws {TypeError} when not exactly one of the three is given
   * @throws {RangeError} when a limit, a port or window bits are out of range
   */
  constructor(options?: ServerOptions<T, U>, callback?: () => void) {
    super();
    this.options = resolveOptions(options, this.defaultWebSocket());
    this.checkOptions();
    this.#contextBudget = createContextBudget(this.options);
    const http = this.options.noServer ? undefined : this.#listen(callback);
    if (this.options.clientTracking) this.clients = new Set();
    this.#life = new ServerLife(this, http, this.clients);
    this.#onClientClose = clientCloseListener((client) => {
      this.clients.delete(client as InstanceType<T>);
      this.#life.clientClosed();
    });
  }

  /**
   * The address that the HTTP server listens on; null once the server closes.
   *
   * @throws {Error} when the server was created with `noServer`
   */
  address(): AddressInfo | string | null {
    if (this.options.noServer) {
      throw new Error('The server is operating in "noServer" mode');
    }
    return this.#life.http?.address ?? null;
  }

  /**
   * Takes no more connections. Those that stand are left alone, and so is the HTTP server of the
   * application.
   *
   * @param callback - a listener for the next `'close'` event; gets an error when the server was
   *   closed already
   */
  close(callback?: (error?: Error) => void): void {
    if (callback) {
      const { isClosed } = this.#life;
      const notRunning = (): void => callback(new Error('The server is not running'));
      this.once('close', isClosed ? notRunning : callback);
    }
    this.#life.close();
  }

  /**
   * Sends a message to all clients that are open: `broadcast` of this package, with `clients`.
   *
   * @returns the number of clients that it was sent to
   * @throws {Error} when the option `clientTracking` is off
   * @throws {TypeError} when the data has no bytes
   */
  broadcast(data: BroadcastData, options?: BroadcastOptions<InstanceType<T>>): number {
    // The type does not say so, but it may be missing.
    if (!(this.clients as unknown)) {
      throw new Error('broadcast() needs the option "clientTracking", which is off');
    }
    return broadcast(this.clients, data, options);
  }

  /**
   * Whether an upgrade is for this server: whether its path is that of the options. May be overridden,
   * but must answer at once.
   */
  shouldHandle(request: InstanceType<U>): boolean {
    const { path } = this.options;
    if (!path) return true;
    const url = request.url as string;
    const query = url.indexOf('?');
    return (query === -1 ? url : url.slice(0, query)) === path;
  }

  /**
   * Takes an upgrade: checks the request, asks the application, answers, and opens a WebSocket. An
   * invalid request is answered and its socket destroyed.
   *
   * @param request - an HTTP request that asks for an upgrade
   * @param socket - belongs to the server from here on; any Duplex
   * @param head - what arrived behind the request
   * @param callback - called once the WebSocket is open; never if it does not come to that
   * @throws {TypeError} when the callback is no function
   * @throws {Error} when a WebSocket runs on the socket already
   */
  handleUpgrade(
    request: InstanceType<U>,
    socket: Duplex,
    head: Buffer,
    callback: UpgradeCallback<T, U>,
  ): void {
    if (typeof callback !== 'function') {
      throw new TypeError(`The callback of an upgrade must be a function, got ${String(callback)}`);
    }
    guard(socket);
    const opening = evaluateOpening(request, this.options.strict);
    if (!opening.accepted) {
      this.#answerInvalid(opening, socket, request);
      return;
    }
    if (!this.shouldHandle(request)) {
      endWith(socket, formatRefusal({ status: 400 }));
      return;
    }
    const offer = evaluateSubprotocols(request.headers);
    if (!offer.accepted) {
      this.#answerInvalid(offer, socket, request);
      return;
    }
    const negotiated = this.#attempt(socket, request, () =>
      negotiateExtensions(
        request.headers,
        this.options,
        this.limits().maxPayload,
        this.#contextBudget,
      ),
    );
    if (negotiated === undefined) return;
    if (!negotiated.accepted) {
      this.#answerInvalid(negotiated, socket, request);
      return;
    }
    const { reservedBytes } = negotiated;
    // However the upgrade ends, its socket closes.
    if (reservedBytes > 0) socket.once('close', () => this.#contextBudget?.give(reservedBytes));
    // Of type string for those who declare it so: browsers always send it.
    const origin = opening.origin as string;
    const info = { origin, secure: isSecure(request), req: request };
    verifyClient(this.options, info, (refusal) => {
      if (refusal !== undefined) {
        this.#refuse(refusal, socket, request);
        return;
      }
      const { extensions } = negotiated;
      const { subprotocols } = offer;
      this.completeUpgrade(extensions, opening.key, subprotocols, request, socket, head, callback);
    });
  }

  /**
   * Answers an upgrade that nothing is wrong with and opens the WebSocket. For subclasses that want
   * to do something before or after.
   *
   * @param extensions - what was negotiated
   * @param key - the client's `Sec-WebSocket-Key`
   * @param subprotocols - those that the client asks for
   * @throws {Error} when a WebSocket runs on the socket already
   */
  protected completeUpgrade(
    extensions: NegotiatedExtensions,
    key: string,
    subprotocols: Set<string>,
    request: InstanceType<U>,
    socket: Duplex,
    head: Buffer,
    callback: UpgradeCallback<T, U>,
  ): void {
    // The client has gone meanwhile.
    if (!socket.readable || !socket.writable) {
      socket.destroy();
      return;
    }
    if (isAttached(socket)) {
      throw new Error(
        'server.handleUpgrade() was called more than once with the same socket, ' +
          'possibly due to a misconfiguration',
      );
    }
    if (!this.#life.isRunning) {
      endWith(socket, formatRefusal({ status: 503 }));
      return;
    }
    const { options } = this;
    const WebSocketClass = (options.WebSocket ?? this.defaultWebSocket()) as T;
    const websocket = new WebSocketClass(null, undefined, options) as InstanceType<T>;
    const subprotocol = chooseSubprotocol(options, subprotocols, request);
    const prepared = this.#attempt(socket, request, () => ({
      lines: this.responseLines({ key, subprotocol, extensions: formatAgreed(extensions) }),
      limits: this.limits(),
    }));
    if (prepared === undefined) return;
    const { lines, limits } = prepared;
    this.emit('headers', lines, request);
    const response = this.#attempt(socket, request, () => joinResponseLines(lines));
    if (response === undefined) return;

    socket.write(response);
    unguard(socket);
    this.attach(websocket, socket, head, {
      role: 'server',
      protocol: subprotocol || '',
      ...attachable(extensions),
      ...limits,
      allowSynchronousEvents: options.allowSynchronousEvents,
      skipUTF8Validation: options.skipUTF8Validation,
    });
    if (this.clients) {
      this.clients.add(websocket);
      websocket.on('close', this.#onClientClose);
    }
    callback(websocket, request);
  }

  /** For subclasses with a WebSocket class of their own: the default of the option `WebSocket`. */
  protected defaultWebSocket(): WebSocketConstructor {
    return WebSocket;
  }

  /**
   * For subclasses that read the options `maxPayload`, `maxFragments` and `maxBufferedChunks` in
   * another manner. Called by the constructor, and at every upgrade.
   *
   * @throws {RangeError} when one is not a non-negative integer
   */
  protected limits(): ConnectionLimits {
    return readLimits(this.options);
  }

  /**
   * For subclasses that take options as they come. Called by the constructor.
   *
   * @throws {RangeError} when a limit or window bits are out of range
   */
  protected checkOptions(): void {
    this.limits();
    checkDeflateOptions(this.options);
  }

  /**
   * For subclasses whose programs expect errors of a certain form: makes what `'wsClientError'`
   * listeners get of an invalid request.
   */
  protected toClientError(error: Error): Error {
    return error;
  }

  /**
   * For subclasses that refuse clients in another manner: checks what `verifyClient` decided, at the
   * call of its callback.
   *
   * @throws {RangeError} when the status can not be answered with
   */
  protected checkRefusal(refusal: Refusal): void {
    checkStatus(refusal);
  }

  /**
   * For subclasses that refuse clients in another manner: the answer to a client that `verifyClient`
   * does not let in.
   *
   * @throws {TypeError} when a header has a character that must not stand in it
   */
  protected formatRefusal(refusal: Refusal): string {
    return formatRefusal(refusal);
  }

  /**
   * For subclasses that take other subprotocols: the lines of the 101 answer, before the `'headers'`
   * event.
   *
   * @throws {TypeError} when the subprotocol must not stand in a header
   */
  protected responseLines(acceptance: Acceptance): string[] {
    return createResponseLines(acceptance);
  }

  /** For subclasses whose WebSockets are opened in another manner. */
  protected attach(
    websocket: InstanceType<T>,
    socket: Duplex,
    head: Buffer,
    options: AttachOptions,
  ): void {
    websocket.attach(socket, head, options);
  }

  #answerInvalid(invalid: InvalidRequest, socket: Duplex, request: InstanceType<U>): void {
    answerInvalid(this, invalid, (error) => this.toClientError(error), socket, request);
  }

  #listen(callback: (() => void) | undefined): HttpServerLink {
    const onUpgrade: UpgradeCallback<T, U> = (websocket, request) => {
      this.emit('connection', websocket, request);
    };
    const listeners = {
      listening: () => void this.emit('listening'),
      error: (error: Error) => void this.emit('error', error),
      upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        this.handleUpgrade(request as InstanceType<U>, socket, head, onUpgrade);
      },
    };
    return new HttpServerLink(this.options, listeners, callback);
  }

  #refuse(refusal: Refusal, socket: Duplex, request: InstanceType<U>): void {
    this.checkRefusal(refusal);
    const response = this.#attempt(socket, request, () => this.formatRefusal(refusal));
    if (response !== undefined) endWith(socket, response);
  }

  /** Makes something of what the application gave; if that can not be, the client gets a 500. */
  #attempt<Result>(
    socket: Duplex,
    request: InstanceType<U>,
    make: () => Result,
  ): Result | undefined {
    try {
      return make();
    } catch (error) {
      answerFault(this, error as Error, socket, request);
      return undefined;
    }
  }
}

/** A listener for the `'close'` event of any client. */
function clientCloseListener(closed: (client: WebSocket) => void): (this: WebSocket) => void {
  return function onClose() {
    closed(this);
  };
}
