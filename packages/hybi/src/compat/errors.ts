/**
 * Errors in the form that `ws` gives them: a RangeError, or an Error for
 * malformed text, with the same message and `code`, and the close code under a
 * symbol.
 */

const description = 'status-code';
const statusCode = Symbol(description);

const plainErrors: readonly unknown[] = ['WS_ERR_INVALID_UTF8'];

/** Failures that `ws` does not have: programs that want to know them can only go by the code. */
const additions: readonly unknown[] = [
  'WS_ERR_UNSAFE_REDIRECT',
  // Of servers with the option `strict`.
  'WS_ERR_HANDSHAKE_BODY',
  'WS_ERR_HANDSHAKE_CONNECTION',
  'WS_ERR_HANDSHAKE_HOST',
  'WS_ERR_HANDSHAKE_HTTP_VERSION',
];

/**
 * Takes away the code of an error of the opening handshake, which has none in
 * `ws`. Errors of Node.js keep theirs.
 */
export function toWsOpeningError(error: Error): Error {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code.startsWith('WS_ERR_') && !additions.includes(code)) {
    delete (error as { code?: unknown }).code;
  }
  return error;
}

/** The same for an error of a request that a server gets; its cause is taken away too. */
export function toWsClientError(error: Error): Error {
  delete error.cause;
  return toWsOpeningError(error);
}

/** Makes the error that `ws` would have made of a protocol error; leaves others as they are. */
export function toWsError(error: Error): Error {
  const { code, closeCode } = error as { code?: unknown; closeCode?: unknown };
  const isProtocolError = error.name === 'ProtocolError';
  const made = isProtocolError ? remake(error, code) : error;
  if (closeCode !== undefined) {
    if (!isProtocolError) delete (made as { closeCode?: unknown }).closeCode;
    Object.assign(made, { [statusCode]: closeCode });
  }
  return made;
}

/** The close code of an error that has it in the form of `ws`, whoever made it. */
export function closeCodeOf(error: Error): number | undefined {
  const symbol = Object.getOwnPropertySymbols(error).find((each) => {
    return each.description === description;
  });
  return symbol && (Reflect.get(error, symbol) as number);
}

function remake(error: Error, code: unknown): Error {
  const WsError = plainErrors.includes(code) ? Error : RangeError;
  return Object.assign(new WsError(error.message), { code });
}
