/** Requests and answers as they stand on the wire. */
import type { IncomingMessage } from 'node:http';
import type { RawSocket } from '@hybi/testkit';

/** The key of RFC 6455 §1.3, and what it is answered with. */
export const key = 'dGhlIHNhbXBsZSBub25jZQ==';
export const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

export interface RequestChanges {
  method?: string;
  target?: string;
  version?: string;
  /** By name; undefined: without this header; a list: several times. */
  headers?: Record<string, string | string[] | undefined>;
}

/** An opening request that nothing is wrong with, but for the changes. */
export function openingRequest(changes: RequestChanges = {}): string {
  const { method = 'GET', target = '/', version = '1.1' } = changes;
  const headers = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': key,
    'Sec-WebSocket-Version': '13',
    ...changes.headers,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${name}: ${each}\r\n`),
  );
  return `${method} ${target} HTTP/${version}\r\n${lines.join('')}\r\n`;
}

/** A request that no HTTP server has seen. */
export function madeUpRequest(headers: Record<string, string> = {}): IncomingMessage {
  return {
    method: 'GET',
    url: '/',
    socket: {},
    headers: {
      upgrade: 'websocket',
      'sec-websocket-key': key,
      'sec-websocket-version': '13',
      ...headers,
    },
  } as unknown as IncomingMessage;
}

/** The answer to a request that became a WebSocket. */
export function accepted(...more: string[]): string {
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    ...more,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The answer to a request that was refused. */
export function refused(status: string, body: string, ...more: string[]): string {
  const lines = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: text/html',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...more,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** All that comes until the socket closes, as UTF-8. */
export async function untilClosed(socket: RawSocket): Promise<string> {
  return Buffer.from(await socket.closed()).toString();
}

/** The head of the answer. */
export function answerHead(socket: RawSocket): Promise<string> {
  return socket.takeUntil('\r\n\r\n');
}
