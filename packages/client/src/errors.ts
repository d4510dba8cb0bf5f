/**
 * The errors that this package makes itself while it opens a connection.
 *
 * What the server's answer can be refused for stands in the table of
 * `@hybi/handshake`; errors of Node.js (DNS, TCP, TLS, HTTP) are passed on as
 * they are.
 */
import type { HandshakeErrorCode } from '@hybi/handshake';

/** What is known about one failure. */
export interface ClientErrorDescription {
  /** The text of the error, without what is particular to one case. */
  readonly message: string;
  /** The rule behind it. */
  readonly section: string;
}

/** Stable names of the failures, for programs. */
export type ClientErrorCode =
  | 'WS_ERR_HANDSHAKE_ABANDONED'
  | 'WS_ERR_HANDSHAKE_TIMEOUT'
  | 'WS_ERR_HANDSHAKE_STATUS'
  | 'WS_ERR_TOO_MANY_REDIRECTS'
  | 'WS_ERR_INVALID_REDIRECT'
  | 'WS_ERR_UNSAFE_REDIRECT';

/** Every failure by code; each comes as an `'error'` event before `'close'` with code 1006. */
export const clientErrors: Readonly<Record<ClientErrorCode, ClientErrorDescription>> = {
  WS_ERR_HANDSHAKE_ABANDONED: {
    message: 'WebSocket was closed before the connection was established',
    section: 'RFC 6455 §7.1.7',
  },
  WS_ERR_HANDSHAKE_TIMEOUT: {
    message: 'Opening handshake has timed out',
    section: 'RFC 6455 §7.1.7',
  },
  WS_ERR_HANDSHAKE_STATUS: {
    message: 'Unexpected server response',
    section: 'RFC 6455 §4.1',
  },
  WS_ERR_TOO_MANY_REDIRECTS: {
    message: 'Maximum redirects exceeded',
    section: 'RFC 9110 §15.4',
  },
  WS_ERR_INVALID_REDIRECT: {
    message: 'Invalid URL',
    section: 'RFC 6455 §3',
  },
  WS_ERR_UNSAFE_REDIRECT: {
    message: 'Unsafe redirect',
    section: 'RFC 6455 §10.6',
  },
};

/** The error of a failed opening handshake. */
export interface OpeningError extends Error {
  readonly code: ClientErrorCode | HandshakeErrorCode;
}

/** Makes the error of a row of the table; `detail` is appended to the row's message. */
export function createClientError(code: ClientErrorCode, detail = ''): OpeningError {
  return Object.assign(new Error(clientErrors[code].message + detail), { code });
}

/** Gives an address that a server redirected to, and that is none, its code. */
export function withRedirectCode(error: Error): Error {
  const code: ClientErrorCode = 'WS_ERR_INVALID_REDIRECT';
  return error instanceof SyntaxError ? Object.assign(error, { code }) : error;
}
