/**
 * The option `strict`: what RFC 6455 forbids in an opening request and what is
 * taken without the option, because `ws` takes it.
 */
import type { IncomingMessage } from 'node:http';
import { getHeader, handshakeErrors } from '@hybi/handshake';

/** What is wrong, in the words of an answer. */
export interface StrictFault {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

const hostField = /^(\[[\dA-Fa-f:.]+\]|[\w\-.~%!$&'()*+;=]+)(:\d*)?$/;
const upgradeOption = /(^|,)[ \t]*upgrade[ \t]*(,|$)/i;
const versionField = /^(13|8)$/;

/**
 * Finds what is wrong with an opening request that passes otherwise.
 *
 * @see RFC 6455 §4.2.1
 */
export function findStrictFault(request: IncomingMessage): StrictFault | undefined {
  const { headers } = request;
  if (Number(request.httpVersion) < 1.1) {
    return badRequest('WS_ERR_HANDSHAKE_HTTP_VERSION', 'Invalid HTTP version');
  }
  if (!hostField.test(getHeader(headers, 'host') ?? '')) {
    return badRequest('WS_ERR_HANDSHAKE_HOST', 'Missing or invalid Host header');
  }
  if (!upgradeOption.test(getHeader(headers, 'connection') ?? '')) {
    return badRequest('WS_ERR_HANDSHAKE_CONNECTION', 'Invalid Connection header');
  }
  if (!versionField.test(getHeader(headers, 'sec-websocket-version') ?? '')) {
    const { message } = handshakeErrors.WS_ERR_HANDSHAKE_VERSION;
    const fault = badRequest('WS_ERR_HANDSHAKE_VERSION', message);
    return { ...fault, headers: { 'Sec-WebSocket-Version': '13, 8' } };
  }
  // Node hands a body over as `head`: what was sent as data would be read as frames.
  if (hasBody(request)) {
    return badRequest('WS_ERR_HANDSHAKE_BODY', 'An opening request must not have a body');
  }
  return undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = getHeader(headers, 'content-length');
  const announced = length !== undefined && Number(length) !== 0;
  return announced || getHeader(headers, 'transfer-encoding') !== undefined;
}

function badRequest(code: string, message: string): StrictFault {
  return { status: 400, code, message };
}
