/**
 * Connects a request that has no agent.
 *
 * `net.connect` and `tls.connect` are looked up when they are called: programs
 * replace them to watch or to divert connections.
 */
import net from 'node:net';
import type { Socket, TcpNetConnectOpts } from 'node:net';
import type { RequestOptions } from 'node:https';
import tls from 'node:tls';
import type { TLSSocket } from 'node:tls';

/** Connects by TCP, or to the Unix socket `socketPath`. */
export function connectPlain(options: RequestOptions): Socket {
  // To `net`, a path is the path of a socket; here it was that of the URL.
  return net.connect({ ...options, path: options.socketPath } as unknown as TcpNetConnectOpts);
}

/** Connects by TLS, and names the host as SNI unless it is an IP address. */
export function connectSecure(options: RequestOptions): TLSSocket {
  const host = options.host ?? '';
  const servername = options.servername ?? (net.isIP(host) === 0 ? host : '');
  return tls.connect({ ...options, path: undefined, servername } as tls.ConnectionOptions);
}
