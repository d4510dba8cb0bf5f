/** What a client says first, for tests that speak WebSocket by hand. */

/** @param lines - further headers, such as `Origin: https://example.com` */
export function openingRequest(target = '/', ...lines: string[]): string {
  return [
    `GET ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    // The one of RFC 6455, section 1.3.
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...lines,
    '\r\n',
  ].join('\r\n');
}
