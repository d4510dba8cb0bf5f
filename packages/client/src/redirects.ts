/**
 * What a redirect may do: where it may lead, and which headers go along.
 *
 * @see RFC 9110 §15.4
 */
import type { OutgoingHttpHeaders } from 'node:http';
import { isSameAuthority } from './address.js';
import type { Endpoint } from './address.js';
import { createClientError } from './errors.js';
import type { OpeningRequestOptions } from './request-options.js';

/**
 * Refuses redirects by which a server reaches what only this machine can reach,
 * or takes the encryption away.
 *
 * @throws {OpeningError} `WS_ERR_UNSAFE_REDIRECT`
 */
export function checkRedirect(from: URL, to: URL): void {
  const toUnixSocket = to.protocol === 'ws+unix:' && from.protocol !== 'ws+unix:';
  const toPlain = from.protocol === 'wss:' && to.protocol === 'ws:';
  if (!toUnixSocket && !toPlain) return;
  throw createClientError(
    'WS_ERR_UNSAFE_REDIRECT',
    `: from "${from.protocol}" to "${to.protocol}" (the option "allowUnsafeRedirects" allows it)`,
  );
}

/**
 * The headers that redirected requests have from the first one.
 *
 * Secrets are for the first host alone. They are left out of a request to
 * another one, and are there again when a redirect leads back.
 */
export class CarriedHeaders {
  /** The caller's headers, their names in lower case. */
  readonly headers: OutgoingHttpHeaders = {};

  constructor(
    private readonly first: Endpoint,
    headers: OutgoingHttpHeaders | undefined,
  ) {
    for (const [name, value] of Object.entries(headers ?? {})) {
      this.headers[name.toLowerCase()] = value;
    }
  }

  /** Leaves out of a request to `endpoint` what only the first host may know. */
  stripSecrets(request: OpeningRequestOptions, endpoint: Endpoint): void {
    const { headers } = request;
    const isElsewhere = !isSameAuthority(this.first, endpoint);
    if (!isElsewhere && (endpoint.secure || !this.first.secure)) return;
    delete headers.authorization;
    delete headers.cookie;
    if (isElsewhere) {
      delete headers.host;
      delete headers['proxy-authorization'];
    }
    request.auth = undefined;
  }

  /** Keeps the credentials of a request for those that follow; the first ones win. */
  keepCredentials({ auth }: OpeningRequestOptions): void {
    if (!auth || this.headers.authorization) return;
    this.headers.authorization = `Basic ${Buffer.from(auth).toString('base64')}`;
  }
}
