/** The options of the HTTP request that opens a connection. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import { createRequestHeaders } from '@hybi/handshake';
import type { RequestHeadersOptions } from '@hybi/handshake';
import type { Endpoint } from './address.js';
import { connectPlain, connectSecure } from './connect.js';
import type { Settings } from './options.js';

/** Options for `http.request` whose headers can be looked up by name. */
export interface OpeningRequestOptions extends RequestOptions {
  headers: OutgoingHttpHeaders;
}

/**
 * Makes the headers that make a request an opening request.
 *
 * @param asked - what is asked for, besides what the settings say
 */
export function createOpeningHeaders(
  { origin, protocolVersion: version }: Settings,
  asked: Omit<RequestHeadersOptions, 'origin' | 'version'>,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = createRequestHeaders({ ...asked, version });
  // As it was given: who looks at the request before it is sent may compare it.
  headers['Sec-WebSocket-Version'] = version;
  // Node.js checks it, as it checks all headers that the caller gives.
  if (origin) headers[version === 8 ? 'Sec-WebSocket-Origin' : 'Origin'] = origin;
  return headers;
}

/**
 * Makes the options of a request to an endpoint.
 *
 * @param settings - are handed on as they are, but for what the endpoint decides
 * @param headers - the caller's headers
 * @param openingHeaders - those that make it an opening request; they win
 */
export function createRequestOptions(
  settings: Settings,
  endpoint: Endpoint,
  headers: OutgoingHttpHeaders | undefined,
  openingHeaders: OutgoingHttpHeaders,
): OpeningRequestOptions {
  return {
    ...settings,
    // Node.js writes a header once, whatever its case; the last one counts.
    headers: { ...headers, ...openingHeaders },
    auth: endpoint.credentials ?? settings.auth,
    createConnection: settings.createConnection || (endpoint.secure ? connectSecure : connectPlain),
    defaultPort: settings.defaultPort || endpoint.defaultPort,
    host: endpoint.host,
    hostname: undefined,
    method: 'GET',
    path: endpoint.target,
    port: endpoint.port,
    protocol: undefined,
    socketPath: endpoint.socketPath,
    timeout: settings.handshakeTimeout,
  };
}
