/** The option `strict`: what is refused with it, and taken without. */
import { once } from 'node:events';
import type { WebSocket } from '@hybi/connection/node';
import { bytes } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from '../src/index.js';
import { accepted, answerHead, openingRequest, refused, untilClosed } from './support/requests.js';
import type { RequestChanges } from './support/requests.js';
import { connect, start } from './support/servers.js';

const body = 'An opening request must not have a body';
const host = 'Missing or invalid Host header';

const rows: [what: string, request: RequestChanges, message: string, more?: string][] = [
  ['HTTP/1.0', { version: '1.0' }, 'Invalid HTTP version'],
  ['no Host', { headers: { Host: undefined } }, host],
  ['an empty Host', { headers: { Host: '' } }, host],
  ['a Host with a path', { headers: { Host: 'localhost/a' } }, host],
  ['a Host with a user', { headers: { Host: 'user@localhost' } }, host],
  ['a Host with a port that is none', { headers: { Host: 'localhost:http' } }, host],
  [
    'the version as another numeral',
    { headers: { 'Sec-WebSocket-Version': '0x0d' } },
    'Missing or invalid Sec-WebSocket-Version header',
    'Sec-WebSocket-Version: 13, 8',
  ],
  ['a body with a length', { headers: { 'Content-Length': '5' } }, body],
  ['a chunked body', { headers: { 'Transfer-Encoding': 'chunked' } }, body],
];

describe.each(rows)('%s', (_what, request, message, more) => {
  it('is refused', async () => {
    const { wss, port } = await start(WebSocketServer, { strict: true });
    wss.on('connection', () => expect.unreachable());
    const client = await connect(port);
    client.send(openingRequest(request));
    expect(await untilClosed(client)).toBe(
      refused('400 Bad Request', message, ...(more ? [more] : [])),
    );
  });

  it('is taken without the option', async () => {
    const { port } = await start(WebSocketServer);
    const client = await connect(port);
    client.send(openingRequest(request));
    expect(await answerHead(client)).toBe(accepted());
  });
});

it.each<[string, RequestChanges]>([
  ['as it should be', {}],
  ['of version 8', { headers: { 'Sec-WebSocket-Version': '8' } }],
  ['with a port', { headers: { Host: 'example.com:8080' } }],
  ['with an IPv6 address', { headers: { Host: '[::1]:8080' } }],
  ['with several Connection options', { headers: { Connection: 'keep-alive, Upgrade' } }],
  ['with a body of no bytes', { headers: { 'Content-Length': '0' } }],
])('takes a request %s', async (_what, request) => {
  const { port } = await start(WebSocketServer, { strict: true });
  const client = await connect(port);
  client.send(openingRequest(request));
  expect(await answerHead(client)).toBe(accepted());
});

it('refuses a Connection header without Upgrade, which an HTTP server may let through', () => {
  const wss = new WebSocketServer({ noServer: true, strict: true });
  const told: unknown[] = [];
  wss.on('wsClientError', (error) => told.push(error));
  const headers = {
    host: 'localhost',
    upgrade: 'websocket',
    connection: 'keep-alive',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
  };
  const request = { method: 'GET', url: '/', httpVersion: '1.1', headers };
  const socket = { on: () => {} };
  wss.handleUpgrade(request as never, socket as never, Buffer.alloc(0), () => expect.unreachable());
  expect(told).toEqual([
    expect.objectContaining({
      message: 'Invalid Connection header',
      code: 'WS_ERR_HANDSHAKE_CONNECTION',
    }),
  ]);
});

describe.each<[string, payload: string, code: string]>([
  ['ends within a block', '00 14 00 eb ff 48 65', 'WS_ERR_DEFLATE_TRUNCATED'],
  [
    'has bytes behind its final block',
    'f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00',
    'WS_ERR_DEFLATE_TRAILING_DATA',
  ],
])('a compressed message that %s', (_what, payload, code) => {
  const frame = ((): Uint8Array => {
    const compressed = bytes(payload);
    return Buffer.concat([
      bytes('c2'),
      Buffer.of(0x80 | compressed.length, 0, 0, 0, 0),
      compressed,
    ]);
  })();
  const request = openingRequest({
    headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' },
  });

  it('is refused', async () => {
    const { wss, port } = await start(WebSocketServer, { strict: true, perMessageDeflate: true });
    const connected = once(wss, 'connection') as Promise<[WebSocket]>;
    const client = await connect(port);
    client.send(request);
    const [websocket] = await connected;
    websocket.on('message', () => expect.unreachable());
    const failed = once(websocket, 'error');
    client.send(frame);
    expect(await failed).toMatchObject([{ code, closeCode: 1007 }]);
  });

  it('is taken without the option', async () => {
    const { wss, port } = await start(WebSocketServer, { perMessageDeflate: true });
    const connected = once(wss, 'connection') as Promise<[WebSocket]>;
    const client = await connect(port);
    client.send(request);
    const [websocket] = await connected;
    const message = once(websocket, 'message');
    client.send(frame);
    expect(String((await message)[0])).toMatch(/^He/);
  });
});
