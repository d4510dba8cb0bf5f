import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { connectWs } from '../src/ws-client.js';
import { findNginx, startNginx } from '../src/nginx.js';
import { runExample } from '../src/run-example.js';

const configuration = new URL('../../../docs/examples/client-address/nginx.conf', import.meta.url);
const nginx = findNginx();

// All of 127.0.0.0/8 is this machine on Linux; elsewhere only its first address is.
const clientAddress = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

describe.each(['direct.mjs', 'direct.cjs'])('client-address/%s', (program) => {
  it('tells the address of the client', async () => {
    const example = runExample(`client-address/${program}`);
    const url = `ws://127.0.0.1:${await example.port()}`;

    const client = await connectWs(url, { localAddress: clientAddress });
    expect(await client.next()).toBe(`You are ${clientAddress}`);
    await example.lineMatching(new RegExp(`^connected: ${clientAddress}$`));

    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect(example.errors()).toBe('');
  });

  it('tells it in the same form when it listens on all addresses', async () => {
    const example = runExample(`client-address/${program}`, { env: { HOST: '' } });
    const port = await example.port();

    const client = await connectWs(`ws://127.0.0.1:${port}`, { localAddress: clientAddress });
    expect(await client.next()).toBe(`You are ${clientAddress}`);
    if (hasIPv6) {
      const other = await connectWs(`ws://[::1]:${port}`);
      expect(await other.next()).toBe('You are ::1');
    }
    await example.stop();
  });

  it('does not believe a header', async () => {
    const example = runExample(`client-address/${program}`);
    const headers = { 'X-Forwarded-For': '192.0.2.66' };
    const client = await connectWs(`ws://127.0.0.1:${await example.port()}`, { headers });
    expect(await client.next()).toBe('You are 127.0.0.1');
    await example.stop();
  });
});

it('has an nginx to test with, in CI', () => {
  expect(nginx !== undefined || process.env.CI !== 'true').toBe(true);
});

describe.each(['behind-proxy.mjs', 'behind-proxy.cjs'])('client-address/%s', (program) => {
  it('believes the proxy, and of what it says only what it saw itself', async () => {
    const example = runExample(`client-address/${program}`, {
      env: { PROXY_ADDRESS: '127.0.0.1' },
    });
    const url = `ws://127.0.0.1:${await example.port()}`;

    const direct = await connectWs(url);
    expect(await direct.next()).toBe('You are 127.0.0.1');
    const headers = { 'X-Forwarded-For': '192.0.2.66, 192.0.2.7' };
    const forwarded = await connectWs(url, { headers });
    expect(await forwarded.next()).toBe('You are 192.0.2.7');
    await example.stop();
  });

  it('believes nobody but the proxy', async () => {
    const example = runExample(`client-address/${program}`, {
      env: { PROXY_ADDRESS: '192.0.2.1' },
    });
    const headers = { 'X-Forwarded-For': '192.0.2.66' };
    const client = await connectWs(`ws://127.0.0.1:${await example.port()}`, { headers });
    expect(await client.next()).toBe('You are 127.0.0.1');
    await example.stop();
  });

  if (nginx === undefined) {
    console.warn(`${program} behind nginx: left out, there is no nginx here.`);
    return;
  }

  it('tells the address of a client that comes through nginx', async () => {
    const example = runExample(`client-address/${program}`);
    const url = `ws://127.0.0.1:${await startNginx(nginx, configuration, await example.port())}`;

    const client = await connectWs(url, { localAddress: clientAddress });
    expect(await client.next()).toBe(`You are ${clientAddress}`);
    await example.lineMatching(new RegExp(`^connected: ${clientAddress}$`));

    const liar = await connectWs(url, {
      localAddress: clientAddress,
      headers: { 'X-Forwarded-For': '192.0.2.66' },
    });
    expect(await liar.next()).toBe(`You are ${clientAddress}`);

    await example.stop();
    expect((await client.closed).code).toBe(1001);
    expect((await liar.closed).code).toBe(1001);
    expect(example.errors()).toBe('');
  });
});
