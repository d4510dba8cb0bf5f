import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { WebSocketServer } from '../src/index.js';
import type { ServerOptions, VerifyClientInfo } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { accepted, answerHead, openingRequest, refused, untilClosed } from './support/requests.js';
import { connect, start } from './support/servers.js';

describe.each(implementations)('$name', ({ Server }) => {
  it.each([
    ['13', 'Origin'],
    ['8', 'Sec-WebSocket-Origin'],
  ])('is told the origin, the transport and the request of version %s', async (version, name) => {
    const told: unknown[] = [];
    const options: ServerOptions = {
      verifyClient(...args: unknown[]) {
        told.push(this === wss.options, ...args);
        return true;
      },
    };
    const { wss, server, port } = await start(Server, options);
    const upgrade = once(server, 'upgrade') as Promise<[IncomingMessage]>;
    const client = await connect(port);
    const headers = {
      Origin: 'http://13',
      'Sec-WebSocket-Origin': 'http://8',
      'Sec-WebSocket-Version': version,
    };
    client.send(openingRequest({ headers }));
    expect(await answerHead(client)).toBe(accepted());
    const [req] = await upgrade;
    const origin = name === 'Origin' ? 'http://13' : 'http://8';
    expect(told).toEqual([true, { origin, secure: false, req }]);
  });

  it('has no origin to tell of a client that sent none', async () => {
    const infos: VerifyClientInfo[] = [];
    const { port } = await start(Server, { verifyClient: (info) => infos.push(info) > 0 });
    const client = await connect(port);
    client.send(openingRequest());
    await answerHead(client);
    expect(infos[0]?.origin).toBe(undefined);
  });

  it.each([
    ['authorized', { authorized: true }],
    ['encrypted', { encrypted: true }],
  ])('tells a socket that is %s as secure', async (_what, properties) => {
    const secure: boolean[] = [];
    const { server, port } = await start(Server, {
      verifyClient: (info) => secure.push(info.secure) > 0,
    });
    server.on('connection', (socket) => Object.assign(socket, properties));
    const client = await connect(port);
    client.send(openingRequest());
    await answerHead(client);
    expect(secure).toEqual([true]);
  });

  it('waits for the callback', async () => {
    const { wss, port } = await start(Server);
    const asked = new Promise<(verified: boolean) => void>((resolve) => {
      wss.options.verifyClient = (_info, callback) => resolve(callback);
    });
    const client = await connect(port);
    client.send(openingRequest());
    const callback = await asked;
    expect(wss.clients.size).toBe(0);
    callback(true);
    expect(wss.clients.size).toBe(1);
    expect(await answerHead(client)).toBe(accepted());
  });

  it.each<[string, (lengths: number[]) => (...args: unknown[]) => boolean]>([
    [
      'no parameter',
      (lengths) =>
        (...args) =>
          lengths.push(args.length) > 0,
    ],
    [
      'one',
      (lengths) =>
        (info, ...more) =>
          lengths.push(1 + more.length) > Number(info === 0),
    ],
    [
      'three',
      (lengths) => (info, callback, other) =>
        lengths.push([info, callback, other].filter(Boolean).length) > 0,
    ],
  ])('calls a function of %s without a callback', async (_what, create) => {
    const lengths: number[] = [];
    const { port } = await start(Server, { verifyClient: create(lengths) });
    const client = await connect(port);
    client.send(openingRequest());
    expect(await answerHead(client)).toBe(accepted());
    expect(lengths).toEqual([1]);
  });

  it('destroys the socket of a client that has left meanwhile, and tells nobody', async () => {
    const { wss, server, port } = await start(Server);
    const asked = new Promise<(verified: boolean) => void>((resolve) => {
      wss.options.verifyClient = (_info, callback) => resolve(callback);
    });
    const upgrade = once(server, 'upgrade');
    wss.on('connection', () => expect.unreachable());
    const client = await connect(port);
    client.send(openingRequest());
    const callback = await asked;
    const [, socket] = await upgrade;
    socket.resume();
    client.socket.end();
    await once(socket, 'end');
    callback(true);
    expect(socket.destroyed).toBe(true);
    expect(await untilClosed(client)).toBe('');
  });
});

describe('a refusal that can not be answered with', () => {
  it.each([
    [799, undefined, 'The status 799 has no standard text: a body must be given'],
    [101, 'a', 'The status of a refusal must be from 200 to 999, got 101'],
    [1000, 'a', 'The status of a refusal must be from 200 to 999, got 1000'],
    ['no' as never, 'a', 'The status of a refusal must be from 200 to 999, got NaN'],
  ])('throws at the call: %s', async (status, body, message) => {
    const thrown: unknown[] = [];
    const { port } = await start(WebSocketServer, {
      verifyClient: (_info, callback) => {
        try {
          callback(false, status, body);
        } catch (error) {
          thrown.push(error);
        }
        callback(false);
      },
    });
    const client = await connect(port);
    client.send(openingRequest());
    expect(await untilClosed(client)).toBe(refused('401 Unauthorized', 'Unauthorized'));
    expect(thrown).toEqual([new RangeError(message)]);
  });
});
