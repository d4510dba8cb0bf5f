/// <reference types="node" />
/**
 * The class that the package is, with everything else on it, and the names of
 * `@types/ws` in its namespace.
 *
 * The classes are declared in full and have no private members, so that what
 * has their form is as good: a WebSocket of another copy of this package, one
 * that `@types/ws` declares, or what a test puts in its place.
 */
/* eslint-disable @typescript-eslint/no-empty-object-type -- programs may add members */
import type { ClientRequestArgs, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as api from '../dist/implementation.cjs';
import { Emitter } from './emitter.cjs';
import * as events from './events.cjs';
import * as options from './options.cjs';

/**
 * A WebSocket: `new WebSocket(url)` dials; a server makes them for its clients.
 *
 * It dials as soon as it is made, and `'open'` tells that the connection stands. Whatever goes wrong
 * before comes as `'error'`, followed by `'close'` with code 1006.
 *
 * @see RFC 6455
 */
export declare class WebSocket extends Emitter<WebSocket.WebSocketEvents> {
  static readonly CONNECTING: 0;
  static readonly OPEN: 1;
  static readonly CLOSING: 2;
  static readonly CLOSED: 3;

  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSING: 2;
  readonly CLOSED: 3;

  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: 0 | 1 | 2 | 3;
  /** Bytes that were sent and have not left this process. */
  readonly bufferedAmount: number;
  /** The names of the negotiated extensions, separated by commas. */
  readonly extensions: string;
  /** The negotiated subprotocol, or an empty string. */
  readonly protocol: string;
  /** The address that was dialed. On a server there is none: undefined, whatever the type says. */
  readonly url: string;
  /** Whether `pause` was called, and `resume` was not since. */
  readonly isPaused: boolean;

  /**
   * The form in which binary messages come; other values than those it can have change nothing.
   * Who sets it to `'blob'` reads that too, though no reader has to expect it.
   */
  get binaryType(): Exclude<WebSocket.BinaryType, 'blob'>;
  set binaryType(value: WebSocket.BinaryType);

  onopen: ((event: WebSocket.Event) => void) | null;
  onmessage: ((event: WebSocket.MessageEvent) => void) | null;
  onerror: ((event: WebSocket.ErrorEvent) => void) | null;
  onclose: ((event: WebSocket.CloseEvent) => void) | null;

  /** Makes a WebSocket that does not dial, as servers do. */
  constructor(address: null, protocols?: undefined, options?: object);
  /**
   * @param address - `ws:`, `wss:`, `http:`, `https:`, or `ws+unix:PATH:TARGET`
   * @param options - may name the subprotocols as `protocols`
   */
  constructor(address: string | URL, options?: WebSocket.ClientOptions | ClientRequestArgs);
  /**
   * @param protocols - the subprotocols to ask for, in order of preference
   * @throws {SyntaxError} if it can not be dialed, or a subprotocol is not a token or there twice
   * @throws {RangeError} on a version of the protocol that is not supported
   * @throws {TypeError} what `http.request` refuses, such as a header with a line break
   */
  constructor(
    address: string | URL,
    protocols?: string | string[],
    options?: WebSocket.ClientOptions | ClientRequestArgs,
  );

  /**
   * Sends a message.
   *
   * @param data - text, bytes in any form, or a `Blob`; a number is sent as its decimal text; memory
   *   is borrowed until the callback. A prepared message is always sent whole
   * @param callback - called once the data was written out, or with an error
   * @throws {Error} while connecting
   * @throws {TypeError} when the data has no bytes
   */
  send(data: WebSocket.SendData, callback?: (error?: Error) => void): void;
  send(
    data: WebSocket.SendData,
    options: WebSocket.SendOptions,
    callback?: (error?: Error) => void,
  ): void;

  /**
   * Sends a ping.
   *
   * @param data - as for `send`, at most 125 bytes
   * @param mask - whether the frame is masked; default: what the role demands
   * @param callback - as for `send`, and called without an error like that, whatever the type says; it
   *   may stand in the place of any argument
   * @throws {RangeError} when the data is longer than 125 bytes
   */
  ping(
    data?: any,
    mask?: boolean | ((error: Error) => void),
    callback?: (error: Error) => void,
  ): void;

  /** Sends a pong that nobody asked for; as `ping`. */
  pong(
    data?: any,
    mask?: boolean | ((error: Error) => void),
    callback?: (error: Error) => void,
  ): void;

  /**
   * Starts the closing handshake, or gives the opening handshake up.
   *
   * @param code - 1000–1003, 1007–1014 or 3000–4999; absent: none
   * @param reason - at most 123 bytes of UTF-8
   * @throws {TypeError} on another code, or a reason that is no text
   * @throws {RangeError} on a longer reason
   */
  close(code?: number, reason?: string | Uint8Array): void;

  /** Destroys the socket, or gives the opening handshake up. */
  terminate(): void;

  /** Stops reading from the socket; events of what was read already still come. */
  pause(): void;

  /** Reads from the socket again. */
  resume(): void;

  /**
   * Adds a listener for an event object.
   *
   * @param listener - a function, or an object with a method `handleEvent`
   */
  addEventListener<K extends keyof WebSocket.WebSocketEventMap>(
    type: K,
    listener:
      | ((event: WebSocket.WebSocketEventMap[K]) => void)
      | { handleEvent(event: WebSocket.WebSocketEventMap[K]): void },
    options?: WebSocket.EventListenerOptions,
  ): void;

  /** Removes a listener that was added with `addEventListener`. */
  removeEventListener<K extends keyof WebSocket.WebSocketEventMap>(
    type: K,
    listener:
      | ((event: WebSocket.WebSocketEventMap[K]) => void)
      | { handleEvent(event: WebSocket.WebSocketEventMap[K]): void },
  ): void;
}

/** The class, where the namespace has a `WebSocket` of its own. */
import Self = WebSocket;

export declare namespace WebSocket {
  const WebSocket: typeof Self;
  interface WebSocket extends Self {}

  export import RawData = events.RawData;
  export import Data = events.Data;
  export import BinaryType = events.BinaryType;
  export import SendData = events.SendData;
  export import SendOptions = events.SendOptions;
  export import BroadcastData = events.BroadcastData;
  export import BroadcastOptions = events.BroadcastOptions;
  export import PreparedMessageOptions = events.PreparedMessageOptions;
  export import WebSocketEvents = events.WebSocketEvents;
  export import WebSocketServerEvents = events.WebSocketServerEvents;
  export import Event = events.Event;
  export import ErrorEvent = events.ErrorEvent;
  export import CloseEvent = events.CloseEvent;
  export import MessageEvent = events.MessageEvent;
  export import WebSocketEventMap = events.WebSocketEventMap;
  export import EventListenerOptions = events.EventListenerOptions;

  export import CertMeta = options.CertMeta;
  export import FinishRequestCallback = options.FinishRequestCallback;
  export import PerMessageDeflateOptions = options.PerMessageDeflateOptions;
  export import ClientOptions = options.ClientOptions;
  export import VerifyClientInfo = options.VerifyClientInfo;
  export import VerifyClientCallbackSync = options.VerifyClientCallbackSync;
  export import VerifyClientCallbackAsync = options.VerifyClientCallbackAsync;
  export import WebSocketConstructor = options.WebSocketConstructor;
  export import ServerOptions = options.ServerOptions;
  export import AddressInfo = options.AddressInfo;

  /**
   * A WebSocket server: on a port, on an HTTP server of the application, or on whatever upgrades it
   * is handed.
   *
   * @typeParam T - the class of its WebSockets
   * @typeParam U - the class of its HTTP requests
   * @see RFC 6455 §4.2
   */
  class WebSocketServer<
    T extends WebSocketConstructor = typeof Self,
    U extends typeof IncomingMessage = typeof IncomingMessage,
  > extends Emitter<WebSocketServerEvents<InstanceType<T>, InstanceType<U>>> {
    /** The options with their defaults, read again at every upgrade: changes take effect. */
    // `any`, because these have other types in `@types/ws`, and libraries ask for its servers.
    options: ServerOptions<T, U> & { WebSocket?: any; perMessageDeflate?: any };

    /** The WebSockets that are not closed. Does not exist where the option `clientTracking` is off. */
    clients: Set<InstanceType<T>>;

    /** @deprecated It is declared because `@types/ws` does, and never there: see `options.path`. */
    path: string;

    /**
     * @param options - exactly one of `port`, `server` and `noServer` must be given
     * @param callback - called once the server listens on `port`; no other mode calls it
     * @throws {TypeError} when not exactly one of the three is given
     */
    constructor(options?: ServerOptions<T, U>, callback?: () => void);

    /**
     * The address that the HTTP server listens on; null once the server closes.
     *
     * @throws {Error} when the server was created with `noServer`
     */
    address(): AddressInfo | string | null;

    /**
     * Takes no more connections. Those that stand are left alone, and so is the HTTP server of the
     * application.
     *
     * @param callback - a listener for the next `'close'` event; gets an error when the server was
     *   closed already
     */
    close(callback?: (error?: Error) => void): void;

    // There is a method `broadcast`, which is not declared: many classes that extend this one have
    // one of their own, and would need `override` before it. The function is.

    /**
     * Takes an upgrade: checks the request, asks the application, answers, and opens a WebSocket. An
     * invalid request is answered and its socket destroyed.
     *
     * @param request - an HTTP request that asks for an upgrade
     * @param socket - belongs to the server from here on; any Duplex
     * @param head - what arrived behind the request
     * @param callback - called once the WebSocket is open; never if it does not come to that
     */
    handleUpgrade(
      request: InstanceType<U>,
      socket: Duplex,
      head: Buffer,
      callback: (client: InstanceType<T>, request: InstanceType<U>) => void,
    ): void;

    /**
     * Whether an upgrade is for this server: whether its path is that of the options. May be
     * overridden, but must answer at once.
     */
    shouldHandle(request: InstanceType<U>): boolean;
  }
  const Server: typeof WebSocketServer;
  interface Server<
    T extends WebSocketConstructor = typeof Self,
    U extends typeof IncomingMessage = typeof IncomingMessage,
  > extends WebSocketServer<T, U> {}

  /**
   * Sends one message to all of the clients that are open, such as `server.clients`. It is compressed
   * once for all that agreed to the same parameters.
   *
   * @param data - as of `send`, but no `Blob`. Memory is borrowed until it has left for all clients,
   *   which nobody is told: do not change it
   * @returns the number of clients that it was sent to
   * @throws {TypeError} when the data has no bytes
   */
  function broadcast<Client extends Self>(
    clients: Iterable<Client>,
    data: BroadcastData,
    options?: BroadcastOptions<Client>,
  ): number;
  export import createWebSocketStream = api.createWebSocketStream;
  export import extension = api.extension;
  export import subprotocol = api.subprotocol;
  export import PerMessageDeflate = api.PerMessageDeflate;
  export import PreparedMessage = api.PreparedMessage;
  export import Receiver = api.Receiver;
  export import Sender = api.Sender;
}
