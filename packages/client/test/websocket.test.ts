/** Open connections, against the server of `ws`. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '@hybi/testkit';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { ServerOptions, WebSocket as ServerSideWebSocket } from 'ws';
import { WebSocket } from '../src/index.js';
import type { ClientOptions } from '../src/index.js';
import { failure, record } from './support/record.js';

let certificate: { key: string; cert: string };
beforeAll(async () => {
  certificate = await selfSignedCertificate();
});

/** A server of `ws`, and a client that is connected to it. */
async function connect(
  options: ClientOptions = {},
  serverOptions: ServerOptions = {},
  secure = false,
): Promise<{ client: WebSocket; server: ServerSideWebSocket }> {
  const https = secure ? createServer(certificate) : undefined;
  const wss = new WebSocketServer(
    https ? { server: https, ...serverOptions } : { port: 0, host: '127.0.0.1', ...serverOptions },
  );
  if (https) https.listen(0, '127.0.0.1');
  await once(wss, 'listening');
  onTestFinished(async () => {
    for (const each of wss.clients) each.terminate();
    wss.close();
    if (https) await once(https.close(), 'close');
    else await once(wss, 'close');
  });
  const { port } = wss.address() as AddressInfo;
  const url = `${secure ? 'wss' : 'ws'}://127.0.0.1:${port}`;
  const client = new WebSocket(url, { ca: certificate.cert, ...options });
  const [[server]] = await Promise.all([
    once(wss, 'connection') as Promise<[ServerSideWebSocket]>,
    once(client, 'open'),
  ]);
  return { client, server };
}

function echo(server: ServerSideWebSocket): void {
  server.on('message', (data, isBinary) => server.send(data as Buffer, { binary: isBinary }));
}

const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 1_048_576];
const withDeflate = { perMessageDeflate: true };

describe.each([
  ['plain', false, {}],
  ['compressed', false, withDeflate],
  ['TLS', true, {}],
  ['compressed, TLS', true, withDeflate],
])('messages, %s', (_, secure, serverOptions) => {
  it('come back as they were sent, whatever their size', async () => {
    const { client, server } = await connect({}, serverOptions, secure);
    echo(server);
    expect(client.extensions).toBe(serverOptions === withDeflate ? 'permessage-deflate' : '');
    for (const size of sizes) {
      const bytes = Buffer.alloc(size, 'häufig ');
      client.send(bytes);
      const [binary, isBinary] = (await once(client, 'message')) as [Buffer, boolean];
      expect([binary.equals(bytes), isBinary]).toEqual([true, true]);

      const text = 'x'.repeat(size);
      client.send(text);
      const [string, isText] = (await once(client, 'message')) as [Buffer, boolean];
      expect([string.toString() === text, isText]).toEqual([true, false]);
    }
  });

  it('come back in order, if many are sent at once', async () => {
    const { client, server } = await connect({}, serverOptions, secure);
    echo(server);
    const sent = Array.from({ length: 200 }, (_value, at) => `message ${at} ${'y'.repeat(at)}`);
    const received: string[] = [];
    const all = new Promise<void>((resolve) => {
      client.on('message', (data) => {
        received.push((data as Buffer).toString());
        if (received.length === sent.length) resolve();
      });
    });
    for (const each of sent) client.send(each);
    await all;
    expect(received).toEqual(sent);
  });

  it('may be fragmented, with a ping in between', async () => {
    const { client, server } = await connect({}, serverOptions, secure);
    const pinged = once(server, 'ping');
    const received = once(server, 'message');
    client.send('one ', { fin: false });
    client.send('two ', { fin: false });
    client.ping('now');
    client.send('three');
    expect(String((await pinged)[0])).toBe('now');
    const [data, isBinary] = (await received) as [Buffer, boolean];
    expect([data.toString(), isBinary]).toEqual(['one two three', false]);

    const answer = once(client, 'message');
    server.send('eins ', { fin: false });
    server.send('zwei');
    expect(String((await answer)[0])).toBe('eins zwei');
  });
});

describe('permessage-deflate', () => {
  it.each([
    [{ serverNoContextTakeover: true, clientNoContextTakeover: true }],
    [{ serverMaxWindowBits: 9, clientMaxWindowBits: 9 }],
    [{ threshold: 0, clientNoContextTakeover: true, zlibDeflateOptions: { level: 1 } }],
  ])('works with %j', async (perMessageDeflate) => {
    const { client, server } = await connect({ perMessageDeflate }, withDeflate);
    echo(server);
    for (const text of ['a'.repeat(5000), 'b'.repeat(5000)]) {
      client.send(text);
      expect(String((await once(client, 'message'))[0])).toBe(text);
    }
  });

  it('counts inflated bytes for maxPayload', async () => {
    const { client, server } = await connect({ maxPayload: 1000 }, withDeflate);
    const closed = once(server, 'close');
    const failed = new Promise<Error>((resolve) => {
      client.once('error', resolve);
    });
    server.send('a'.repeat(1001));
    expect(await failed).toMatchObject({
      message: 'Max payload size exceeded',
      code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
    });
    expect((await closed)[0]).toBe(1009);
  });
});

describe('limits and manners', () => {
  it.each<[string, ClientOptions, (server: ServerSideWebSocket) => void, number]>([
    ['maxPayload', { maxPayload: 3 }, (server) => server.send('1234'), 1009],
    [
      'maxFragments',
      { maxFragments: 1 },
      (server) => {
        server.send('1', { fin: false });
        server.send('2');
      },
      1008,
    ],
  ])('%s closes with the code of the rule', async (_name, options, send, code) => {
    const { client, server } = await connect(options);
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    const closed = once(server, 'close');
    send(server);
    expect((await closed)[0]).toBe(code);
    expect(errors).toHaveLength(1);
  });

  it('masks with generateMask', async () => {
    const generateMask = vi.fn((key: Buffer) => key.fill(0x2a));
    const { client, server } = await connect({ generateMask });
    const received = once(server, 'message');
    client.send('hello');
    expect(String((await received)[0])).toBe('hello');
    expect(generateMask).toHaveBeenCalledTimes(1);
    expect(generateMask.mock.calls[0]?.[0]).toHaveLength(4);
  });

  it('answers pings, unless told not to', async () => {
    const { server } = await connect();
    const pong = once(server, 'pong');
    server.ping('who');
    expect(String((await pong)[0])).toBe('who');

    const quiet = await connect({ autoPong: false });
    const pinged = once(quiet.client, 'ping');
    let pongs = 0;
    quiet.server.on('pong', () => (pongs += 1));
    quiet.server.ping('who');
    await pinged;
    quiet.client.close();
    await once(quiet.server, 'close');
    expect(pongs).toBe(0);
  });

  it('takes texts as they come with skipUTF8Validation', async () => {
    const { client, server } = await connect({ skipUTF8Validation: true });
    const received = once(client, 'message');
    server.send(Buffer.from([0xff]), { binary: false });
    expect((await received)[0]).toEqual(Buffer.from([0xff]));
  });

  it('gives each message a turn of its own without allowSynchronousEvents', async () => {
    const { client, server } = await connect({ allowSynchronousEvents: false });
    const order: string[] = [];
    const both = new Promise<void>((resolve) => {
      client.on('message', (data) => {
        order.push(String(data));
        queueMicrotask(() => order.push('microtask'));
        if (order.includes('2')) setImmediate(resolve);
      });
    });
    server.send('1');
    server.send('2');
    await both;
    expect(order).toEqual(['1', 'microtask', '2', 'microtask']);
  });

  it('destroys the socket after closeTimeout', async () => {
    const { client, server } = await connect({ closeTimeout: 20 });
    server.pause();
    client.close(1000);
    const [code] = (await once(client, 'close')) as [number];
    expect(code).toBe(1006);
  });
});

describe('closing', () => {
  it.each([
    [1000, 'done', 1000, 'done'],
    [1001, '', 1001, ''],
    [3000, 'ü'.repeat(61), 3000, 'ü'.repeat(61)],
    [4999, 'x'.repeat(123), 4999, 'x'.repeat(123)],
    [undefined, '', 1005, ''],
  ])('with %j and %j, both ways', async (code, reason, expected, text) => {
    const { client, server } = await connect();
    const both = Promise.all([once(client, 'close'), once(server, 'close')]);
    client.close(code, reason);
    for (const [closeCode, closeReason] of await both) {
      expect([closeCode, String(closeReason)]).toEqual([expected, text]);
    }

    const other = await connect();
    const clean = new Promise((resolve) => {
      other.client.addEventListener('close', ({ wasClean }) => resolve(wasClean));
    });
    const back = Promise.all([once(other.client, 'close'), once(other.server, 'close')]);
    other.server.close(code, reason);
    for (const [closeCode, closeReason] of await back) {
      expect([closeCode, String(closeReason)]).toEqual([expected, text]);
    }
    expect(await clean).toBe(true);
    expect(other.client.readyState).toBe(WebSocket.CLOSED);
  });

  it('by terminate() is abnormal on both sides', async () => {
    const { client, server } = await connect();
    const both = Promise.all([once(client, 'close'), once(server, 'close')]);
    client.terminate();
    expect((await both).map(([code]) => code as number)).toEqual([1006, 1006]);
  });
});

describe('wrong use', () => {
  it('is refused while connecting', async () => {
    const { client } = await connect();
    const websocket = new WebSocket(client.url as string);
    for (const method of ['send', 'ping', 'pong'] as const) {
      expect(() => websocket[method]('x')).toThrow(
        new Error('WebSocket is not open: readyState 0 (CONNECTING)'),
      );
    }
    const { closed } = record(websocket);
    websocket.terminate();
    expect((await closed).map(([name]) => name)).toEqual(['error', 'close']);
  });

  it('is refused once open', async () => {
    const { client } = await connect();
    expect(() => client.send({} as never)).toThrow(TypeError);
    expect(() => client.ping('x'.repeat(126))).toThrow(
      new RangeError('The data size must not be greater than 125 bytes'),
    );
    expect(() => client.close(999)).toThrow(
      new TypeError('First argument must be a valid error code number'),
    );
    expect(() => client.close(1000, 'x'.repeat(124))).toThrow(
      new RangeError('The message must not be greater than 123 bytes'),
    );
    expect(() => client.attach(undefined as never, Buffer.alloc(0), { role: 'client' })).toThrow(
      new Error('The WebSocket can not be attached: readyState 1 (OPEN)'),
    );
    expect(client.readyState).toBe(WebSocket.OPEN);
  });
});

it('closes a WebSocket that does not dial', async () => {
  const websocket = new WebSocket(null);
  const { closed } = record(websocket);
  websocket.close();
  expect(await closed).toEqual(
    failure('WebSocket was closed before the connection was established'),
  );
});
