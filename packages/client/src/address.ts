/**
 * Addresses: which URLs a WebSocket can dial, and what each of them means.
 *
 * Knows no request and no option.
 */

/** What an address leads to. */
export interface Endpoint {
  /** Whether TLS is used. */
  readonly secure: boolean;
  /** A host name or an IP address without brackets; may be empty for a Unix socket. */
  readonly host: string;
  /** A string if it was written down, else the number that is the default. */
  readonly port: string | number;
  readonly defaultPort: 80 | 443;
  /** The path of a Unix socket or a named pipe; absent: the host is dialed. */
  readonly socketPath: string | undefined;
  /** What is asked for there: path and query. */
  readonly target: string;
  /** Whom one talks to: host and port, or the socket's path. */
  readonly authority: string;
  /** `user:password`, decoded; absent if the address has neither. */
  readonly credentials: string | undefined;
}

/**
 * Reads an address; `http:` and `https:` stand for `ws:` and `wss:`.
 *
 * @param base - what a relative address counts from
 * @returns a new URL
 * @throws {SyntaxError} if it is no URL
 */
export function parseAddress(address: string | URL, base?: URL): URL {
  const url = parse(address, base);
  if (url.protocol === 'http:') url.protocol = 'ws:';
  else if (url.protocol === 'https:') url.protocol = 'wss:';
  return url;
}

function parse(address: string | URL, base: URL | undefined): URL {
  try {
    return new URL(address, base);
  } catch {
    throw new SyntaxError(`Invalid URL: ${address}`);
  }
}

/**
 * Checks that a URL is one that a WebSocket can dial.
 *
 * @throws {SyntaxError} on another scheme, a Unix socket without a path, a fragment
 * @see RFC 6455 §3
 */
export function checkAddress(url: URL): void {
  const { protocol } = url;
  if (protocol !== 'ws:' && protocol !== 'wss:' && protocol !== 'ws+unix:') {
    throw new SyntaxError(
      'The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"',
    );
  }
  if (protocol === 'ws+unix:' && url.pathname === '') {
    throw new SyntaxError("The URL's pathname is empty");
  }
  if (url.hash !== '') throw new SyntaxError('The URL contains a fragment identifier');
}

/** Tells what a checked URL leads to. */
export function locate(url: URL): Endpoint {
  const secure = url.protocol === 'wss:';
  const defaultPort = secure ? 443 : 80;
  const path = url.pathname + url.search;
  const [socketPath, target] = url.protocol === 'ws+unix:' ? splitPath(path) : [undefined, path];
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port || defaultPort,
    defaultPort,
    socketPath,
    target,
    authority: socketPath ?? url.host,
    credentials: credentialsOf(url),
  };
}

/** Whether two endpoints are the same host and port, or the same Unix socket. */
export function isSameAuthority(one: Endpoint, other: Endpoint): boolean {
  const sameKind = (one.socketPath === undefined) === (other.socketPath === undefined);
  return sameKind && one.authority === other.authority;
}

/** The first colon ends the path of the socket, so that path can have none. */
function splitPath(path: string): [socketPath: string, target: string] {
  const colon = path.indexOf(':');
  return colon === -1 ? [path, ''] : [path.slice(0, colon), path.slice(colon + 1)];
}

function credentialsOf({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `${decode(username)}:${decode(password)}`;
}

/** Decodes percent signs; what is malformed stays as it is, and bytes that are no UTF-8 become U+FFFD. */
function decode(text: string): string {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
