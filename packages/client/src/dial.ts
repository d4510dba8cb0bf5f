/**
 * One opening handshake: the requests that it takes, and its outcome.
 *
 * | state      | event                       | what happens                         | next     |
 * | ---------- | --------------------------- | ------------------------------------ | -------- |
 * | requesting | 101 that satisfies          | the WebSocket is attached            | settled  |
 * | requesting | 101 that does not           | the socket is destroyed, `'error'`   | settled  |
 * | requesting | redirect that is followed   | a new request                        |          |
 * | requesting | another answer              | `'unexpected-response'`, or an error | settled  |
 * | requesting | error, timeout, `abandon()` | the request is aborted, `'error'`    | settled  |
 *
 * With a listener for `'unexpected-response'` the state stays: the request and
 * its answer are the listener's, who ends it by closing the WebSocket.
 *
 * It knows nothing of the time after the opening handshake.
 *
 * @see RFC 6455 §4.1
 */
import http from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { checkSubprotocols, createKey } from '@hybi/handshake';
import { checkAddress, locate, parseAddress } from './address.js';
import { createClientError, withRedirectCode } from './errors.js';
import { createExtensionOffer } from './extensions.js';
import type { Settings } from './options.js';
import { CarriedHeaders, checkRedirect } from './redirects.js';
import { createOpeningHeaders, createRequestOptions } from './request-options.js';
import { readResponse } from './response.js';
import type { WebSocket } from './websocket.js';

/** The parts of the WebSocket that only those who dial for it may touch. */
export interface OpeningState {
  setUrl(url: string): void;
  /** It is settled: a connection lives long, so nothing of its beginning is to be kept. */
  forgetDial(): void;
  /** It failed: CLOSING. */
  startFailure(): void;
  /** The error that listeners get for what went wrong. */
  toError(error: Error): Error;
  /** The error was told: CLOSED and `'close'`. */
  finishFailure(): void;
}

/** The opening handshake of one WebSocket; `start` is called once. */
export class Dial {
  private readonly extensionOffer: string;
  private key = '';
  private request: ClientRequest | undefined;
  private carried: CarriedHeaders | undefined;
  private redirects = 0;
  private settled = false;
  private deadline: NodeJS.Timeout | undefined;

  /**
   * @param url - where to go; must have been checked
   * @throws {SyntaxError} if a subprotocol is not a token or there twice
   * @throws {RangeError} if permessage-deflate is to be offered with impossible window bits
   */
  constructor(
    private readonly websocket: WebSocket,
    private readonly state: OpeningState,
    private url: URL,
    private readonly subprotocols: readonly string[],
    private readonly settings: Settings,
  ) {
    checkSubprotocols(subprotocols);
    this.extensionOffer = createExtensionOffer(settings);
  }

  /** Sends the first request; throws what `http.request` throws. */
  start(): void {
    const { handshakeDeadline } = this.settings;
    const request = this.createRequest();
    if (handshakeDeadline) {
      // As the timeout of a socket does, it keeps no process alive.
      this.deadline = setTimeout(this.timeOut, handshakeDeadline).unref();
    }
    this.listen(request);
    this.finish(request);
  }

  /** Gives up, in whatever state the request is. */
  abandon(): void {
    this.abort(createClientError('WS_ERR_HANDSHAKE_ABANDONED'));
  }

  private createRequest(): ClientRequest {
    const { settings, url } = this;
    const endpoint = locate(url);
    this.key = createKey();
    const openingHeaders = createOpeningHeaders(settings, {
      key: this.key,
      subprotocols: this.subprotocols,
      extensionOffer: this.extensionOffer,
    });
    const headers = this.carried?.headers ?? settings.headers;
    const options = createRequestOptions(settings, endpoint, headers, openingHeaders);
    if (this.redirects > 0 && this.websocket.listenerCount('redirect') === 0) {
      this.carried?.stripSecrets(options, endpoint);
    }
    if (settings.followRedirects) {
      this.carried ??= new CarriedHeaders(endpoint, settings.headers);
      this.carried.keepCredentials(options);
    }
    this.request = (endpoint.secure ? https : http).request(options);
    return this.request;
  }

  private listen(request: ClientRequest): void {
    // A request that was replaced or given up has nothing more to say.
    const isCurrent = (): boolean => this.request === request && !this.settled;

    if (this.settings.handshakeTimeout) request.on('timeout', this.timeOut);
    request.on('error', (error) => {
      if (isCurrent()) this.fail(error);
    });
    request.on('response', (response) => {
      if (isCurrent()) this.respond(request, response);
    });
    request.on('upgrade', (response, socket, head) => {
      try {
        this.websocket.emit('upgrade', response);
      } finally {
        // A listener that throws must not leave a WebSocket that never opens nor closes.
        if (isCurrent()) this.open(response, socket, head);
      }
    });
  }

  private finish(request: ClientRequest): void {
    const { finishRequest } = this.settings;
    if (finishRequest) finishRequest(request, this.websocket);
    else request.end();
  }

  private respond(request: ClientRequest, response: IncomingMessage): void {
    const { location } = response.headers;
    const status = response.statusCode ?? 0;
    if (location && this.settings.followRedirects && status >= 300 && status < 400) {
      this.redirect(request, location);
    } else if (!this.websocket.emit('unexpected-response', request, response)) {
      this.abort(createClientError('WS_ERR_HANDSHAKE_STATUS', `: ${status}`));
    }
  }

  private redirect(former: ClientRequest, location: string): void {
    this.redirects += 1;
    if (this.redirects > this.settings.maxRedirects) {
      this.abort(createClientError('WS_ERR_TOO_MANY_REDIRECTS'));
      return;
    }
    cancel(former);
    let request: ClientRequest;
    try {
      this.moveTo(location);
      request = this.createRequest();
    } catch (error) {
      // An agent that is not for this scheme, for example: here nobody could catch it.
      this.fail(withRedirectCode(error as Error));
      return;
    }
    this.listen(request);
    // The one that makes the connection may have closed the WebSocket meanwhile.
    if (this.settled) cancel(request);
    try {
      this.websocket.emit('redirect', this.url.href, request);
    } finally {
      this.finish(request);
    }
  }

  /** @throws {SyntaxError | OpeningError} if the server must not send us there */
  private moveTo(location: string): void {
    const from = this.url;
    const url = parseAddress(location, from);
    this.state.setUrl(url.href);
    checkAddress(url);
    if (!this.settings.allowUnsafeRedirects) checkRedirect(from, url);
    this.url = url;
  }

  private open(response: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { key, subprotocols, settings } = this;
    const read = readResponse(response, { key, subprotocols }, settings);
    if (read instanceof Error) {
      this.refuse(socket, read);
      return;
    }
    this.settle();
    this.websocket.attach(socket, head, read);
  }

  /** The answer is not acceptable: `'error'` and `'close'` follow those of the socket. */
  private refuse(socket: Duplex, error: Error): void {
    this.settle();
    this.state.startFailure();
    socket.destroy(this.state.toError(error));
    socket.once('error', (reason) => this.websocket.emit('error', reason));
    socket.once('close', () => {
      this.state.finishFailure();
    });
  }

  /** Fails in the next tick: who calls `close()` does not expect events before it returns. */
  private abort(error: Error): void {
    if (this.settled) return;
    this.settle();
    this.state.startFailure();
    if (this.request !== undefined) cancel(this.request);
    process.nextTick(() => {
      this.report(error);
    });
  }

  private fail(error: Error): void {
    this.settle();
    this.state.startFailure();
    this.report(error);
  }

  private report(error: Error): void {
    this.websocket.emit('error', this.state.toError(error));
    this.state.finishFailure();
  }

  private settle(): void {
    this.settled = true;
    clearTimeout(this.deadline);
    this.state.forgetDial();
  }

  private readonly timeOut = (): void => {
    this.abort(createClientError('WS_ERR_HANDSHAKE_TIMEOUT'));
  };
}

function cancel(request: ClientRequest): void {
  // `destroy` would do the same, but listeners of the request look at `request.aborted`.
  request.abort();
  // Once the answer is complete or upgraded, the request leaves its socket alone.
  request.socket?.destroy();
}
