/**
 * What a peer can do wrong on the level of frames: one table, one error class.
 *
 * Knows nothing of how an error is reported or a connection ended.
 */

/** What the table says of one error code. */
export interface ProtocolErrorEntry {
  /** The close code that tells the peer. */
  readonly closeCode: number;
  /** Where the broken rule stands. */
  readonly section: string;
  /** For people, may change; `{detail}` stands for the offending value. */
  readonly message: string;
}

/**
 * Every error that a peer's bytes can cause on the level of frames and their text, by code.
 *
 * The codes are stable. {@link FrameDecoder} reports those about frames; the two about the content
 * of a payload (`WS_ERR_INVALID_CLOSE_CODE`, `WS_ERR_INVALID_UTF8`) are for who reads payloads.
 */
export const protocolErrors: Readonly<Record<ProtocolErrorCode, ProtocolErrorEntry>> = {
  WS_ERR_UNEXPECTED_RSV_2_3: {
    closeCode: 1002,
    section: 'RFC 6455 section 5.2',
    message: 'Invalid WebSocket frame: RSV2 and RSV3 must be clear',
  },
  WS_ERR_UNEXPECTED_RSV_1: {
    closeCode: 1002,
    section: 'RFC 6455 section 5.2, RFC 7692 section 6',
    message: 'Invalid WebSocket frame: RSV1 must be clear',
  },
  WS_ERR_INVALID_OPCODE: {
    closeCode: 1002,
    section: 'RFC 6455 sections 5.2 and 5.4',
    message: 'Invalid WebSocket frame: invalid opcode {detail}',
  },
  WS_ERR_EXPECTED_FIN: {
    closeCode: 1002,
    section: 'RFC 6455 section 5.5',
    message: 'Invalid WebSocket frame: FIN must be set',
  },
  WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH: {
    closeCode: 1002,
    section: 'RFC 6455 sections 5.5 and 5.5.1',
    message: 'Invalid WebSocket frame: invalid payload length {detail}',
  },
  WS_ERR_EXPECTED_MASK: {
    closeCode: 1002,
    section: 'RFC 6455 section 5.1',
    message: 'Invalid WebSocket frame: MASK must be set',
  },
  WS_ERR_UNEXPECTED_MASK: {
    closeCode: 1002,
    section: 'RFC 6455 section 5.1',
    message: 'Invalid WebSocket frame: MASK must be clear',
  },
  WS_ERR_NON_MINIMAL_PAYLOAD_LENGTH: {
    closeCode: 1002,
    section: 'RFC 6455 section 5.2',
    message: 'Invalid WebSocket frame: payload length {detail} is not minimally encoded',
  },
  WS_ERR_INVALID_CLOSE_CODE: {
    closeCode: 1002,
    section: 'RFC 6455 section 7.4',
    message: 'Invalid WebSocket frame: invalid status code {detail}',
  },
  WS_ERR_INVALID_UTF8: {
    closeCode: 1007,
    section: 'RFC 6455 section 8.1',
    message: 'Invalid WebSocket frame: invalid UTF-8 sequence',
  },
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: {
    closeCode: 1009,
    section: 'RFC 6455 sections 5.2 and 10.4',
    message: 'Unsupported WebSocket frame: payload length > 2^53 - 1',
  },
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: {
    closeCode: 1009,
    section: 'RFC 6455 section 10.4',
    message: 'Max payload size exceeded',
  },
  WS_ERR_TOO_MANY_BUFFERED_PARTS: {
    closeCode: 1008,
    section: 'RFC 6455 section 10.4',
    message: 'Too many {detail}',
  },
};

/** A key of {@link protocolErrors}. */
export type ProtocolErrorCode =
  | 'WS_ERR_UNEXPECTED_RSV_2_3'
  | 'WS_ERR_UNEXPECTED_RSV_1'
  | 'WS_ERR_INVALID_OPCODE'
  | 'WS_ERR_EXPECTED_FIN'
  | 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH'
  | 'WS_ERR_EXPECTED_MASK'
  | 'WS_ERR_UNEXPECTED_MASK'
  | 'WS_ERR_NON_MINIMAL_PAYLOAD_LENGTH'
  | 'WS_ERR_INVALID_CLOSE_CODE'
  | 'WS_ERR_INVALID_UTF8'
  | 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH'
  | 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
  | 'WS_ERR_TOO_MANY_BUFFERED_PARTS';

/**
 * A peer broke the protocol or a limit.
 *
 * Match `code`: the text may change, and `instanceof` fails across two copies of a package.
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';

  /**
   * @param code - stable, a key of {@link protocolErrors}
   * @param closeCode - the close code that tells the peer
   * @param message - for people
   * @param options - as for `Error`
   */
  constructor(
    readonly code: ProtocolErrorCode,
    readonly closeCode: number,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/**
 * Makes the error for a code, as the table has it.
 *
 * @param code - a key of {@link protocolErrors}
 * @param detail - the offending value; for `WS_ERR_TOO_MANY_BUFFERED_PARTS` what there was too much
 * of: `'message fragments'` or `'buffered chunks'`
 * @param options - as for `Error`
 */
export function createProtocolError(
  code: ProtocolErrorCode,
  detail: number | string = '',
  options?: { cause?: unknown },
): ProtocolError {
  const { closeCode, message } = protocolErrors[code];
  return new ProtocolError(code, closeCode, message.replace('{detail}', String(detail)), options);
}
