/**
 * The table of everything that can be wrong with the peer's half of an
 * opening handshake.
 */

/** What is known about one failure of the peer. */
export interface HandshakeError {
  /** For people: body of the rejection on the server, text of the error on the client. */
  readonly message: string;
  /** The part of RFC 6455 that was violated. */
  readonly section: string;
  /** The HTTP status that a server answers with; absent for failures that only clients see. */
  readonly status?: number;
}

/** What can be wrong with a request; a server has a status for each. */
export type RequestErrorCode =
  | 'WS_ERR_HANDSHAKE_METHOD'
  | 'WS_ERR_HANDSHAKE_UPGRADE'
  | 'WS_ERR_HANDSHAKE_KEY'
  | 'WS_ERR_HANDSHAKE_VERSION'
  | 'WS_ERR_HANDSHAKE_SUBPROTOCOL_OFFER'
  | 'WS_ERR_HANDSHAKE_EXTENSION_OFFER';

/** What can be wrong with a response, besides its `Upgrade` header. */
export type ResponseErrorCode =
  | 'WS_ERR_HANDSHAKE_ACCEPT'
  | 'WS_ERR_HANDSHAKE_SUBPROTOCOL_NOT_REQUESTED'
  | 'WS_ERR_HANDSHAKE_SUBPROTOCOL_INVALID'
  | 'WS_ERR_HANDSHAKE_SUBPROTOCOL_MISSING'
  | 'WS_ERR_HANDSHAKE_EXTENSIONS_NOT_REQUESTED'
  | 'WS_ERR_HANDSHAKE_EXTENSIONS_INVALID'
  | 'WS_ERR_HANDSHAKE_EXTENSION_UNKNOWN';

/** A stable name of a failure, for programs. */
export type HandshakeErrorCode = RequestErrorCode | ResponseErrorCode;

/** Every failure by code. */
export const handshakeErrors: Readonly<
  Record<RequestErrorCode, HandshakeError & { readonly status: number }> &
    Record<ResponseErrorCode, HandshakeError>
> = {
  WS_ERR_HANDSHAKE_METHOD: {
    status: 405,
    message: 'Invalid HTTP method',
    section: '4.2.1',
  },
  WS_ERR_HANDSHAKE_UPGRADE: {
    status: 400,
    message: 'Invalid Upgrade header',
    section: '4.1, 4.2.1',
  },
  WS_ERR_HANDSHAKE_KEY: {
    status: 400,
    message: 'Missing or invalid Sec-WebSocket-Key header',
    section: '4.2.1',
  },
  WS_ERR_HANDSHAKE_VERSION: {
    status: 400,
    message: 'Missing or invalid Sec-WebSocket-Version header',
    section: '4.2.2, 4.4',
  },
  WS_ERR_HANDSHAKE_SUBPROTOCOL_OFFER: {
    status: 400,
    message: 'Invalid Sec-WebSocket-Protocol header',
    section: '4.2.1, 11.3.4',
  },
  WS_ERR_HANDSHAKE_EXTENSION_OFFER: {
    status: 400,
    message: 'Invalid or unacceptable Sec-WebSocket-Extensions header',
    section: '4.2.1, 9.1',
  },
  WS_ERR_HANDSHAKE_ACCEPT: {
    message: 'Invalid Sec-WebSocket-Accept header',
    section: '4.1',
  },
  WS_ERR_HANDSHAKE_SUBPROTOCOL_NOT_REQUESTED: {
    message: 'Server sent a subprotocol but none was requested',
    section: '4.1',
  },
  WS_ERR_HANDSHAKE_SUBPROTOCOL_INVALID: {
    message: 'Server sent an invalid subprotocol',
    section: '4.1',
  },
  WS_ERR_HANDSHAKE_SUBPROTOCOL_MISSING: {
    message: 'Server sent no subprotocol',
    section: '4.1',
  },
  WS_ERR_HANDSHAKE_EXTENSIONS_NOT_REQUESTED: {
    message: 'Server sent a Sec-WebSocket-Extensions header but no extension was requested',
    section: '4.1',
  },
  WS_ERR_HANDSHAKE_EXTENSIONS_INVALID: {
    message: 'Invalid Sec-WebSocket-Extensions header',
    section: '4.1, 9.1',
  },
  WS_ERR_HANDSHAKE_EXTENSION_UNKNOWN: {
    message: 'Server indicated an extension that was not requested',
    section: '4.1',
  },
};

/** The server's decision not to open a connection: everything that the answer needs. */
export interface Rejection {
  accepted: false;
  /** The HTTP status. */
  status: number;
  code: HandshakeErrorCode;
  /** The body of the answer. */
  message: string;
  /** Headers that belong to this rejection, over those that every answer has. */
  headers: Record<string, string>;
}

/** Makes the rejection of a request. */
export function reject(code: RequestErrorCode, headers: Record<string, string> = {}): Rejection {
  const { status, message } = handshakeErrors[code];
  return { accepted: false, status, code, message, headers };
}
