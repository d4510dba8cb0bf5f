/** The headers of the client's opening request. */
import { checkField } from './header-field.js';
import { isKey } from './key.js';
import { checkSubprotocols } from './subprotocols.js';
import { isSupportedVersion } from './version.js';
import type { SupportedVersion } from './version.js';

/** What the client asks for. */
export interface RequestHeadersOptions {
  /** `Sec-WebSocket-Key`, see {@link createKey}. */
  key: string;
  /** Default: 13. */
  version?: SupportedVersion | undefined;
  /** In order of preference; none if absent or empty. */
  subprotocols?: readonly string[] | undefined;
  /** `Sec-WebSocket-Extensions`, see {@link formatExtensions}; none if absent or empty. */
  extensionOffer?: string | undefined;
  /** `Origin`, or `Sec-WebSocket-Origin` in version 8; none if absent or empty. */
  origin?: string | undefined;
}

/**
 * Creates the headers that make a GET request an opening request.
 *
 * @throws {RangeError} if `version` is not supported
 * @throws {SyntaxError} if a subprotocol is not a token or there twice
 * @throws {TypeError} if `key` is not base64 of 16 bytes, or a value has a character that must not
 *   stand in a header
 * @see RFC 6455 §4.1
 */
export function createRequestHeaders(options: RequestHeadersOptions): Record<string, string> {
  const { key, version = 13, subprotocols = [], extensionOffer, origin } = options;
  if (!isSupportedVersion(version)) {
    throw new RangeError(
      `Unsupported protocol version: ${String(version)} (supported versions: 8, 13)`,
    );
  }
  if (!isKey(key)) throw new TypeError('The key must be base64 of 16 bytes');
  checkSubprotocols(subprotocols);

  const headers: Record<string, string> = {
    'Sec-WebSocket-Version': String(version),
    'Sec-WebSocket-Key': key,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
  };
  addField(headers, 'Sec-WebSocket-Extensions', extensionOffer);
  addField(headers, 'Sec-WebSocket-Protocol', subprotocols.join(','));
  addField(headers, version === 8 ? 'Sec-WebSocket-Origin' : 'Origin', origin);
  return headers;
}

function addField(headers: Record<string, string>, name: string, value: string | undefined): void {
  if (value) headers[name] = checkField(name, value);
}
