/** Hostile opening handshakes. H3, H4 and H8 are tested where the headers are read. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import type { RawSocket } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import type { ServerOptions } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { accepted, answerHead, openingRequest, refused, untilClosed } from './support/requests.js';
import type { RequestChanges } from './support/requests.js';
import { connect, start, startOnPort } from './support/servers.js';

const closeProtocolError = new Uint8Array([0x88, 0x02, 0x03, 0xea]);

describe.each(implementations)('$name', ({ Server }) => {
  /** What a client gets for a request, until its socket closes. */
  async function answerTo(
    request: RequestChanges | string,
    options: ServerOptions = {},
    http?: HttpServer,
  ): Promise<string> {
    const { wss, port } = await start(Server, options, http);
    wss.on('connection', () => expect.unreachable());
    const client = await connect(port);
    client.send(typeof request === 'string' ? request : openingRequest(request));
    return untilClosed(client);
  }

  /** Resolves when the server's side of a connection is gone. */
  function serverSideClosed(server: HttpServer): Promise<unknown> {
    return new Promise((resolve) => {
      server.once('connection', (socket: Socket) => socket.once('close', resolve));
    });
  }

  it('H1: so many headers that Node drops Upgrade (CVE-2024-37890)', async () => {
    const http = createServer();
    http.maxHeadersCount = 3;
    const headers = { Host: 'a', 'X-1': '1', 'X-2': '2', Upgrade: undefined };
    const request = openingRequest({ headers }).replace(
      '\r\n\r\n',
      '\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(await answerTo(request, {}, http)).toBe(
      refused('400 Bad Request', 'Invalid Upgrade header'),
    );
  });

  describe('H2: a reset (the class of CVE-2022-41940)', () => {
    it.each([true, false])('before the application lets in: %s', async (verified) => {
      const { wss, server, port } = await start(Server);
      const asked = new Promise<(verified: boolean) => void>((resolve) => {
        wss.options.verifyClient = (_info, callback) => resolve(callback);
      });
      wss.on('connection', () => expect.unreachable());
      const gone = serverSideClosed(server);
      const client = await connect(port);
      client.send(openingRequest());
      const callback = await asked;
      client.socket.resetAndDestroy();
      await gone;
      callback(verified);
      await new Promise(setImmediate);
      expect(wss.clients.size).toBe(0);
    });

    it('after a refusal was written', async () => {
      const { server, port } = await start(Server, {
        verifyClient: (_info, callback) => callback(false, 403, 'x'.repeat(8_000_000)),
      });
      const gone = serverSideClosed(server);
      const client = await connect(port);
      client.socket.pause();
      const upgrade = once(server, 'upgrade');
      client.send(openingRequest());
      await upgrade;
      client.socket.resetAndDestroy();
      await gone;
    });

    it('right after the request', async () => {
      const { wss, port } = await start(Server);
      const connection = once(wss, 'connection');
      const client = await connect(port);
      client.send(openingRequest());
      const [websocket] = (await connection) as [NodeJS.EventEmitter];
      client.socket.resetAndDestroy();
      expect(await once(websocket, 'close')).toEqual([1006, Buffer.alloc(0)]);
      expect(wss.clients.size).toBe(0);
    });
  });

  it.each<[string, string | string[] | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['short', 'dGhlIHNhbXBsZSBub25jZQ='],
    ['long', 'dGhlIHNhbXBsZSBub25jZQ==='],
    ['not base64', 'dGhlIHNhbXBsZSBub25jZ!=='],
    ['24 characters without padding', 'dGhlIHNhbXBsZSBub25jZQAA'],
    ['sent twice', ['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ==']],
  ])('H5: a key that is %s', async (_what, value) => {
    expect(await answerTo({ headers: { 'Sec-WebSocket-Key': value } })).toBe(
      refused('400 Bad Request', 'Missing or invalid Sec-WebSocket-Key header'),
    );
  });

  it.each([undefined, '', '7', '14', '130', '13, 8', '-13', '13.5', 'x'])(
    'H6: version %j',
    async (version) => {
      expect(await answerTo({ headers: { 'Sec-WebSocket-Version': version } })).toBe(
        refused(
          '400 Bad Request',
          'Missing or invalid Sec-WebSocket-Version header',
          'Sec-WebSocket-Version: 13, 8',
        ),
      );
    },
  );

  it('H7: POST', async () => {
    expect(await answerTo({ method: 'POST' })).toBe(
      refused('405 Method Not Allowed', 'Invalid HTTP method'),
    );
  });

  it.each(['Upgrade', 'Connection'])('H7: no %s header', async (name) => {
    const { wss, port } = await startOnPort(Server);
    wss.on('connection', () => expect.unreachable());
    const client = await connect(port);
    client.send(openingRequest({ headers: { [name]: undefined } }));
    expect(await answerHead(client)).toMatch(/^HTTP\/1.1 426 Upgrade Required\r\n/);
  });

  it('H9: first frames in the segment of the request', async () => {
    const { wss, port } = await start(Server);
    const messages: string[] = [];
    wss.on('connection', (websocket) => {
      websocket.on('message', (data) => messages.push(String(data)));
    });
    const client = await connect(port);
    const frames = '\x81\x82\0\0\0\0hi' + '\x81\x82\0\0\0\0ho' + '\x88\x80\0\0\0\0';
    client.send(openingRequest() + frames);
    expect(await untilClosed(client)).toBe(`${accepted()}\ufffd\0`);
    expect(messages).toEqual(['hi', 'ho']);
  });

  it.each([
    ['Content-Length', '5', 'hello'],
    ['Transfer-Encoding', 'chunked', '5\r\nhello\r\n0\r\n\r\n'],
  ])(
    'H9: a body announced by %s is read as frames, and refused as such',
    async (name, value, body) => {
      const { wss, port } = await start(Server);
      wss.on('connection', (websocket) => {
        websocket.on('message', () => expect.unreachable());
        websocket.on('error', () => {});
      });
      const client = await connect(port);
      client.send(openingRequest({ headers: { [name]: value } }) + body);
      expect(await answerHead(client)).toBe(accepted());
      expect(await client.take(4)).toEqual(closeProtocolError);
    },
  );

  it('H10: 20 kB of headers', async () => {
    const headers = { 'X-Long': 'x'.repeat(20_000) };
    expect(await answerTo({ headers })).toMatch(
      /^HTTP\/1.1 431 Request Header Fields Too Large\r\n/,
    );
  });

  it.each([
    ['an unfinished header', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '],
    ['nothing', ''],
  ])("H10: %s, until the HTTP server's timeout", async (_what, sent) => {
    const http = createServer({ headersTimeout: 50, connectionsCheckingInterval: 20 });
    expect(await answerTo(sent, {}, http)).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
  });

  it.each([
    'http://localhost/chat',
    'http://evil.example/chat',
    '//localhost/chat',
    '/a/../chat',
    '/./chat',
    '/chat/',
    '/chat%2f',
    '/%63hat',
    '/chat;a',
    '*',
    '/CHAT',
  ])('H11: the target %s is not the path /chat', async (target) => {
    expect(await answerTo({ target }, { path: '/chat' })).toBe(
      refused('400 Bad Request', 'Bad Request'),
    );
  });

  it.each([undefined, 'a b', '../..', 'http://evil.example'])(
    'H11: the Host %j changes nothing about the path',
    async (host) => {
      const { port } = await start(Server, { path: '/chat' });
      const client = await connect(port);
      client.send(openingRequest({ target: '/chat', headers: { Host: host } }));
      expect(await answerHead(client)).toBe(accepted());
    },
  );

  describe("H14: a 'wsClientError' listener that does nothing", () => {
    async function attack(leave: (client: RawSocket) => void): Promise<void> {
      const { wss, server, port } = await start(Server);
      const told = once(wss, 'wsClientError');
      const gone = serverSideClosed(server);
      const client = await connect(port);
      client.send(openingRequest({ headers: { 'Sec-WebSocket-Version': '7' } }));
      const [, socket] = (await told) as [Error, Socket];
      expect(socket.destroyed).toBe(false);
      leave(client);
      socket.resume();
      socket.on('end', () => socket.destroy());
      await gone;
      expect(Buffer.from(await client.closed())).toHaveLength(0);
    }

    it('leaves the socket open until the client goes', () =>
      attack((client) => client.socket.end()));

    it('survives a client that goes by a reset', () =>
      attack((client) => client.socket.resetAndDestroy()));
  });

  it('H15: 500 clients that come and go at once, half of them by a reset', async () => {
    const clients = 500;
    const atOnce = 50;
    const { wss, server, port } = await start(Server);
    let opened = 0;
    let closed = 0;
    const all = new Promise<void>((resolve) => {
      wss.on('connection', (websocket) => {
        opened += 1;
        websocket.on('close', () => {
          closed += 1;
          if (closed === clients) resolve();
        });
      });
    });
    const visit = async (byReset: boolean): Promise<void> => {
      const client = await connect(port);
      client.send(openingRequest());
      await answerHead(client);
      if (byReset) client.socket.resetAndDestroy();
      else client.socket.end();
      await client.closed();
    };
    for (let i = 0; i < clients; i += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, (_, n) => visit(n % 2 === 0)));
    }
    await all;
    expect([opened, closed, wss.clients.size]).toEqual([clients, clients, 0]);
    const left = await new Promise((resolve, reject) => {
      server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
    expect(left).toBe(0);
  });
});
