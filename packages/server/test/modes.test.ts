/** The three modes: a port, an HTTP server, or neither. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '@hybi/testkit';
import { describe, expect, it } from 'vitest';
import { implementations } from './support/implementations.js';
import { accepted, answerHead, openingRequest } from './support/requests.js';
import { connect, dial, open, start, startHttp, startOnPort } from './support/servers.js';

describe.each(implementations)('$name', ({ Server, WebSocket }) => {
  describe('with a port', () => {
    it('listens, calls back and then tells', async () => {
      const order: unknown[] = [];
      const wss = new Server({ port: 0, host: '127.0.0.1', backlog: 5 }, function (this: unknown) {
        order.push('callback', (this as object).constructor.name);
      });
      wss.on('listening', () => order.push('listening'));
      await once(wss, 'listening');
      expect(order).toEqual(['callback', 'Server', 'listening']);
      const address = wss.address() as AddressInfo;
      expect(address).toEqual({ address: '127.0.0.1', family: 'IPv4', port: expect.any(Number) });
      wss.close();
      expect(wss.address()).toBe(null);
      await once(wss, 'close');
    });

    it('listens on all addresses without a host', async () => {
      const { wss } = await startOnPort(Server, { host: undefined });
      expect(wss.address()).toMatchObject({ address: '::' });
    });

    it('tells that the port is taken', async () => {
      const { port } = await startHttp();
      const wss = new Server({ port, host: '127.0.0.1' });
      const [error] = await once(wss, 'error').catch((thrown: unknown) => [thrown]);
      expect(error).toMatchObject({ code: 'EADDRINUSE' });
      wss.close();
      await once(wss, 'close');
    });

    it('opens WebSockets', async () => {
      const { wss, port } = await startOnPort(Server);
      const connection = once(wss, 'connection');
      const client = await open(port, { path: '/chat?a=1' });
      const [websocket, request] = (await connection) as [object, IncomingMessage];
      expect(websocket).toBeInstanceOf(WebSocket);
      expect(request.url).toBe('/chat?a=1');
      expect(client.readyState).toBe(1);
    });
  });

  describe('with a server', () => {
    it('forwards its events and leaves it as it was', async () => {
      const server = createServer();
      const before = () => server.eventNames().map((name) => [name, server.listenerCount(name)]);
      const clean = before();
      const callback = (): void => expect.unreachable();
      const wss = new Server({ server }, callback);
      const listening = once(wss, 'listening');
      const { port } = await startHttp(server);
      await listening;
      expect(wss.address()).toEqual(server.address());
      expect((wss.address() as AddressInfo).port).toBe(port);

      const failure = new Error('from outside');
      const told: unknown[] = [];
      wss.on('error', (error) => told.push(error));
      server.emit('error', failure);
      expect(told).toEqual([failure]);

      wss.close();
      await once(wss, 'close');
      expect(server.listening).toBe(true);
      expect(wss.address()).toBe(null);
      const added = new Set(['connection']);
      expect(before().filter(([name]) => !added.has(String(name)))).toEqual(
        clean.filter(([name]) => !added.has(String(name))),
      );
    });

    it('throws an error of the HTTP server that nobody listens for', () => {
      const server = createServer();
      new Server({ server });
      expect(() => server.emit('error', new Error('from outside'))).toThrow('from outside');
    });

    it('works over TLS', async () => {
      const { key, cert } = await selfSignedCertificate();
      const secure: boolean[] = [];
      const options = {
        verifyClient: (info: { secure: boolean }) => secure.push(info.secure) > 0,
      };
      const { wss, port } = await start(Server, options, createHttpsServer({ key, cert }));
      wss.on('connection', (websocket) => {
        websocket.on('message', (data) => websocket.send(data));
      });
      const client = await open(port, { ca: cert });
      client.send('over TLS');
      const [data] = (await once(client, 'message')) as [Buffer];
      expect(data.toString()).toBe('over TLS');
      expect(secure).toEqual([true]);
    });

    it('answers every upgrade, also one that another server took', async () => {
      const { server, port } = await startHttp();
      const first = new Server({ server, path: '/first' });
      new Server({ server, path: '/second' });
      first.on('connection', (websocket) => websocket.on('error', () => {}));
      const client = await connect(port);
      client.send(openingRequest({ target: '/first' }));
      expect(await client.takeUntil('Bad Request')).toMatch(/^HTTP\/1.1 101 [^]*HTTP\/1.1 400 /);
    });

    it('throws when two servers take the same socket', async () => {
      const { server } = await startHttp();
      const one = new Server({ noServer: true });
      const thrown = new Promise((resolve) => {
        server.on('upgrade', (request, socket, head) => {
          one.handleUpgrade(request, socket, head, () => {});
          try {
            one.handleUpgrade(request, socket, head, () => expect.unreachable());
          } catch (error) {
            resolve(error);
          }
        });
      });
      const client = await connect((server.address() as AddressInfo).port);
      client.send(openingRequest());
      expect(await thrown).toEqual(
        new Error(
          'server.handleUpgrade() was called more than once with the same socket, ' +
            'possibly due to a misconfiguration',
        ),
      );
      expect(await answerHead(client)).toBe(accepted());
    });
  });

  describe('without a server', () => {
    it('has no address', () => {
      const wss = new Server({ noServer: true });
      expect(() => wss.address()).toThrow(new Error('The server is operating in "noServer" mode'));
    });

    it('tells the callback, not the event', async () => {
      const { server, port } = await startHttp();
      const wss = new Server({ noServer: true });
      wss.on('connection', () => expect.unreachable());
      const opened = new Promise<unknown[]>((resolve) => {
        server.on('upgrade', (request, socket, head) => {
          wss.handleUpgrade(request, socket, head, (...args) =>
            resolve([...args, args[1] === request]),
          );
        });
      });
      await open(port);
      const [websocket, , isSame, ...more] = await opened;
      expect(websocket).toBeInstanceOf(WebSocket);
      expect([isSame, more]).toEqual([true, []]);
    });

    it('shares one HTTP server with others', async () => {
      const { server, port } = await startHttp();
      const chat = new Server({ noServer: true });
      const news = new Server({ noServer: true });
      for (const [wss, name] of [[chat, 'chat'] as const, [news, 'news'] as const]) {
        wss.on('connection', (websocket) => websocket.send(name));
      }
      server.on('upgrade', (request, socket, head) => {
        const wss = { '/chat': chat, '/news': news }[request.url ?? ''];
        if (wss === undefined) socket.destroy();
        else {
          wss.handleUpgrade(request, socket, head, (websocket) => {
            wss.emit('connection', websocket, request);
          });
        }
      });
      for (const path of ['/chat', '/news']) {
        const client = dial(port, { path });
        const [data] = (await once(client, 'message')) as [Buffer];
        expect(data.toString()).toBe(path.slice(1));
      }
      const [error] = await once(dial(port, { path: '/other' }), 'error');
      expect(error).toMatchObject({ code: 'ECONNRESET' });
      expect([chat.clients.size, news.clients.size]).toEqual([1, 1]);
    });

    it('lets the application authenticate on the upgrade', async () => {
      const { server, port } = await startHttp();
      const wss = new Server({ noServer: true });
      const onError = (error: Error): void => void error;
      server.on('upgrade', (request, socket, head) => {
        socket.on('error', onError);
        setImmediate(() => {
          if (request.headers.authorization !== 'Bearer good') {
            socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
            return;
          }
          socket.removeListener('error', onError);
          wss.handleUpgrade(request, socket, head, (websocket) => {
            wss.emit('connection', websocket, request, 'someone');
          });
        });
      });
      const users: unknown[] = [];
      wss.on('connection', (...args: unknown[]) => users.push(args[2]));
      await open(port, { headers: { Authorization: 'Bearer good' } });
      expect(users).toEqual(['someone']);
      const [error] = (await once(dial(port), 'error')) as [Error];
      expect(error.message).toBe('Unexpected server response: 401');
      expect(users).toEqual(['someone']);
    });
  });
});
