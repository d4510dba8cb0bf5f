import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { selfSignedCertificate } from '@hybi/testkit';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ClientOptions } from '../src/index.js';
import { answeringServer, switching } from './support/answering-server.js';
import { clients } from './support/clients.js';
import type { Client } from './support/clients.js';
import { record } from './support/record.js';

let certificate: { key: string; cert: string };
beforeAll(async () => {
  certificate = await selfSignedCertificate();
});

/** Opens and ends a connection; returns what happened. */
async function open(WebSocket: Client, url: string, options: ClientOptions = {}) {
  const websocket = new WebSocket(url, options);
  const { closed } = record(websocket);
  websocket.on('open', () => websocket.terminate());
  return closed;
}

const opened = [
  ['upgrade', 0],
  ['open', 1],
  ['close', 3, 1006, ''],
];

describe.each(clients)('connecting, %s', (_, WebSocket) => {
  it('calls net.connect of the module, looked up then', async () => {
    const server = await answeringServer((exchange) => switching(exchange));
    const spy = vi.spyOn(net, 'connect');
    onTestFinished(() => spy.mockRestore());
    await open(WebSocket, server.url);
    expect(spy).toHaveBeenCalledTimes(1);
    expect(spy.mock.calls[0]?.[0]).toMatchObject({ host: '127.0.0.1', port: String(server.port) });
    expect(spy.mock.calls[0]?.[0]).toHaveProperty('path', undefined);
  });

  it('calls tls.connect of the module, looked up then', async () => {
    const server = await answeringServer((exchange) => switching(exchange), { tls: certificate });
    const spy = vi.spyOn(tls, 'connect');
    onTestFinished(() => spy.mockRestore());
    expect(await open(WebSocket, server.url, { ca: certificate.cert })).toEqual(opened);
    expect(spy.mock.calls[0]?.[0]).toMatchObject({ host: 'localhost', servername: 'localhost' });
    expect(spy.mock.calls[0]?.[0]).toHaveProperty('path', undefined);
  });

  it.each<[string, string | undefined, string | false]>([
    ['localhost', undefined, 'localhost'],
    ['127.0.0.1', undefined, false],
    ['localhost', 'other.example', 'other.example'],
    ['localhost', '', false],
  ])('to %s with servername %j, names the host as %j', async (host, servername, expected) => {
    const server = await answeringServer((exchange) => switching(exchange), { tls: certificate });
    const url = server.url.replace('localhost', host);
    const options: ClientOptions = { rejectUnauthorized: false };
    if (servername !== undefined) options.servername = servername;
    const events = open(WebSocket, url, options);
    const { socket } = await server.request();
    expect((socket as unknown as { servername: unknown }).servername).toBe(expected);
    expect(await events).toEqual(opened);
  });

  it('dials an IPv6 address without its brackets, and asks for it with them', async () => {
    const server = net.createServer((socket) => socket.destroy());
    let seen = {};
    const createConnection = (options: net.TcpNetConnectOpts) => {
      seen = options;
      return net.connect({ host: '::1', port: Number(options.port) });
    };
    await once(server.listen(0, '::1'), 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as net.AddressInfo;
    let host: unknown;
    const websocket = new WebSocket(`ws://[::1]:${port}`, {
      createConnection: createConnection as ClientOptions['createConnection'],
      finishRequest: (request) => {
        host = request.getHeader('host');
        request.end();
      },
    });
    await record(websocket).closed;
    expect(seen).toMatchObject({ host: '::1', port: String(port) });
    expect(host).toBe(`[::1]:${port}`);
  });

  describe('to a Unix socket', () => {
    async function listen() {
      const directory = await mkdtemp(path.join(tmpdir(), 'client-'));
      onTestFinished(() => rm(directory, { recursive: true }));
      const file = path.join(directory, 'a.sock');
      return {
        file,
        server: await answeringServer((exchange) => switching(exchange), { path: file }),
      };
    }

    it.each([
      ['', '/', 'localhost'],
      [':/a?b', '/a?b', 'localhost'],
      [':/a:b:c', '/a:b:c', 'localhost'],
    ])('asks it for %j as %j', async (suffix, target, host) => {
      const { file, server } = await listen();
      expect(await open(WebSocket, `ws+unix:${file}${suffix}`)).toEqual(opened);
      expect(server.exchanges[0]).toMatchObject({ target, headers: { host } });
    });

    it('dials it in the form with slashes too', async () => {
      const { file, server } = await listen();
      const websocket = new WebSocket(`ws+unix://${file}:/a`);
      websocket.on('open', () => websocket.terminate());
      await record(websocket).closed;
      expect(server.exchanges[0]?.target).toBe('/a');
      expect(websocket.url).toBe(`ws+unix://${file}:/a`);
    });

    it('fails where there is none', async () => {
      const events = await open(WebSocket, 'ws+unix:/nowhere/a.sock:/');
      expect(events).toEqual([
        ['error', 2, 'connect ENOENT /nowhere/a.sock'],
        ['close', 3, 1006, ''],
      ]);
    });
  });
});
