/** The ways in which the streams of a WebSocket fail: one table, one error class. */

/** What the table says of one error code. */
export interface StreamError {
  /** For people, may change. */
  readonly message: string;
  /** Where the matter stands in RFC 6455; empty where it is the streams' own. */
  readonly section: string;
}

/** A stable name of a failure, for programs. */
export type StreamErrorCode =
  | 'WS_ERR_STREAM_NOT_OPENED'
  | 'WS_ERR_STREAM_ABNORMAL_CLOSURE'
  | 'WS_ERR_STREAM_CLOSED'
  | 'WS_ERR_STREAM_SEND_FAILED'
  | 'WS_ERR_STREAM_TOO_MUCH_UNREAD';

/** Every failure by code. */
export const streamErrors: Readonly<Record<StreamErrorCode, StreamError>> = {
  WS_ERR_STREAM_NOT_OPENED: {
    message: 'The WebSocket closed before it was open',
    section: 'RFC 6455 section 4.1',
  },
  WS_ERR_STREAM_ABNORMAL_CLOSURE: {
    message: 'The WebSocket closed without a close frame',
    section: 'RFC 6455 section 7.1.5',
  },
  WS_ERR_STREAM_CLOSED: {
    message: 'The WebSocket is closing or closed',
    section: 'RFC 6455 section 7.1.3',
  },
  WS_ERR_STREAM_SEND_FAILED: {
    message: 'The WebSocket failed to send a message',
    section: '',
  },
  WS_ERR_STREAM_TOO_MUCH_UNREAD: {
    message: 'Too many bytes wait to be read, and the WebSocket can not be paused',
    section: '',
  },
};

/** What is known of a failure beside its code. */
export interface StreamErrorDetails {
  /** The code of the WebSocket's `'close'`. */
  closeCode?: number;
  /** The reason of the WebSocket's `'close'`. */
  reason?: string;
  /** What the WebSocket said was wrong. */
  cause?: unknown;
}

/**
 * The error that a stream of a WebSocket fails with.
 *
 * Match its `code`: classes differ where a program holds two copies.
 */
export class WebSocketStreamError extends Error {
  override readonly name = 'WebSocketStreamError';
  /** Stable; a key of {@link streamErrors}. */
  readonly code: StreamErrorCode;
  /** The code of the WebSocket's `'close'`; 1006 where there was none yet. */
  readonly closeCode: number;
  /** The reason of the WebSocket's `'close'`, or empty. */
  readonly reason: string;

  constructor(code: StreamErrorCode, details: StreamErrorDetails = {}) {
    super(streamErrors[code].message, 'cause' in details ? { cause: details.cause } : {});
    this.code = code;
    this.closeCode = details.closeCode ?? 1006;
    this.reason = details.reason ?? '';
  }
}
