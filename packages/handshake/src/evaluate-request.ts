/**
 * The server's reading of an opening request: each function looks at one part
 * of it and returns a decision.
 *
 * What it leaves to the caller: whether the path, the origin and the user are
 * welcome, and which subprotocol and extensions to take.
 */
import { reject } from './errors.js';
import type { Rejection } from './errors.js';
import { parseExtensions } from './extensions.js';
import type { Extensions } from './extensions.js';
import { getHeader } from './headers.js';
import type { HeaderSource } from './headers.js';
import { isKey } from './key.js';
import { parseSubprotocols } from './subprotocols.js';
import { isSupportedVersion, supportedVersions } from './version.js';
import type { SupportedVersion } from './version.js';

/** The parts of an HTTP request that say whether it is an opening request. */
export interface RequestHead {
  method?: string | undefined;
  headers: HeaderSource;
}

/** An opening request that can be answered with 101. */
export interface AcceptedRequest {
  accepted: true;
  version: SupportedVersion;
  /** The value of `Sec-WebSocket-Key`, for {@link createResponseHeaders}. */
  key: string;
  /** The value of `Origin`, or of `Sec-WebSocket-Origin` in version 8. */
  origin: string | undefined;
}

/**
 * Decides whether a request is a valid opening request, by its method and the
 * headers `Upgrade`, `Sec-WebSocket-Key` and `Sec-WebSocket-Version`, in this
 * order.
 *
 * `Connection` and the HTTP version are not looked at: the HTTP server has
 * seen to them before it reports an upgrade.
 *
 * @see RFC 6455 §4.2.1
 */
export function evaluateRequest({ method, headers }: RequestHead): AcceptedRequest | Rejection {
  if (method !== 'GET') return reject('WS_ERR_HANDSHAKE_METHOD');

  if (getHeader(headers, 'upgrade')?.toLowerCase() !== 'websocket') {
    return reject('WS_ERR_HANDSHAKE_UPGRADE');
  }

  const key = getHeader(headers, 'sec-websocket-key');
  if (key === undefined || !isKey(key)) return reject('WS_ERR_HANDSHAKE_KEY');

  // `ws` takes any numeral that JavaScript reads as 13 or 8, such as `0x0d`,
  // and what it accepts is not refused here.
  const version = Number(getHeader(headers, 'sec-websocket-version'));
  if (!isSupportedVersion(version)) {
    return reject('WS_ERR_HANDSHAKE_VERSION', {
      'Sec-WebSocket-Version': supportedVersions.join(', '),
    });
  }

  const origin = getHeader(headers, version === 8 ? 'sec-websocket-origin' : 'origin');
  return { accepted: true, version, key, origin };
}

/** The subprotocols that a client asks for. */
export interface AcceptedSubprotocols {
  accepted: true;
  /** In the client's order of preference; empty if it asks for none. */
  subprotocols: Set<string>;
  /** Whether the client asks for any. */
  offered: boolean;
}

/**
 * Reads the subprotocols that the client asks for.
 *
 * @see RFC 6455 §4.2.1, §11.3.4
 */
export function evaluateSubprotocols(headers: HeaderSource): AcceptedSubprotocols | Rejection {
  const header = getHeader(headers, 'sec-websocket-protocol');
  if (header === undefined) return { accepted: true, subprotocols: new Set(), offered: false };
  try {
    return { accepted: true, subprotocols: parseSubprotocols(header), offered: true };
  } catch {
    return reject('WS_ERR_HANDSHAKE_SUBPROTOCOL_OFFER');
  }
}

/** The extensions that a client offers. */
export interface AcceptedExtensionOffer {
  accepted: true;
  /** Empty if the client offers none. */
  extensions: Extensions;
}

/**
 * Reads the extensions that the client offers. Whether their parameters can be
 * accepted is for the negotiation of each extension.
 *
 * @see RFC 6455 §4.2.1, §9.1
 */
export function evaluateExtensionOffer(headers: HeaderSource): AcceptedExtensionOffer | Rejection {
  const header = getHeader(headers, 'sec-websocket-extensions');
  if (header === undefined) {
    return { accepted: true, extensions: Object.create(null) as Extensions };
  }
  try {
    return { accepted: true, extensions: parseExtensions(header) };
  } catch {
    return reject('WS_ERR_HANDSHAKE_EXTENSION_OFFER');
  }
}
