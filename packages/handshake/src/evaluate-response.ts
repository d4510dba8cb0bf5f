/**
 * The client's reading of the server's 101 answer.
 *
 * What it leaves to the caller: the status, redirects, and whether the
 * parameters of an extension are acceptable.
 */
import { handshakeErrors } from './errors.js';
import type { HandshakeErrorCode } from './errors.js';
import { parseExtensions } from './extensions.js';
import type { Extensions } from './extensions.js';
import { getHeader } from './headers.js';
import type { HeaderSource } from './headers.js';
import { computeAccept } from './key.js';

/** The parts of a 101 answer that say whether it opens the connection. */
export interface ResponseHead {
  headers: HeaderSource;
}

/** What was asked for, to hold the answer against. */
export interface ExpectedResponse {
  /** The `Sec-WebSocket-Key` of the request. */
  key: string;
  /** The subprotocols of the request. */
  subprotocols: readonly string[];
  /**
   * Whether the request offered extensions, or their names. With names, an
   * answer that lists another one is refused here; else that is the caller's to check.
   */
  extensionsOffered: boolean | readonly string[];
}

/** An answer that opens the connection. */
export interface ResponseAccepted {
  accepted: true;
  /** The subprotocol in use. */
  subprotocol: string | undefined;
  /** The extensions in use; `undefined` if the answer has no such header. */
  extensions: Extensions | undefined;
}

/** An answer that does not open the connection. */
export interface ResponseFailure {
  accepted: false;
  code: HandshakeErrorCode;
  message: string;
}

/**
 * Decides whether a 101 answer satisfies its request, by the headers
 * `Upgrade`, `Sec-WebSocket-Accept`, `Sec-WebSocket-Protocol` and
 * `Sec-WebSocket-Extensions`, in this order.
 *
 * `Connection` is not looked at: the HTTP client has seen to it before it
 * reports an upgrade. An answer without a subprotocol is refused if the
 * request had any.
 *
 * @see RFC 6455 §4.1, the client's checks of the response
 */
export function evaluateResponse(
  { headers }: ResponseHead,
  request: ExpectedResponse,
): ResponseAccepted | ResponseFailure {
  if (getHeader(headers, 'upgrade')?.toLowerCase() !== 'websocket') {
    return fail('WS_ERR_HANDSHAKE_UPGRADE');
  }
  if (getHeader(headers, 'sec-websocket-accept') !== computeAccept(request.key)) {
    return fail('WS_ERR_HANDSHAKE_ACCEPT');
  }

  const subprotocol = getHeader(headers, 'sec-websocket-protocol');
  const wrong = findSubprotocolError(subprotocol, request.subprotocols);
  if (wrong !== undefined) return fail(wrong);

  const header = getHeader(headers, 'sec-websocket-extensions');
  if (header === undefined) return { accepted: true, subprotocol, extensions: undefined };
  const extensions = readExtensions(header, request.extensionsOffered);
  if (typeof extensions === 'string') return fail(extensions);
  return { accepted: true, subprotocol, extensions };
}

function findSubprotocolError(
  subprotocol: string | undefined,
  requested: readonly string[],
): HandshakeErrorCode | undefined {
  if (requested.length === 0) {
    return subprotocol === undefined ? undefined : 'WS_ERR_HANDSHAKE_SUBPROTOCOL_NOT_REQUESTED';
  }
  if (subprotocol === undefined) return 'WS_ERR_HANDSHAKE_SUBPROTOCOL_MISSING';
  return requested.includes(subprotocol) ? undefined : 'WS_ERR_HANDSHAKE_SUBPROTOCOL_INVALID';
}

function readExtensions(
  header: string,
  offered: boolean | readonly string[],
): Extensions | HandshakeErrorCode {
  if (offered === false) return 'WS_ERR_HANDSHAKE_EXTENSIONS_NOT_REQUESTED';
  let extensions: Extensions;
  try {
    extensions = parseExtensions(header);
  } catch {
    return 'WS_ERR_HANDSHAKE_EXTENSIONS_INVALID';
  }
  if (offered === true || Object.keys(extensions).every((name) => offered.includes(name))) {
    return extensions;
  }
  return 'WS_ERR_HANDSHAKE_EXTENSION_UNKNOWN';
}

function fail(code: HandshakeErrorCode): ResponseFailure {
  return { accepted: false, code, message: handshakeErrors[code].message };
}
