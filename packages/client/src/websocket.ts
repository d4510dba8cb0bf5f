/** The WebSocket that dials. */
import { WebSocket as AttachableWebSocket } from '@hybi/connection/node';
import type { WebSocketOptions } from '@hybi/connection/node';
import { checkAddress, parseAddress } from './address.js';
import { readArguments } from './arguments.js';
import { Dial } from './dial.js';
import { resolveOptions } from './options.js';
import type { ClientOptions } from './options.js';

/**
 * A WebSocket connection to a server.
 *
 * It dials as soon as it is made; `'open'` tells that the connection stands.
 * Whatever goes wrong before comes as `'error'`, followed by `'close'` with
 * code 1006. Without a listener for `'error'` such an error is thrown, as
 * always with emitters.
 *
 * @see RFC 6455 §4.1
 */
export class WebSocket extends AttachableWebSocket {
  #dial: Dial | undefined;

  /** Makes a WebSocket that does not dial: `attach` opens it. */
  constructor(address: null, protocols?: undefined, options?: WebSocketOptions);
  /**
   * @param address - `ws:`, `wss:`, `http:`, `https:`, or `ws+unix:PATH:TARGET`
   * @param options - may name the subprotocols as `protocols`
   */
  constructor(address: string | URL, options?: ClientOptions);
  /**
   * @param protocols - the subprotocols to ask for, in order of preference
   * @throws {SyntaxError} if it can not be dialed, or a subprotocol is not a
   *   token or there twice
   * @throws {RangeError} on a version of the protocol that is not supported, or
   *   window bits of permessage-deflate that are not from 8 to 15
   * @throws {TypeError} what `http.request` refuses, such as a header with a line break
   */
  constructor(
    address: string | URL,
    protocols?: string | readonly string[],
    options?: ClientOptions,
  );
  constructor(
    address: string | URL | null,
    protocols?: string | readonly string[] | ClientOptions,
    options?: ClientOptions,
  ) {
    const given = readArguments(protocols, options);
    super(null, undefined, { ...given.options });
    if (address === null) return;

    const settings = resolveOptions(given.options);
    const url = parseAddress(address);
    checkAddress(url);
    this.setUrl(url.href);
    const state = {
      setUrl: (href: string) => this.setUrl(href),
      forgetDial: () => {
        this.#dial = undefined;
      },
      startFailure: () => this.startOpeningFailure(),
      toError: (error: Error) => this.toOpeningError(error),
      finishFailure: () => this.finishOpeningFailure(),
    };
    // Assigned before it starts: `finishRequest` may close this WebSocket.
    this.#dial = new Dial(this, state, url, given.subprotocols, settings);
    this.#dial.start();
  }

  /**
   * For subclasses whose programs expect errors of a certain form: makes what `'error'` listeners
   * get out of what went wrong in the opening handshake.
   */
  protected toOpeningError(error: Error): Error {
    return error;
  }

  protected override abandonOpening(): void {
    if (this.#dial === undefined) super.abandonOpening();
    else this.#dial.abandon();
  }
}
