// @ts-check
// Who may open a WebSocket: browsers send cookies and reach loopback from any page, so a server
// that does not look at `Origin` serves every site its user visits (RFC 6455 section 10.2).

/**
 * Says whether the page that asks comes from the host that it talks to.
 *
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @returns {boolean} true also without an `Origin`: then it is no browser
 */
export function isSameHost({ origin, host }) {
  if (origin === undefined) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === hostOf(host);
}

// Through the parser, because browsers leave out the default port and write hosts in lower case.
/** @param {string} host */
function hostOf(host) {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
