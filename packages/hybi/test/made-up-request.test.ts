import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { WebSocketServer as WsServer } from 'ws';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from '../src/index.js';
import { duplexPair } from './support/duplex-pair.js';

// Such as `injectWS` of `@fastify/websocket` makes, without an HTTP server.
const request = (version: unknown): IncomingMessage =>
  ({
    method: 'GET',
    url: '/',
    headers: {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': version,
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  }) as unknown as IncomingMessage;

describe.each([
  ['ws', (): WsServer => new WsServer({ noServer: true })],
  ['hybi', (): WebSocketServer => new WebSocketServer({ noServer: true })],
])('handleUpgrade of %s, with a request that was made up', (_name, createServer) => {
  it.each([
    [13, 'HTTP/1.1 101 Switching Protocols'],
    [8, 'HTTP/1.1 101 Switching Protocols'],
    ['13', 'HTTP/1.1 101 Switching Protocols'],
    [12, 'HTTP/1.1 400 Bad Request'],
  ])('answers the version %j with %s', async (version, statusLine) => {
    const server = createServer();
    const [near, far] = duplexPair();
    const answered = once(far, 'data') as Promise<[Buffer]>;
    server.handleUpgrade(request(version), near, Buffer.alloc(0), () => {});
    const [answer] = await answered;
    expect(answer.toString().split('\r\n')[0]).toBe(statusLine);
    near.destroy();
  });
});
