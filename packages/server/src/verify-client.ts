/**
 * The application's own say in who may connect. It knows both manners in which
 * that is given, not how a refusal is written.
 */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** What `verifyClient` is told of a request. */
export interface VerifyClientInfo<Request extends IncomingMessage = IncomingMessage> {
  /**
   * The value of `Origin`, or of `Sec-WebSocket-Origin` in version 8. Undefined if the client, which
   * is no browser then, did not send it: the type is the one that callbacks are declared with.
   */
  origin: string;
  /** Whether the request came over TLS. */
  secure: boolean;
  req: Request;
}

/** Decides at once: true lets the client in, false is answered with 401. */
export type VerifyClientCallbackSync<Request extends IncomingMessage = IncomingMessage> = (
  info: VerifyClientInfo<Request>,
) => boolean;

/**
 * Answers by a callback; it is called this way if it declares two parameters.
 *
 * @param callback - takes the decision and, for a refusal, the status (default: 401), the body of the
 *   answer (default: the status's text) and more headers. It throws a `RangeError` on a status that
 *   can not be answered with.
 */
export type VerifyClientCallbackAsync<Request extends IncomingMessage = IncomingMessage> = (
  info: VerifyClientInfo<Request>,
  callback: (
    verified: boolean,
    status?: number,
    body?: string,
    headers?: OutgoingHttpHeaders,
  ) => void,
) => void;

/**
 * The `verifyClient` option, in either manner. It is one signature and no union, so that the
 * parameters of a function that stands there need no types.
 */
export type VerifyClient<Request extends IncomingMessage = IncomingMessage> = (
  ...args: Parameters<VerifyClientCallbackAsync<Request>>
) => unknown;

/** How a client is refused. */
export interface Refusal {
  status: number;
  /** The status's text if absent or empty. */
  body?: string | undefined;
  headers?: OutgoingHttpHeaders | undefined;
}

/**
 * Asks the application whether the client is welcome.
 *
 * @param options - whose method `verifyClient` is; without one everybody is welcome
 * @param decided - called with the refusal, or without for a client that is welcome; at once or later
 */
export function verifyClient<Request extends IncomingMessage>(
  options: { verifyClient?: VerifyClient<Request> | null | undefined },
  info: VerifyClientInfo<Request>,
  decided: (refusal?: Refusal) => void,
): void {
  if (!options.verifyClient) {
    decided();
  } else if (options.verifyClient.length === 2) {
    options.verifyClient(info, (verified, status, body, headers) => {
      if (verified) decided();
      else decided({ status: Number(status || unauthorized), body, headers });
    });
  } else {
    // With one argument, so that nobody waits for a callback that is not there.
    const { verifyClient } = options as { verifyClient: VerifyClientCallbackSync<Request> };
    decided(verifyClient.call(options, info) ? undefined : { status: unauthorized });
  }
}

const unauthorized = 401;
