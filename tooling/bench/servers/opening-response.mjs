// @ts-check
/** The answer to an opening handshake that is taken for a good one. */
import { createHash } from 'node:crypto';

/**
 * @param {string} request - up to its empty line
 * @returns {string}
 */
export function openingResponse(request) {
  const key = /^sec-websocket-key: *(.*)\r$/im.exec(request)?.[1] ?? '';
  const accept = createHash('sha1')
    .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  return (
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\n\r\n`
  );
}
