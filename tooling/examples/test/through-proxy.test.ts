import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Socks5Server } from '@pondwader/socks5-server';
import { rawServer, selfSignedCertificate } from '@hybi/testkit';
import { createProxy } from 'proxy';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { runExample } from '../src/run-example.js';

interface Proxy {
  url: string;
  /** What it was asked to connect to. */
  seen: string[];
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

/** A proxy that takes CONNECT, and with a password only those who know it. */
async function httpProxy(password?: string): Promise<Proxy> {
  const seen: string[] = [];
  const proxy = createProxy();
  const expected = password && `Basic ${Buffer.from(`user:${password}`).toString('base64')}`;
  proxy.authenticate = ({ headers }) =>
    expected === undefined || headers['proxy-authorization'] === expected;
  proxy.on('connect', ({ url }) => seen.push(url!));
  return { url: `http://127.0.0.1:${await listen(proxy)}`, seen };
}

async function socksProxy(password?: string): Promise<Proxy> {
  const seen: string[] = [];
  const proxy = new Socks5Server();
  if (password !== undefined) proxy.setAuthHandler((asked) => asked.password === password);
  proxy.setRulesetValidator(({ destAddress, destPort, command }) => {
    expect(command).toBe('connect');
    seen.push(`${destAddress}:${destPort}`);
    return true;
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const { port } = (proxy as unknown as { server: Server }).server.address() as AddressInfo;
  return { url: `socks5h://127.0.0.1:${port}`, seen };
}

/** An echo of the npm package `ws`. */
async function echo(server: Server): Promise<number> {
  new WebSocketServer({ server }).on('connection', (peer) => {
    peer.on('message', (data, isBinary) => peer.send(data, { binary: isBinary }));
  });
  return listen(server);
}

const success = 'open\nreceived: Hello through the proxy\nclosed: 1005\n';

describe.each([
  ['http.mjs', 'http:', httpProxy],
  ['socks.mjs', 'socks5h:', socksProxy],
])('through-proxy/%s', (program, scheme, startProxy) => {
  const file = `through-proxy/${program}`;
  const withUser = (url: string, password: string) => url.replace('//', `//user:${password}@`);

  it('reaches a ws: server through the proxy', async () => {
    const proxy = await startProxy();
    const port = await echo(createServer());
    const example = runExample(file, {
      env: { PROXY: proxy.url, TARGET: `ws://localhost:${port}/path` },
    });
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe(success);
    expect(example.errors()).toBe('');
    expect(proxy.seen).toEqual([`localhost:${port}`]);
  });

  it('reaches a wss: server through the proxy', async () => {
    const proxy = await startProxy();
    const certificate = await selfSignedCertificate();
    const folder = await mkdtemp(path.join(tmpdir(), 'hybi-proxy-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const authority = path.join(folder, 'certificate.pem');
    await writeFile(authority, certificate.cert);
    const port = await echo(createTlsServer(certificate));

    const env = { PROXY: proxy.url, TARGET: `wss://localhost:${port}` };
    const example = runExample(file, { env: { ...env, NODE_EXTRA_CA_CERTS: authority } });
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.output()).toBe(success);
    expect(example.errors()).toBe('');
    expect(proxy.seen).toEqual([`localhost:${port}`]);

    // The certificate is that of the server, and looked at.
    const stranger = runExample(file, { env });
    expect(await stranger.exited).toEqual({ code: 1, signal: null });
    expect(stranger.output()).toBe('closed: 1006\n');
    expect(stranger.errors()).toMatch(/self-signed certificate/);
  });

  it('names itself to a proxy that asks, and tells when it is refused', async () => {
    const proxy = await startProxy('secret');
    const port = await echo(createServer());
    const TARGET = `ws://127.0.0.1:${port}`;
    const known = runExample(file, { env: { PROXY: withUser(proxy.url, 'secret'), TARGET } });
    expect(await known.exited).toEqual({ code: 0, signal: null });
    expect(known.output()).toBe(success);

    const unknown = runExample(file, { env: { PROXY: withUser(proxy.url, 'wrong'), TARGET } });
    expect(await unknown.exited).toEqual({ code: 1, signal: null });
    expect(unknown.output()).toBe('closed: 1006\n');
    expect(unknown.errors()).toMatch(/407|[Aa]uthentication/);
  });

  it('waits no longer for a proxy that says nothing, and leaves nothing open', async () => {
    const silent = await rawServer();
    onTestFinished(() => silent.close());
    const PROXY = `${scheme}//127.0.0.1:${silent.port}`;
    const example = runExample(file, {
      env: { PROXY, TARGET: 'ws://localhost:1', TIMEOUT_MS: '400' },
    });
    const asked = await silent.accept();
    expect(await example.exited).toEqual({ code: 1, signal: null });
    expect(example.output()).toBe('closed: 1006\n');
    expect(example.errors()).toMatch(/timed out/i);
    await asked.closed();
  });

  it('tells when there is no proxy', async () => {
    const example = runExample(file, {
      // Nobody listens on this port of this machine.
      env: { PROXY: `${scheme}//127.0.0.1:1`, TARGET: 'ws://localhost:1' },
    });
    expect(await example.exited).toEqual({ code: 1, signal: null });
    expect(example.output()).toBe('closed: 1006\n');
    expect(example.errors()).toMatch(/ECONNREFUSED/);
  });
});
