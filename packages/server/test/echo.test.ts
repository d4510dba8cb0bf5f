/** Messages and closing handshakes with the client of the npm package `ws`. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket as Client } from 'ws';
import { WebSocketServer } from '../src/index.js';
import type { PerMessageDeflateOptions, WebSocket } from '../src/index.js';
import { open, start } from './support/servers.js';

const sizes = [0, 1, 125, 126, 127, 1023, 1024, 65_535, 65_536, 1_048_576];

const settings: [string, boolean | PerMessageDeflateOptions][] = [
  ['plain', false],
  ['compressed', true],
  [
    'compressed, contexts given up',
    { serverNoContextTakeover: true, clientNoContextTakeover: true },
  ],
  ['compressed, small windows', { serverMaxWindowBits: 9, clientMaxWindowBits: 9 }],
  ['compressed, no threshold', { serverNoContextTakeover: true, threshold: 0 }],
];

/** Bytes that compress a little, different for each size. */
function pattern(size: number): Buffer {
  const data = Buffer.alloc(size);
  for (let i = 0; i < size; i++) data[i] = (i * i + size) & 0x7f;
  return data;
}

const digest = (data: Uint8Array): string => createHash('sha1').update(data).digest('hex');

describe.each(settings)('%s', (_what, perMessageDeflate) => {
  let client: Client;
  let websocket: WebSocket;

  beforeEach(async () => {
    const { wss, port } = await start(WebSocketServer, { perMessageDeflate });
    const connection = once(wss, 'connection');
    client = await open(port);
    [websocket] = (await connection) as [WebSocket];
    websocket.on('message', (data, binary) => websocket.send(data, { binary }));
  });

  async function echoOf(count: number): Promise<[string, boolean][]> {
    const echoes: [string, boolean][] = [];
    while (echoes.length < count) {
      const [data, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
      echoes.push([digest(data), isBinary]);
    }
    return echoes;
  }

  it.each(sizes)('%i bytes, binary and text', async (size) => {
    const data = pattern(size);
    const echoed = new Promise<[string, boolean][]>((resolve) => {
      const echoes: [string, boolean][] = [];
      client.on('message', (echo: Buffer, isBinary) => {
        echoes.push([digest(echo), isBinary]);
        if (echoes.length === 2) resolve(echoes);
      });
    });
    client.send(data);
    client.send(data.toString('latin1'));
    expect(await echoed).toEqual([
      [digest(data), true],
      [digest(data), false],
    ]);
  });

  it('text beyond ASCII', async () => {
    const text = 'Zoë ☃ 🦉 '.repeat(500);
    client.send(text);
    expect(await echoOf(1)).toEqual([[digest(Buffer.from(text)), false]]);
  });

  it('fragments, with a ping between them', async () => {
    const pong = once(client, 'pong');
    client.send('one ', { fin: false });
    client.ping('between');
    client.send('', { fin: false });
    client.send('two', { fin: true });
    expect(await echoOf(1)).toEqual([[digest(Buffer.from('one two')), false]]);
    expect(await pong).toEqual([Buffer.from('between')]);
  });

  it('fragments from the server', async () => {
    const message = once(client, 'message');
    websocket.send('one ', { fin: false });
    websocket.send('two', { fin: true });
    const [data, isBinary] = (await message) as [Buffer, boolean];
    expect([data.toString(), isBinary]).toEqual(['one two', false]);
  });

  it('many messages in order', async () => {
    const count = 200;
    const received: string[] = [];
    const all = new Promise<void>((resolve) => {
      client.on('message', (data: Buffer) => {
        received.push(data.toString());
        if (received.length === count) resolve();
      });
    });
    const sent = Array.from({ length: count }, (_, i) => `message ${i} `.repeat(i % 7));
    for (const each of sent) client.send(each);
    await all;
    expect(received).toEqual(sent);
  });

  it('pings and pongs both ways', async () => {
    const ping = once(websocket, 'ping');
    const pong = once(websocket, 'pong');
    client.ping('to server');
    websocket.ping('to client');
    expect(await ping).toEqual([Buffer.from('to server')]);
    expect(await pong).toEqual([Buffer.from('to client')]);
  });
});

describe('the closing handshake', () => {
  const longest = 'ü'.repeat(61) + 'e';
  const codes: [string, [number?, string?], [number, string]][] = [
    ['no code', [], [1005, '']],
    ['1000', [1000], [1000, '']],
    ['1001 with a reason', [1001, 'away'], [1001, 'away']],
    ['3000 with the longest reason', [3000, longest], [3000, longest]],
    ['4999', [4999, 'own'], [4999, 'own']],
  ];

  async function pair(): Promise<[Client, WebSocket, WebSocketServer]> {
    const { wss, port } = await start(WebSocketServer);
    const connection = once(wss, 'connection');
    const client = await open(port);
    const [websocket] = (await connection) as [WebSocket];
    return [client, websocket, wss];
  }

  const codeOf = async (emitter: Client | WebSocket): Promise<[number, string]> => {
    const [code, reason] = (await once(emitter, 'close')) as [number, Buffer];
    return [code, reason.toString()];
  };

  it.each(codes)('from the client: %s', async (_what, given, told) => {
    const [client, websocket, wss] = await pair();
    const both = Promise.all([codeOf(client), codeOf(websocket)]);
    client.close(...given);
    expect(await both).toEqual([told, told]);
    expect(wss.clients.size).toBe(0);
  });

  it.each(codes)('from the server: %s', async (_what, given, told) => {
    const [client, websocket, wss] = await pair();
    const both = Promise.all([codeOf(client), codeOf(websocket)]);
    websocket.close(...given);
    expect(await both).toEqual([told, told]);
    expect(wss.clients.size).toBe(0);
  });

  it('is not there when the client is cut off', async () => {
    const [client, websocket, wss] = await pair();
    const both = Promise.all([codeOf(client), codeOf(websocket)]);
    client.terminate();
    expect(await both).toEqual([
      [1006, ''],
      [1006, ''],
    ]);
    expect(wss.clients.size).toBe(0);
  });
});
