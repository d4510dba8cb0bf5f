import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from '../src/index.js';
import type { ServerOptions } from '../src/index.js';
import { implementations } from './support/implementations.js';
import { accepted, answerHead, openingRequest, refused, untilClosed } from './support/requests.js';
import { connect, start } from './support/servers.js';

const oneMode = 'One and only one of the "port", "server", or "noServer" options must be specified';

describe.each(implementations)('$name', ({ Server, WebSocket }) => {
  const server = createServer();

  it.each<[string, ServerOptions | undefined]>([
    ['no options', undefined],
    ['no mode', {}],
    ['a mode that is off', { noServer: false }],
    ['port and server', { port: 0, server }],
    ['port and noServer', { port: 0, noServer: true }],
    ['server and noServer', { server, noServer: true }],
    ['all three', { port: 0, server, noServer: true }],
  ])('refuses %s', (_what, options) => {
    expect(() => new Server(options)).toThrow(new TypeError(oneMode));
  });

  it("refuses a port that is none, with Node's error", () => {
    expect(() => new Server({ port: 65536 })).toThrow(
      expect.objectContaining({ name: 'RangeError', code: 'ERR_SOCKET_BAD_PORT' }),
    );
  });

  it('shows the options with their defaults, in a new object', () => {
    const given: ServerOptions = { noServer: true, maxPayload: 5 };
    const { options } = new Server(given);
    expect(Object.entries(options)).toEqual([
      ['allowSynchronousEvents', true],
      ['autoPong', true],
      ['maxBufferedChunks', 262_144],
      ['maxFragments', 16_384],
      ['maxPayload', 5],
      ['maxPendingAutoPongs', 60],
      ['skipUTF8Validation', false],
      ['perMessageDeflate', false],
      ['handleProtocols', null],
      ['clientTracking', true],
      ['closeTimeout', 30_000],
      ['verifyClient', null],
      ['noServer', true],
      ['backlog', null],
      ['server', null],
      ['host', null],
      ['path', null],
      ['port', null],
      ['WebSocket', WebSocket],
    ]);
    expect(given).toEqual({ noServer: true, maxPayload: 5 });
    expect(new Server({ noServer: true }).options.maxPayload).toBe(104_857_600);
  });

  it('keeps what the application adds', () => {
    const { options } = new Server({ noServer: true, own: 1 } as ServerOptions);
    expect(options).toHaveProperty('own', 1);
  });

  it('makes an object of perMessageDeflate: true', () => {
    const { options } = new Server({ noServer: true, perMessageDeflate: true });
    expect(options.perMessageDeflate).toEqual({});
  });

  it('reads the options again at every upgrade', async () => {
    const { wss, port } = await start(Server);
    const answerTo = async (target: string, header = 'permessage-deflate'): Promise<string> => {
      const client = await connect(port);
      const headers = { 'Sec-WebSocket-Extensions': header, 'Sec-WebSocket-Protocol': 'a, b' };
      client.send(openingRequest({ target, headers }));
      return answerHead(client);
    };
    const protocol = 'Sec-WebSocket-Protocol: a';
    expect(await answerTo('/')).toBe(accepted(protocol));

    wss.options.path = '/chat';
    expect(await answerTo('/')).toMatch(/^HTTP\/1.1 400 Bad Request\r/);
    expect(await answerTo('/chat?a=1')).toBe(accepted(protocol));

    wss.options.perMessageDeflate = true;
    const deflate = 'Sec-WebSocket-Extensions: permessage-deflate';
    expect(await answerTo('/chat')).toBe(accepted(protocol, deflate));

    wss.options.handleProtocols = () => 'other';
    expect(await answerTo('/chat', 'x')).toBe(accepted('Sec-WebSocket-Protocol: other'));

    wss.options.verifyClient = () => false;
    expect(await answerTo('/chat')).toMatch(/^HTTP\/1.1 401 Unauthorized\r/);

    wss.options = { ...wss.options, path: '/new' };
    expect(await answerTo('/chat')).toMatch(/^HTTP\/1.1 400 Bad Request\r/);
  });

  it('reads the limit of messages again at every upgrade', async () => {
    const { wss, port } = await start(Server);
    wss.options.maxPayload = 4;
    wss.on('connection', (websocket) => websocket.on('error', () => {}));
    const client = await connect(port);
    client.send(openingRequest());
    await answerHead(client);
    client.send(Buffer.from('8185000000003132333435', 'hex'));
    expect(await client.take(4)).toEqual(new Uint8Array([0x88, 0x02, 0x03, 0xf1]));
  });

  it('compares the path with what stands before the question mark, and nothing else', async () => {
    const wss = new Server({ noServer: true, path: '/chat' });
    const handles = (url: string): boolean => wss.shouldHandle({ url } as never);
    expect(['/chat', '/chat?', '/chat?a=/b'].map(handles)).toEqual([true, true, true]);
    const others = ['/', '/chat/', '/Chat', '/%63hat', '/a/../chat', '//chat', '/chat#a', ''];
    expect(others.filter(handles)).toEqual([]);
    wss.options.path = '';
    expect(handles('/any')).toBe(true);
  });
});

describe('what is wrong', () => {
  it.each([
    ['maxPayload', -1, '-1'],
    ['maxFragments', 1.5, '1.5'],
    ['maxBufferedChunks', Infinity, 'Infinity'],
    ['maxPayload', NaN, 'NaN'],
    ['maxPayload', '5', '5'],
  ])('refuses %s: %j', (name, value, shown) => {
    const options = { noServer: true, [name]: value };
    expect(() => new WebSocketServer(options)).toThrow(
      new RangeError(
        `The "${name}" option must be 0 (no limit) or a positive integer, got ${shown}`,
      ),
    );
  });

  it('takes 0 and nothing as no limit', () => {
    const none = { maxPayload: undefined, maxFragments: 0 };
    expect(() => new WebSocketServer({ noServer: true, ...none })).not.toThrow();
  });

  it('refuses window bits that no header may carry', () => {
    const perMessageDeflate = { serverMaxWindowBits: 16 };
    expect(() => new WebSocketServer({ noServer: true, perMessageDeflate })).toThrow(
      new RangeError('The "serverMaxWindowBits" option must be an integer from 8 to 15, got 16'),
    );
  });

  it('does not listen when the options are wrong', () => {
    const httpServer = createServer();
    expect(() => new WebSocketServer({ server: httpServer, maxPayload: -1 })).toThrow(RangeError);
    expect(httpServer.eventNames()).not.toContain('upgrade');
  });

  it('answers 500 where they became wrong later', async () => {
    const { wss, port } = await start(WebSocketServer);
    wss.options.maxPayload = -1;
    const faults: Error[] = [];
    wss.on('wsClientError', (error) => faults.push(error));
    const client = await connect(port);
    client.send(openingRequest());
    expect(await untilClosed(client)).toBe(
      refused('500 Internal Server Error', 'Internal Server Error'),
    );
    expect(faults).toEqual([
      new RangeError('The "maxPayload" option must be 0 (no limit) or a positive integer, got -1'),
    ]);
  });
});

describe('subclasses', () => {
  class OwnWebSocket extends WebSocket {}

  class OwnServer extends WebSocketServer {
    protected override defaultWebSocket(): typeof OwnWebSocket {
      return OwnWebSocket;
    }

    protected override limits(): {
      maxPayload: number;
      maxFragments: number;
      maxBufferedChunks: number;
    } {
      return {
        maxPayload: Number(this.options.maxPayload) | 0,
        maxFragments: 0,
        maxBufferedChunks: 0,
      };
    }
  }

  it('may have a default class of their own', async () => {
    expect(new OwnServer({ noServer: true }).options.WebSocket).toBe(OwnWebSocket);
    const { wss, port } = await start(OwnServer as typeof WebSocketServer, {
      WebSocket: undefined,
    });
    const connection = new Promise((resolve) => wss.on('connection', resolve));
    (await connect(port)).send(openingRequest());
    expect(await connection).toBeInstanceOf(OwnWebSocket);
  });

  it('may read the limits in their own manner', async () => {
    const { port } = await start(OwnServer as typeof WebSocketServer, { maxPayload: Infinity });
    const client = await connect(port);
    client.send(openingRequest());
    expect(await answerHead(client)).toBe(accepted());
  });
});
