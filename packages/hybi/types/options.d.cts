/// <reference types="node" />
/**
 * The options of clients and servers: those of the implementation, but for the
 * ones that name our classes, or that `@types/ws` declares in another way.
 */
import type {
  ClientRequest,
  ClientRequestArgs,
  IncomingMessage,
  OutgoingHttpHeaders,
} from 'node:http';
import type * as net from 'node:net';
import type { Duplex } from 'node:stream';
import type { PeerCertificate } from 'node:tls';
import type { ZlibOptions } from 'node:zlib';
import type * as api from '../dist/implementation.cjs';
import type { WebSocket } from './websocket.cjs';

/** Certificates and keys, as `@types/ws` knows them. */
export type CertMeta = string | string[] | Buffer | Buffer[];

// Types of methods, so that functions fit which declare their parameters as `@types/ws` does: a
// certificate as `CertMeta`, and the functions of `net` and `tls`.
type CheckServerIdentity = {
  check(servername: string, certificate: PeerCertificate & CertMeta): unknown;
}['check'];
type CreateConnection = {
  create(
    options: ClientRequestArgs,
    oncreate: ((error: Error | null, socket: Duplex) => void) & (() => void),
  ): Duplex | null | undefined;
}['create'];

/** Ends a request, after what it wants to change of it. */
export type FinishRequestCallback = (request: ClientRequest, websocket: WebSocket) => void;

/** How permessage-deflate is negotiated and used. */
export interface PerMessageDeflateOptions extends Omit<
  api.PerMessageDeflateOptions,
  'zlibDeflateOptions'
> {
  /** For zlib, for what is sent. A list of dictionaries is a type of `@types/ws` that it refuses. */
  zlibDeflateOptions?:
    | (Omit<ZlibOptions, 'dictionary'> & { dictionary?: ZlibOptions['dictionary'] | Buffer[] })
    | undefined;
}

/**
 * The options of a WebSocket that dials. What is not described goes to `http.request` or
 * `https.request`, such as `agent`, `auth`, `ca`, `lookup` and `rejectUnauthorized`.
 */
export interface ClientOptions extends Omit<
  api.ClientOptions,
  'checkServerIdentity' | 'createConnection' | 'finishRequest' | 'perMessageDeflate'
> {
  /** As of `tls.connect`; what it returns is an error, if it is anything. */
  checkServerIdentity?: CheckServerIdentity | undefined;
  /** Connects in the place of `net.connect` or `tls.connect`. */
  createConnection?: CreateConnection | undefined;
  /** Called with every request in the place of `request.end()`, which it must call itself. */
  finishRequest?: FinishRequestCallback | undefined;
  /** Offers permessage-deflate; default: true. */
  perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
}

/** What `verifyClient` is told of a request. */
export interface VerifyClientInfo<Request extends IncomingMessage = IncomingMessage> {
  /** The value of `Origin`. Undefined if the client, which is no browser then, did not send it. */
  origin: string;
  /** Whether the request came over TLS. */
  secure: boolean;
  req: Request;
}

/** Decides at once: true lets the client in, false is answered with 401. */
export type VerifyClientCallbackSync<Request extends IncomingMessage = IncomingMessage> = (
  info: VerifyClientInfo<Request>,
) => boolean;

/** Answers by a callback; it is called this way if it declares two parameters. */
export type VerifyClientCallbackAsync<Request extends IncomingMessage = IncomingMessage> = (
  info: VerifyClientInfo<Request>,
  callback: (
    verified: boolean,
    status?: number,
    body?: string,
    headers?: OutgoingHttpHeaders,
  ) => void,
) => void;

/** `WebSocket`, or a class that extends it and that servers can make. */
export type WebSocketConstructor = new (
  address: null,
  protocols?: undefined,
  options?: any,
) => WebSocket;

/**
 * The options of a server. Exactly one of `port`, `server` and `noServer` must be given; these and
 * `clientTracking` are read once, all others at every upgrade.
 *
 * @typeParam U - the class of its WebSockets
 * @typeParam V - the class of its HTTP requests
 */
export interface ServerOptions<
  U extends WebSocketConstructor = typeof WebSocket,
  V extends typeof IncomingMessage = typeof IncomingMessage,
> extends Omit<
  api.ServerOptions<api.WebSocketConstructor, V>,
  'WebSocket' | 'handleProtocols' | 'perMessageDeflate' | 'verifyClient'
> {
  /**
   * Chooses the subprotocol, if the client asks for any: a string, which may be another one, or
   * false for none. Default: the first that the client asks for.
   */
  handleProtocols?: (protocols: Set<string>, request: InstanceType<V>) => string | false;
  /** Whether messages may be compressed, and how; default: false. */
  perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
  /**
   * Decides whether a client is let in, at once or by the callback. It is one signature and no union, so
   * that the parameters of a function that stands there need no types.
   */
  verifyClient?:
    ((...args: Parameters<VerifyClientCallbackAsync<InstanceType<V>>>) => unknown) | undefined;
  /** The class of the server's WebSockets. It is called with `(null, undefined, options)`. */
  WebSocket?: U | undefined;
}

/** Where a server listens. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- programs may add members
export interface AddressInfo extends net.AddressInfo {}
