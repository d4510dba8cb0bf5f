/** The WebSocket of the umbrella: the client's, with the members that `ws` has. */
import type { Duplex } from 'node:stream';
import { WebSocket as ClientWebSocket } from '@hybi/client';
import type { ClientOptions } from '@hybi/client';
import { connectionOf, socketOf } from '@hybi/connection/node';
import type { AttachOptions } from '@hybi/connection/node';
import { coerceArguments } from './compat/constructor-arguments.js';
import { toWsError, toWsOpeningError } from './compat/errors.js';
import { toFlag, toLimit } from './compat/limits.js';
import { SenderView } from './compat/sender-view.js';
import { ownConstants, ownMembers } from './compat/statics.js';

/** What `setSocket` takes. */
export type SetSocketOptions = Omit<
  AttachOptions,
  'role' | 'protocol' | 'extensions' | 'transform'
>;

/** What was agreed in the opening handshake. */
type Negotiated = Pick<AttachOptions, 'protocol' | 'extensions' | 'transform'>;

/** Tells a WebSocket what its server agreed to, before `setSocket`; the secret of the class. */
export let setNegotiated: (websocket: WebSocket, negotiated: Negotiated) => void;

/**
 * A WebSocket: `new WebSocket(url)` dials; a server makes them for its clients.
 */
export class WebSocket extends ClientWebSocket {
  /** Whether `setSocket` makes this side the server. */
  _isServer: boolean;

  #sender: SenderView | undefined;
  #negotiated: Negotiated | undefined;

  static {
    setNegotiated = (websocket, negotiated) => {
      websocket.#negotiated = negotiated;
    };
  }

  constructor(address: null, protocols?: undefined, options?: object);
  constructor(address: string | URL, options?: ClientOptions);
  constructor(address: string | URL, protocols?: string | string[], options?: ClientOptions);
  constructor(
    address: string | URL | null,
    protocols?: string | string[] | ClientOptions,
    options?: ClientOptions,
  ) {
    super(
      address as string,
      ...(coerceArguments(address, protocols, options) as [string[], ClientOptions]),
    );
    this._isServer = address === null;
  }

  /** The socket; null before the WebSocket is open and after a failed opening handshake. */
  get _socket(): Duplex | null {
    return socketOf(this) ?? null;
  }

  /** Sends frames that are made already; null without a socket. */
  get _sender(): SenderView | null {
    const connection = connectionOf(this);
    if (connection === undefined) return null;
    this.#sender ??= new SenderView(connection);
    return this.#sender;
  }

  /** Opens the WebSocket on a socket whose opening handshake is over. */
  setSocket(socket: Duplex, head: Buffer, options: SetSocketOptions): void {
    const role = this._isServer ? 'server' : 'client';
    this.attach(socket, head, { ...options, ...this.#negotiated, role });
    this.#negotiated = undefined;
  }

  override attach(socket: Duplex, head: Uint8Array, options: AttachOptions): void {
    super.attach(socket, head, {
      ...options,
      allowSynchronousEvents: toFlag(options.allowSynchronousEvents, true),
      skipUTF8Validation: toFlag(options.skipUTF8Validation, false),
      maxPayload: toLimit(options.maxPayload),
      maxFragments: toLimit(options.maxFragments),
      maxBufferedChunks: toLimit(options.maxBufferedChunks),
      toError: toWsError,
    });
  }

  protected override toOpeningError(error: Error): Error {
    return toWsOpeningError(error);
  }
}

ownConstants(WebSocket, ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']);
ownMembers(WebSocket.prototype, [
  'addEventListener',
  'binaryType',
  'bufferedAmount',
  'extensions',
  'isPaused',
  'onclose',
  'onerror',
  'onmessage',
  'onopen',
  'protocol',
  'readyState',
  'removeEventListener',
  'url',
]);
