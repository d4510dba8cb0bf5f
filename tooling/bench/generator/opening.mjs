// @ts-check
/** Opening handshakes: the request, and what must be true of the response. */
import {
  EPOLLIN,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  Poller,
  addressOf,
  connectLoopback,
  recv,
  send,
} from './libc.mjs';

const atOnce = 128;
const timeoutMs = 10_000;
const responseBytes = new Uint8Array(16 * 1024);
const responseAddress = addressOf(responseBytes);

// The pair of RFC 6455 section 1.3. One key for all: it is no secret here.
const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** What a browser offers, and the same without contexts. */
const offers = {
  takeover: 'permessage-deflate; client_max_window_bits',
  'no-takeover': 'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
};

/**
 * @param {number} port
 * @param {import('../src/workloads.mjs').Compression} [compression]
 * @returns {Uint8Array}
 */
export function createRequest(port, compression) {
  const lines = [
    'GET / HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${key}`,
    ...(compression ? [`Sec-WebSocket-Extensions: ${offers[compression]}`] : []),
  ];
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n`);
}

/**
 * @param {string} response
 * @param {import('../src/workloads.mjs').Compression} [compression]
 * @throws {Error} the server did not agree to what was asked for
 */
export function checkResponse(response, compression) {
  const extensions = /^sec-websocket-extensions: *(.*)$/im.exec(response)?.[1] ?? '';
  const agreed =
    compression === undefined
      ? extensions === ''
      : extensions.startsWith('permessage-deflate') &&
        (compression === 'takeover') === !extensions.includes('server_no_context_takeover');
  if (/^HTTP\/1\.1 101 /.test(response) && response.includes(accept) && agreed) return;
  throw new Error(`The server answered the opening handshake with:\n${response}`);
}

/**
 * Opens connections to a server, so many at a time that none is turned away.
 *
 * @param {number} port
 * @param {number} count
 * @param {import('../src/workloads.mjs').Compression} [compression]
 * @returns {Int32Array} the file descriptors
 */
export function openConnections(port, count, compression) {
  const fds = new Int32Array(count);
  const request = createRequest(port, compression);
  const poller = new Poller();
  for (let first = 0; first < count; first += atOnce) {
    const last = Math.min(first + atOnce, count);
    for (let i = first; i < last; i++) {
      const fd = connectLoopback(port, 1 + (i >> 12));
      fds[i] = fd;
      send(fd, addressOf(request), request.length, MSG_NOSIGNAL);
      poller.add(fd, i, EPOLLIN);
    }
    readResponses(poller, fds, last - first, compression);
  }
  poller.close();
  return fds;
}

/** @type {(poller: Poller, fds: Int32Array, count: number, compression: any) => void} */
function readResponses(poller, fds, count, compression) {
  /** @type {Map<number, string>} */
  const responses = new Map();
  let open = 0;
  while (open < count) {
    const ready = poller.wait(timeoutMs);
    if (ready <= 0) throw new Error('The server does not answer the opening handshake');
    for (let event = 0; event < ready; event++) {
      const index = poller.indexAt(event);
      const fd = fds[index] ?? -1;
      const length = recv(fd, responseAddress, responseBytes.length, MSG_DONTWAIT);
      if (length <= 0) throw new Error('The server closed in the opening handshake');
      const text = new TextDecoder('latin1').decode(responseBytes.subarray(0, length));
      const response = (responses.get(index) ?? '') + text;
      responses.set(index, response);
      const end = response.indexOf('\r\n\r\n');
      if (end < 0) continue;
      if (end + 4 < response.length) throw new Error('The server sends before it was asked');
      checkResponse(response, compression);
      poller.remove(fd);
      open++;
    }
  }
}
