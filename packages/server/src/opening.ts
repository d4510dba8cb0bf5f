/**
 * Reads an opening request. What is wrong with it is a value, from which the
 * answer is made or the error that a `'wsClientError'` listener gets instead.
 */
import type { IncomingMessage } from 'node:http';
import { evaluateRequest } from '@hybi/handshake';
import type { AcceptedRequest, Rejection } from '@hybi/handshake';
import { findStrictFault } from './strict.js';

/** What is wrong with a request, and how it is answered. */
export interface InvalidRequest extends Omit<Rejection, 'code'> {
  /** Stable, `WS_ERR_HANDSHAKE_…`. */
  code: string;
  /** What led to it, where that is known. */
  cause?: unknown;
}

/** Decides whether a request is an opening request, by all but its subprotocols and extensions. */
export function evaluateOpening(
  request: IncomingMessage,
  strict: boolean | undefined,
): AcceptedRequest | InvalidRequest {
  const opening = evaluateRequest(request);
  if (!opening.accepted || !strict) return opening;
  const fault = findStrictFault(request);
  return fault === undefined ? opening : { accepted: false, headers: {}, ...fault };
}

/** Whether the request came over TLS; one that was made up, without a socket, did not. */
export function isSecure({ socket }: { socket?: unknown }): boolean {
  const { authorized, encrypted } = (socket ?? {}) as { authorized?: boolean; encrypted?: boolean };
  return Boolean(authorized || encrypted);
}
