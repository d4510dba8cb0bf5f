/** The client's options, and their defaults. */
import type { ClientRequest, OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { AttachOptions, WebSocketOptions } from '@hybi/connection/node';
import type { DeflateNegotiationOptions } from '@hybi/permessage-deflate';
import type { DeflateTuning } from '@hybi/permessage-deflate/node';
import { supportedVersions } from '@hybi/handshake';
import type { WebSocket } from './websocket.js';

/** How permessage-deflate is offered and used. */
export interface PerMessageDeflateOptions extends DeflateNegotiationOptions, DeflateTuning {}

/**
 * The options of a WebSocket that dials.
 *
 * Whatever is not described here is handed to `http.request` or
 * `https.request`: `agent`, `auth`, `ca`, `family`, `lookup`, `rejectUnauthorized`,
 * `servername`, `signal` and so on. `host`, `hostname`, `method`, `path`, `port`,
 * `protocol`, `socketPath` and `timeout` have no effect: the address decides.
 */
export interface ClientOptions
  extends
    Omit<RequestOptions, 'headers'>,
    WebSocketOptions,
    Pick<
      AttachOptions,
      | 'allowSynchronousEvents'
      | 'generateMask'
      | 'maxBufferedChunks'
      | 'maxFragments'
      | 'maxPayload'
      | 'skipUTF8Validation'
    > {
  /** Follows redirects from `wss:` to `ws:` and from the network to a Unix socket; default: false. */
  allowUnsafeRedirects?: boolean | undefined;
  /** Called with every request in the place of `request.end()`, which it must call itself. */
  finishRequest?: ((request: ClientRequest, websocket: WebSocket) => void) | undefined;
  /** Follows redirects; default: false. */
  followRedirects?: boolean | undefined;
  /** Milliseconds that all of the opening handshake may take, redirects included; default: no limit. */
  handshakeDeadline?: number | undefined;
  /** Milliseconds without a sign of the server, anew for each redirect; default: no limit. */
  handshakeTimeout?: number | undefined;
  /** Headers of the request; those that make it an opening request win. */
  headers?: OutgoingHttpHeaders | undefined;
  /** Redirects that are followed; default: 10. */
  maxRedirects?: number | undefined;
  /** The value of the header `Origin`; default: none. */
  origin?: string | undefined;
  /** Offers permessage-deflate; default: true. */
  perMessageDeflate?: boolean | PerMessageDeflateOptions | undefined;
  /** Subprotocols to ask for, where they are not an argument of their own. */
  protocols?: string | readonly string[] | undefined;
  /** 13 or 8; default: 13. */
  protocolVersion?: number | undefined;
}

/** Options with their defaults. */
export interface Settings extends ClientOptions {
  readonly allowUnsafeRedirects: boolean;
  readonly followRedirects: boolean;
  readonly maxRedirects: number;
  readonly maxPayload: number;
  readonly perMessageDeflate: boolean | PerMessageDeflateOptions;
  readonly protocolVersion: 8 | 13;
}

const defaults = {
  allowSynchronousEvents: true,
  allowUnsafeRedirects: false,
  followRedirects: false,
  maxBufferedChunks: 262_144,
  maxFragments: 16_384,
  maxPayload: 104_857_600,
  maxRedirects: 10,
  perMessageDeflate: true,
  protocolVersion: 13,
  skipUTF8Validation: false,
} as const;

const maxTimerMs = 2 ** 31 - 1;

/**
 * Fills the defaults in. Only own properties count, and one that is undefined
 * counts as absent.
 *
 * @throws {RangeError} on a version of the protocol that is not supported, or a
 *   `concurrencyLimit` or `handshakeDeadline` out of range
 */
export function resolveOptions(options: ClientOptions | null | undefined): Settings {
  const given = { ...options };
  const absent = Object.entries(defaults).filter(
    ([name]) => given[name as keyof typeof defaults] === undefined,
  );
  const settings = { ...given, ...Object.fromEntries(absent) } as Settings;
  checkVersion(settings.protocolVersion);
  checkDeadline(settings.handshakeDeadline);
  checkConcurrencyLimit(settings.perMessageDeflate);
  return settings;
}

function checkVersion(version: unknown): void {
  if (!(supportedVersions as readonly unknown[]).includes(version)) {
    throw new RangeError(
      `Unsupported protocol version: ${String(version)} (supported versions: 8, 13)`,
    );
  }
}

// A timer that is too long for Node.js ends at once.
function checkDeadline(deadline: number | undefined): void {
  if (deadline === undefined || (deadline >= 0 && deadline <= maxTimerMs)) return;
  throw new RangeError(
    `The "handshakeDeadline" option must be from 0 (no limit) to ${maxTimerMs} ms, got ${deadline}`,
  );
}

// Else it would be thrown when the server has answered, where nobody can catch it.
function checkConcurrencyLimit(deflate: ClientOptions['perMessageDeflate']): void {
  if (typeof deflate !== 'object' || deflate === null) return;
  const { concurrencyLimit } = deflate;
  if (concurrencyLimit === undefined || concurrencyLimit >= 0) return;
  throw new RangeError(
    `The "concurrencyLimit" option must be 0 (no limit) or a positive number, got ${concurrencyLimit}`,
  );
}
