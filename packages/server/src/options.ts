/** The options of the server: their types, their defaults, and what is wrong with them. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AttachOptions, WebSocket, WebSocketOptions } from '@hybi/connection/node';
import { createDeflateOffer } from '@hybi/permessage-deflate';
import type { DeflateNegotiationOptions } from '@hybi/permessage-deflate';
import { checkDeflateTuning } from '@hybi/permessage-deflate/node';
import type { DeflateTuning } from '@hybi/permessage-deflate/node';
import type { VerifyClient } from './verify-client.js';

/** `WebSocket` of `@hybi/connection/node` or a class that extends it. */
export type WebSocketConstructor = new (
  address: null,
  protocols?: undefined,
  options?: WebSocketOptions,
) => WebSocket;

/** How messages are compressed, and what is agreed about it with each client. */
export interface PerMessageDeflateOptions extends DeflateNegotiationOptions, DeflateTuning {
  /**
   * Bytes that the compression contexts of all clients may hold on to between messages, read once. A
   * client that comes when they are used up is told to take no context over, in neither direction.
   * Counted with the size of the windows, 40 KiB for a client at the defaults; default: no limit.
   */
  maxContextMemory?: number | undefined;
}

/** What the memory of one connection is held to. */
export interface ConnectionLimits {
  /** Bytes of a message; 0: no limit. */
  maxPayload: number;
  /** Frames of a message; 0: no limit. */
  maxFragments: number;
  /** Chunks that may wait for the rest of a frame; 0: no limit. */
  maxBufferedChunks: number;
}

/**
 * The options of a `WebSocketServer`. Exactly one of `port`, `server` and `noServer` must be given;
 * these and `clientTracking` are read once, all others at every upgrade.
 *
 * @typeParam T - the class of the server's WebSockets
 * @typeParam U - the class of its HTTP requests
 */
export interface ServerOptions<
  T extends WebSocketConstructor = typeof WebSocket,
  U extends typeof IncomingMessage = typeof IncomingMessage,
>
  extends WebSocketOptions, Pick<AttachOptions, 'allowSynchronousEvents' | 'skipUTF8Validation'> {
  /** Listens on this port with an HTTP server of its own; 0: any free one. */
  port?: number | undefined;
  /** The address to listen on; default: all. */
  host?: string | undefined;
  /** Connections that may wait to be accepted; default: Node's. */
  backlog?: number | undefined;
  /** Takes the upgrades of this HTTP server, which is neither started nor closed. */
  server?: HttpServer<U> | HttpsServer<U> | undefined;
  /** Takes the upgrades that `handleUpgrade` is called for. */
  noServer?: boolean | undefined;
  /** Accepts only this path: the URL up to its `?`, exactly as it was sent. */
  path?: string | undefined;
  /** Keeps the set `clients`; default: true. */
  clientTracking?: boolean | undefined;
  /**
   * Chooses the subprotocol, if the client asks for any: a string, which may be another one, or
   * something falsy for none. Default: the first that the client asks for.
   */
  handleProtocols?:
    ((protocols: Set<string>, request: InstanceType<U>) => string | false) | undefined;
  /** Decides whether a client is let in. */
  verifyClient?: VerifyClient<InstanceType<U>> | undefined;
  /** Whether messages may be compressed, and how; default: false. */
  perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
  /** Bytes of a message; default: 100 MiB; 0: no limit. */
  maxPayload?: number | undefined;
  /** Frames of a message; default: 16,384; 0: no limit. */
  maxFragments?: number | undefined;
  /** Chunks that may wait for the rest of a frame; default: 262,144; 0: no limit. */
  maxBufferedChunks?: number | undefined;
  /** The class of the server's WebSockets. It is called with `(null, undefined, options)`. */
  WebSocket?: T | undefined;
  /**
   * Refuses what the RFCs forbid and what is taken otherwise: in requests, and in compressed
   * messages; default: false.
   */
  strict?: boolean | undefined;
}

/**
 * Adds the defaults to what the application gave, in a new object.
 *
 * @param WebSocketClass - the default of the option `WebSocket`
 * @throws {TypeError} when not exactly one of `port`, `server` and `noServer` is given
 */
export function resolveOptions<T extends WebSocketConstructor, U extends typeof IncomingMessage>(
  given: ServerOptions<T, U> | undefined,
  WebSocketClass: WebSocketConstructor,
): ServerOptions<T, U> {
  // Programs may look at these, so what was not given is there too, as null where there is no value.
  const options = {
    allowSynchronousEvents: true,
    autoPong: true,
    maxBufferedChunks: 256 * 1024,
    maxFragments: 16 * 1024,
    maxPayload: 100 * 1024 * 1024,
    maxPendingAutoPongs: 60,
    skipUTF8Validation: false,
    perMessageDeflate: false,
    handleProtocols: null,
    clientTracking: true,
    closeTimeout: 30_000,
    verifyClient: null,
    noServer: false,
    backlog: null,
    server: null,
    host: null,
    path: null,
    port: null,
    WebSocket: WebSocketClass,
    ...given,
  } as ServerOptions<T, U>;
  checkMode(options);
  if (options.perMessageDeflate === true) options.perMessageDeflate = {};
  return options;
}

/**
 * @throws {RangeError} when `perMessageDeflate` has window bits that are not from 8 to 15, or an
 *   amount that is none
 */
export function checkDeflateOptions({
  perMessageDeflate,
}: Pick<ServerOptions, 'perMessageDeflate'>): void {
  if (!perMessageDeflate || perMessageDeflate === true) return;
  // The client's half of the negotiation checks the window bits in the same manner.
  createDeflateOffer(perMessageDeflate);
  checkDeflateTuning(perMessageDeflate);
}

function checkMode({ port, server, noServer }: ServerOptions<WebSocketConstructor>): void {
  const modes = [port !== undefined && port !== null, Boolean(server), Boolean(noServer)];
  if (modes.filter(Boolean).length !== 1) {
    throw new TypeError(
      'One and only one of the "port", "server", or "noServer" options must be specified',
    );
  }
}

/**
 * Reads the limits out of the options; what is absent is no limit.
 *
 * @throws {RangeError} when one is not a non-negative integer
 */
export function readLimits(options: {
  [Name in keyof ConnectionLimits]?: number | null | undefined;
}): ConnectionLimits {
  return {
    maxPayload: readLimit('maxPayload', options.maxPayload),
    maxFragments: readLimit('maxFragments', options.maxFragments),
    maxBufferedChunks: readLimit('maxBufferedChunks', options.maxBufferedChunks),
  };
}

function readLimit(name: keyof ConnectionLimits, value: number | null | undefined): number {
  const limit = value ?? 0;
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw new RangeError(
      `The "${name}" option must be 0 (no limit) or a positive integer, got ${value}`,
    );
  }
  return limit;
}
