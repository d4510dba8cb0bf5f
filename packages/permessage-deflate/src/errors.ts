/**
 * Every error of this package: its stable code, its class, its close code.
 *
 * Knows the table and nothing of what leads to an entry. An error that zlib itself reports is not
 * listed: it keeps zlib's own code (`Z_DATA_ERROR`) and gains the close code 1007.
 */

/** The stable codes of this package's errors. */
export type DeflateErrorCode =
  | 'WS_ERR_DEFLATE_REPEATED_PARAMETER'
  | 'WS_ERR_DEFLATE_INVALID_PARAMETER'
  | 'WS_ERR_DEFLATE_UNKNOWN_PARAMETER'
  | 'WS_ERR_DEFLATE_UNACCEPTABLE_OFFER'
  | 'WS_ERR_DEFLATE_UNACCEPTABLE_RESPONSE'
  | 'WS_ERR_DEFLATE_CLOSED'
  | 'WS_ERR_DEFLATE_TRAILING_DATA'
  | 'WS_ERR_DEFLATE_TRUNCATED'
  | 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/** One row of {@link deflateErrors}. */
export interface DeflateErrorDescription {
  /** The class that is thrown or handed over. */
  readonly type: 'Error' | 'TypeError' | 'RangeError';
  /** What to tell the peer in a close frame; undefined when no connection is open at that time. */
  readonly closeCode: number | undefined;
  /** The rule that was broken. */
  readonly section: string;
}

/**
 * The table of all errors: code, class, close code, section.
 *
 * The class is that of the `ws` error with the same message; callers should match the code.
 */
export const deflateErrors: Readonly<Record<DeflateErrorCode, DeflateErrorDescription>> = {
  WS_ERR_DEFLATE_REPEATED_PARAMETER: {
    type: 'Error',
    closeCode: undefined,
    section: 'RFC 7692 §7',
  },
  WS_ERR_DEFLATE_INVALID_PARAMETER: {
    type: 'TypeError',
    closeCode: undefined,
    section: 'RFC 7692 §7.1',
  },
  WS_ERR_DEFLATE_UNKNOWN_PARAMETER: {
    type: 'Error',
    closeCode: undefined,
    section: 'RFC 7692 §7',
  },
  WS_ERR_DEFLATE_UNACCEPTABLE_OFFER: {
    type: 'Error',
    closeCode: undefined,
    section: 'RFC 7692 §5.1',
  },
  WS_ERR_DEFLATE_UNACCEPTABLE_RESPONSE: {
    type: 'Error',
    closeCode: undefined,
    section: 'RFC 7692 §5.1',
  },
  WS_ERR_DEFLATE_CLOSED: { type: 'Error', closeCode: undefined, section: 'RFC 6455 §7.1.7' },
  WS_ERR_DEFLATE_TRAILING_DATA: { type: 'Error', closeCode: 1007, section: 'RFC 7692 §7.2.2' },
  WS_ERR_DEFLATE_TRUNCATED: { type: 'Error', closeCode: 1007, section: 'RFC 7692 §7.2.2' },
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: {
    type: 'RangeError',
    closeCode: 1009,
    section: 'RFC 6455 §10.4',
  },
};

/** An error of this package: an `Error`, `TypeError` or `RangeError` as the table says. */
export interface DeflateError extends Error {
  readonly code: DeflateErrorCode;
  /** Absent where the table has none. */
  readonly closeCode?: number;
}

const errorTypes = { Error, TypeError, RangeError };

/**
 * Creates the error of a row of {@link deflateErrors}: its class, code and close code.
 *
 * @param message - for people; those of `ws` are kept to, since programs match on them
 */
export function createDeflateError(code: DeflateErrorCode, message: string): DeflateError {
  const { type, closeCode } = deflateErrors[code];
  const error = new errorTypes[type](message);
  return Object.assign(error, closeCode === undefined ? { code } : { code, closeCode });
}
