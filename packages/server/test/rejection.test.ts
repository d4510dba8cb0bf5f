/** Every answer to a request that does not become a WebSocket, byte for byte. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ServerOptions } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { openingRequest, refused, untilClosed } from './support/requests.js';
import type { RequestChanges } from './support/requests.js';
import { connect, start, startOnPort } from './support/servers.js';

const version = 'Missing or invalid Sec-WebSocket-Version header';
const key = 'Missing or invalid Sec-WebSocket-Key header';
const protocol = 'Invalid Sec-WebSocket-Protocol header';
const extensions = 'Invalid or unacceptable Sec-WebSocket-Extensions header';

interface Row {
  what: string;
  request: RequestChanges;
  answer: string;
  /** What a `'wsClientError'` listener is told; absent: it is not. */
  error?: string;
  code?: string;
  options?: ServerOptions;
}

const rows: Row[] = [
  {
    what: 'another method',
    request: { method: 'POST', headers: { 'Content-Length': '0' } },
    answer: refused('405 Method Not Allowed', 'Invalid HTTP method'),
    error: 'Invalid HTTP method',
    code: 'WS_ERR_HANDSHAKE_METHOD',
  },
  {
    what: 'another upgrade',
    request: { headers: { Upgrade: 'foo' } },
    answer: refused('400 Bad Request', 'Invalid Upgrade header'),
    error: 'Invalid Upgrade header',
    code: 'WS_ERR_HANDSHAKE_UPGRADE',
  },
  {
    what: 'no key',
    request: { headers: { 'Sec-WebSocket-Key': undefined } },
    answer: refused('400 Bad Request', key),
    error: key,
    code: 'WS_ERR_HANDSHAKE_KEY',
  },
  {
    what: 'no version',
    request: { headers: { 'Sec-WebSocket-Version': undefined } },
    answer: refused('400 Bad Request', version, 'Sec-WebSocket-Version: 13, 8'),
    error: version,
    code: 'WS_ERR_HANDSHAKE_VERSION',
  },
  {
    what: 'another path',
    request: { target: '/other' },
    answer: refused('400 Bad Request', 'Bad Request'),
    options: { path: '/' },
  },
  {
    what: 'a subprotocol twice',
    request: { headers: { 'Sec-WebSocket-Protocol': 'a, a' } },
    answer: refused('400 Bad Request', protocol),
    error: protocol,
    code: 'WS_ERR_HANDSHAKE_SUBPROTOCOL_OFFER',
  },
  {
    what: 'a malformed list of extensions',
    request: { headers: { 'Sec-WebSocket-Extensions': 'a;' } },
    answer: refused('400 Bad Request', extensions),
    error: extensions,
    code: 'WS_ERR_HANDSHAKE_EXTENSION_OFFER',
    options: { perMessageDeflate: true },
  },
  {
    what: 'an offer that can not be accepted',
    request: {
      headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate; server_max_window_bits=8' },
    },
    answer: refused('400 Bad Request', extensions),
    error: extensions,
    code: 'WS_ERR_HANDSHAKE_EXTENSION_OFFER',
    options: { perMessageDeflate: { serverMaxWindowBits: 9 } },
  },
  {
    what: 'a client that is not welcome',
    request: {},
    answer: refused('401 Unauthorized', 'Unauthorized'),
    options: { verifyClient: () => false },
  },
  {
    what: 'a client that is not welcome, told by the callback',
    request: {},
    answer: refused('401 Unauthorized', 'Unauthorized'),
    options: { verifyClient: (_info, callback) => callback(false) },
  },
  {
    what: 'a client that is not welcome, told with status, body and headers',
    request: {},
    answer: refused('403 Forbidden', 'Kein Zugang für dich', 'X-Reason: none', 'X-Count: 2'),
    options: {
      verifyClient: (_info, callback) =>
        callback(false, 403, 'Kein Zugang für dich', { 'X-Reason': 'none', 'X-Count': 2 }),
    },
  },
  {
    what: 'headers in the place of those that every answer has',
    request: {},
    answer:
      'HTTP/1.1 307 Temporary Redirect\r\nConnection: close\r\nContent-Type: text/plain\r\n' +
      'Content-Length: 18\r\nLocation: /login\r\nSet-Cookie: a=1,b=2\r\n\r\nTemporary Redirect',
    options: {
      verifyClient: (_info, callback) =>
        callback(false, 307, '', {
          'Content-Type': 'text/plain',
          Location: '/login',
          'Set-Cookie': ['a=1', 'b=2'],
        }),
    },
  },
  {
    what: 'a status without a standard text',
    request: {},
    answer: refused('499 undefined', 'Gone away'),
    options: { verifyClient: (_info, callback) => callback(false, 499, 'Gone away') },
  },
  {
    what: 'a status given as text',
    request: {},
    answer: refused('404 Not Found', 'Not Found'),
    options: {
      verifyClient: (_info, callback) => callback(false, '404' as unknown as number),
    },
  },
];

describe.each(implementations)('$name', ({ name, Server }) => {
  it.each(rows)('answers $what', async ({ request, answer, options }) => {
    const { wss, port } = await start(Server, options);
    wss.on('connection', () => expect.unreachable());
    const client = await connect(port);
    client.send(openingRequest(request));
    expect(await untilClosed(client)).toBe(answer);
  });

  it.each(rows.filter(({ error }) => error !== undefined))(
    "leaves $what to a 'wsClientError' listener",
    async ({ request, options, error, code }) => {
      const { wss, server, port } = await start(Server, options);
      const upgrade = once(server, 'upgrade');
      const told = once(wss, 'wsClientError');
      const client = await connect(port);
      client.send(openingRequest(request));
      const [fault, socket, from, ...more] = (await told) as [Error, Duplex, IncomingMessage];
      expect(fault.message).toBe(error);
      if (name !== 'ws') expect(fault).toHaveProperty('code', code);
      expect((await upgrade).slice(0, 2)).toEqual([from, socket]);
      expect(more).toEqual([]);
      socket.end('HTTP/1.1 418 Told\r\n\r\n');
      client.socket.end();
      expect(await untilClosed(client)).toBe('HTTP/1.1 418 Told\r\n\r\n');
    },
  );

  it.each(rows.filter(({ error }) => error === undefined))(
    "answers $what without asking a 'wsClientError' listener",
    async ({ request, answer, options }) => {
      const { wss, port } = await start(Server, options);
      wss.on('wsClientError', () => expect.unreachable());
      const client = await connect(port);
      client.send(openingRequest(request));
      expect(await untilClosed(client)).toBe(answer);
    },
  );

  it('answers 503 while it closes', async () => {
    const { wss, server, port } = await start(Server, { clientTracking: true });
    server.on('upgrade', () => {});
    const first = await connect(port);
    first.send(openingRequest());
    await once(wss, 'connection');
    wss.close();
    server.on('upgrade', (request, socket, head) => {
      wss.handleUpgrade(request, socket, head, () => expect.unreachable());
    });
    const late = await connect(port);
    late.send(openingRequest());
    expect(await untilClosed(late)).toBe(refused('503 Service Unavailable', 'Service Unavailable'));
  });

  it('answers 503 when it closed while a client was verified', async () => {
    const { wss, port } = await start(Server, {
      verifyClient: (_info, callback) => {
        wss.close();
        callback(true);
      },
    });
    const client = await connect(port);
    client.send(openingRequest());
    expect(await untilClosed(client)).toBe(
      refused('503 Service Unavailable', 'Service Unavailable'),
    );
  });

  it('answers 426 to an ordinary request on its own port', async () => {
    const { port } = await startOnPort(Server);
    const client = await connect(port);
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const [head, body] = (await untilClosed(client)).split('\r\n\r\n');
    expect(head?.replace(/Date: .*/, 'Date: now').split('\r\n')).toEqual([
      'HTTP/1.1 426 Upgrade Required',
      'Content-Length: 16',
      'Content-Type: text/plain',
      'Date: now',
      'Connection: close',
    ]);
    expect(body).toBe('Upgrade Required');
  });

  it('checks in the order of the table', async () => {
    const { wss, port } = await start(Server, { path: '/chat', perMessageDeflate: true });
    const told: string[] = [];
    wss.on('wsClientError', (error, socket) => {
      told.push(error.message);
      socket.end();
      socket.destroy();
    });
    const headers: Record<string, string> = {
      Upgrade: 'foo',
      'Sec-WebSocket-Key': 'short',
      'Sec-WebSocket-Version': '7',
      'Sec-WebSocket-Protocol': ',',
      'Sec-WebSocket-Extensions': ',',
      'Content-Length': '0',
    };
    const send = async (method: string, target: string): Promise<string> => {
      const client = await connect(port);
      client.send(openingRequest({ method, target, headers }));
      return untilClosed(client);
    };
    await send('PUT', '/');
    await send('GET', '/');
    for (const name of Object.keys(headers).slice(0, 2)) {
      delete headers[name];
      await send('GET', '/');
    }
    delete headers['Sec-WebSocket-Version'];
    expect(await send('GET', '/')).toBe(refused('400 Bad Request', 'Bad Request'));
    await send('GET', '/chat');
    delete headers['Sec-WebSocket-Protocol'];
    await send('GET', '/chat');
    expect(told).toEqual([
      'Invalid HTTP method',
      'Invalid Upgrade header',
      key,
      version,
      protocol,
      extensions,
    ]);
  });
});
