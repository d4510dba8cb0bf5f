// @ts-check
/** How all servers of these tests answer an opening request. */

/**
 * The last one that is offered: not the one that a server takes by itself.
 *
 * @param {readonly string[]} offered
 */
export function chooseSubprotocol(offered) {
  return offered.at(-1);
}

/**
 * @param {string | null | undefined} header `Sec-WebSocket-Protocol`
 * @returns {string[]}
 */
export function offeredSubprotocols(header) {
  return header ? header.split(',').map((name) => name.trim()) : [];
}

/**
 * The name that the test has for the connection.
 *
 * @param {string | undefined} url absolute or only the path
 */
export function connectionId(url) {
  return new URL(url ?? '', 'ws://localhost').searchParams.get('id') ?? '';
}
