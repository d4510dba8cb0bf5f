/**
 * The differences from `ws` that the README of hybi lists, seen on both. Those
 * between secure addresses are tested where they are made, in the client.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket, WebSocketServer } from 'hybi';
import { afterEach, describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { read, readManifest } from '../src/workspace.js';

interface Implementation {
  WebSocket: typeof WebSocket;
  WebSocketServer: typeof WebSocketServer;
}

const hybi: Implementation = { WebSocket, WebSocketServer };
const theirs = ws as unknown as Implementation;

type Options = ConstructorParameters<typeof WebSocketServer>[0];

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** A server, its client, and the peer that the server has for it. */
async function open({ WebSocket, WebSocketServer }: Implementation) {
  const { server, url } = await listen({ WebSocket, WebSocketServer });
  const client = new WebSocket(url);
  endings.push(() => client.terminate());
  const [[peer]] = (await Promise.all([once(server, 'connection'), once(client, 'open')])) as [
    [WebSocket],
    unknown,
  ];
  return { client, peer };
}

async function listen({ WebSocketServer }: Implementation, options: Options = {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  endings.push(() => server.close());
  await once(server, 'listening');
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('Node.js', () => {
  expect(readManifest('packages/hybi').engines).toEqual({ node: '>=20' });
  expect(readManifest('node_modules/ws')).toMatchObject({
    version: '8.23.0',
    engines: { node: '>=10.0.0' },
  });
});

describe('UTF-8', () => {
  const firstHalf = Buffer.from('8184' + '00000000' + '61ff', 'hex');
  const secondHalf = Buffer.from('6161', 'hex');

  it.each([
    ['hybi', hybi, 1],
    ['ws', theirs, 0],
  ])('%s', async (_, implementation, early) => {
    const { client, peer } = await open(implementation);
    const errors: Error[] = [];
    peer.on('error', (error) => errors.push(error));
    const raw = (client as unknown as { _socket: Socket })._socket;
    const peerSocket = (peer as unknown as { _socket: Socket })._socket;
    raw.write(firstHalf);
    await once(peerSocket, 'data');
    expect(errors).toHaveLength(early);
    raw.write(secondHalf);
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(1007);
    expect(errors).toMatchObject([{ code: 'WS_ERR_INVALID_UTF8' }]);
  });
});

it.each([
  ['hybi', hybi, 2 + 4 + 1],
  ['ws', theirs, 0],
])('sending: bytes of the second message that %s still has', async (_, implementation, bytes) => {
  const { client } = await open(implementation);
  // A tick of its own: the opening handshake ended in this one.
  await new Promise(setImmediate);
  client.send('1');
  expect(client.bufferedAmount).toBe(0);
  client.send('2');
  expect(client.bufferedAmount).toBe(bytes);
});

describe('window bits that are not 8 to 15', () => {
  const perMessageDeflate = { serverMaxWindowBits: 7 };

  it('are a 500', async () => {
    const { server, url } = await listen(hybi, { perMessageDeflate });
    const told = once(server, 'wsClientError');
    const [error] = (await once(new WebSocket(url), 'error')) as [Error];
    expect(error.message).toBe('Unexpected server response: 500');
    expect((await told)[0]).toBeInstanceOf(RangeError);
  });

  it('are agreed to by ws', async () => {
    const { url } = await listen(theirs, { perMessageDeflate });
    const failed = once(new ws.WebSocket(url), 'error');
    expect(await failed).toMatchObject([{ message: 'Invalid Sec-WebSocket-Extensions header' }]);
  });
});

describe('line breaks', () => {
  const handleProtocols = (): string => 'a\r\nInjected: yes';

  it('are a 500', async () => {
    const { server, url } = await listen(hybi, { handleProtocols });
    const told = once(server, 'wsClientError');
    const client = new WebSocket(url, 'a');
    const [error] = (await once(client, 'error')) as [Error];
    expect(error.message).toBe('Unexpected server response: 500');
    expect((await told)[0]).toBeInstanceOf(TypeError);
  });

  it('are written by ws', async () => {
    const { url } = await listen(theirs, { handleProtocols });
    const client = new ws.WebSocket(url, 'a');
    endings.push(() => client.terminate());
    const opened = once(client, 'open');
    const [response] = (await once(client, 'upgrade')) as [{ headers: Record<string, string> }];
    expect(response.headers['injected']).toBe('yes');
    await opened;
  });
});

describe('redirects', () => {
  it.each([
    ['hybi', hybi, 'WS_ERR_UNSAFE_REDIRECT'],
    ['ws', theirs, 'ENOENT'],
  ])('to a Unix socket: the error of %s', async (_, { WebSocket }, code) => {
    const server = createServer((_request, response) => {
      response.writeHead(302, { Location: 'ws+unix:/there/is/none.sock:/' }).end();
    });
    endings.push(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = new WebSocket(`ws://127.0.0.1:${port}`, { followRedirects: true });
    const [error] = (await once(client, 'error')) as [Error & { code?: string }];
    expect(error.code).toBe(code);
  });
});

it.each([
  ['hybi', hybi],
  ['ws', theirs],
])('errors of opening handshakes: those of %s have no code', async (_, { WebSocket }) => {
  const client = new WebSocket('ws://127.0.0.1:1');
  client.terminate();
  const [error] = (await once(client, 'error')) as [Error];
  expect(error.message).toBe('WebSocket was closed before the connection was established');
  expect(error).not.toHaveProperty('code');
});

it('private members', async () => {
  const { client } = await open(hybi);
  expect(client._socket).not.toBeNull();
  expect(client._sender?.sendFrame).toBeTypeOf('function');
  expect(client._isServer).toBe(false);
  expect(client.setSocket).toBeTypeOf('function');
  expect('_receiver' in client).toBe(false);
  expect('_receiver' in (await open(theirs)).client).toBe(true);
});

it('the exports are those that the README names', () => {
  const api = read('packages/hybi/README.md').split('## API')[1]?.split('## Types')[0];
  const names = Object.keys(createRequire(import.meta.url)('ws') as object);
  const statics = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED', 'Server'];
  for (const name of names.filter((other) => !statics.includes(other))) {
    expect(api).toContain(`\`${name}\``);
  }
});
