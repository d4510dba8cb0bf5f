import { once } from 'node:events';
import http, { Agent } from 'node:http';
import type { ClientRequest, RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { ClientOptions, WebSocket as WebSocketType } from '../src/index.js';
import { answeringServer, response, switching } from './support/answering-server.js';
import type { AnsweringServer, Exchange } from './support/answering-server.js';
import { clients } from './support/clients.js';
import type { Client } from './support/clients.js';
import { record } from './support/record.js';

/** Dials once, to a server that agrees, and returns the request. */
async function request(
  WebSocket: Client,
  options: ClientOptions = {},
  change: (url: string) => string = (url) => url,
  protocols: string[] = [],
): Promise<Exchange> {
  const server: AnsweringServer = await answeringServer((exchange) =>
    switching(exchange, protocols[0] ? { 'Sec-WebSocket-Protocol': protocols[0] } : {}),
  );
  const websocket = new WebSocket(change(server.url), protocols, options);
  websocket.on('open', () => websocket.terminate());
  await record(websocket).closed;
  await server.idle();
  return server.exchanges[0] as Exchange;
}

describe.each(clients)('the request, %s', (_, WebSocket) => {
  it('has the headers of an opening request, in this order', async () => {
    const options = { headers: { First: '1' }, origin: 'http://o.example' };
    const { head, socket } = await request(WebSocket, options, (url) => `${url}/a%20b?c#`, [
      'x',
      'y',
    ]);
    const key = /Sec-WebSocket-Key: ([A-Za-z0-9+/]{22}==)/.exec(head)?.[1];
    expect(head.split('\r\n')).toEqual([
      'GET /a%20b?c HTTP/1.1',
      'First: 1',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
      'Sec-WebSocket-Protocol: x,y',
      'Origin: http://o.example',
      `Host: 127.0.0.1:${/:(\d+)$/.exec(head)?.[1]}`,
    ]);
    expect(socket.destroyed).toBe(true);
  });

  it('has a new key each time', async () => {
    const [one, other] = [await request(WebSocket), await request(WebSocket)];
    expect(one.headers['sec-websocket-key']).not.toBe(other.headers['sec-websocket-key']);
  });

  it('says less where less is asked for', async () => {
    const { headers } = await request(WebSocket, { perMessageDeflate: false });
    expect(Object.keys(headers)).toEqual([
      'sec-websocket-version',
      'sec-websocket-key',
      'connection',
      'upgrade',
      'host',
    ]);
  });

  it('keeps its own headers against those of the caller, whatever their case', async () => {
    const headers = {
      'SEC-websocket-VERSION': '7',
      'sec-websocket-key': 'mine',
      connection: 'close',
      UPGRADE: 'h2c',
      'sec-websocket-extensions': 'x-other',
      'sec-websocket-protocol': 'z',
      origin: 'http://lost.example',
      host: 'kept.example',
    };
    const options = { headers, origin: 'http://won.example' };
    const exchange = await request(WebSocket, options, undefined, ['x']);
    expect(exchange.headers).toMatchObject({
      'sec-websocket-version': '13',
      'sec-websocket-key': expect.stringMatching(/==$/) as string,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
      'sec-websocket-protocol': 'x',
      origin: 'http://won.example',
      host: 'kept.example',
    });
    expect(exchange.head.split('\r\n')).toHaveLength(9);
  });

  it('speaks version 8, with the header for the origin that it has', async () => {
    const { headers } = await request(WebSocket, {
      protocolVersion: 8,
      origin: 'http://o.example',
    });
    expect(headers['sec-websocket-version']).toBe('8');
    expect(headers['sec-websocket-origin']).toBe('http://o.example');
    expect(headers.origin).toBe(undefined);
  });

  it('offers permessage-deflate as the options say', async () => {
    const { headers } = await request(WebSocket, {
      perMessageDeflate: {
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        serverMaxWindowBits: 10,
        clientMaxWindowBits: 11,
      },
    });
    expect(headers['sec-websocket-extensions']).toBe(
      'permessage-deflate; server_no_context_takeover; client_no_context_takeover; ' +
        'server_max_window_bits=10; client_max_window_bits=11',
    );
  });

  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each<[string, string, ClientOptions, string | undefined]>([
    ['nothing', '', {}, undefined],
    ['the address', 'us%3Aer:p%40ss%C3%A9@', {}, basic('us:er:p@ssé')],
    ['the address, malformed', '100%:%zz@', {}, basic('100%:%zz')],
    ['the address, a name alone', 'u@', {}, basic('u:')],
    ['the option', '', { auth: 'a:b' }, basic('a:b')],
    ['the address before the option', 'u:p@', { auth: 'a:b' }, basic('u:p')],
    ['a header before both', 'u:p@', { auth: 'a:b', headers: { authorization: 'own' } }, 'own'],
  ])('takes credentials from %s', async (_name, userinfo, options, authorization) => {
    const exchange = await request(WebSocket, options, (url) => url.replace('//', `//${userinfo}`));
    expect(exchange.headers.authorization).toBe(authorization);
  });

  it.each([
    ['method', { method: 'POST' }],
    ['path', { path: '/lost' }],
    ['host, port', { host: 'lost.invalid', hostname: 'lost.invalid', port: 1 }],
    ['protocol', { protocol: 'https:' }],
    ['socketPath', { socketPath: '/lost' }],
    ['timeout', { timeout: 1 }],
  ])('is not changed by the option %s', async (_name, options) => {
    const { head } = await request(WebSocket, options, (url) => `${url}/kept`);
    expect(head).toMatch(/^GET \/kept HTTP\/1\.1\r\n/);
  });

  it.each([
    ['a header', { headers: { A: 'b\r\nC: d' } }],
    ['the origin', { origin: 'b\r\nC: d' }],
    ['an agent for another scheme', { agent: new Agent() }],
  ])('throws a TypeError at once for %s that is not allowed', (name, options) => {
    const scheme = name === 'an agent for another scheme' ? 'wss' : 'ws';
    expect(() => new WebSocket(`${scheme}://127.0.0.1:1`, options)).toThrow(TypeError);
  });

  it('is ended by finishRequest, which gets the WebSocket', async () => {
    const finishRequest = vi.fn((message: ClientRequest, websocket: WebSocketType) => {
      expect(websocket.readyState).toBe(0);
      message.setHeader('X-Late', 'yes');
      message.end();
    });
    const { headers } = await request(WebSocket, { finishRequest });
    expect(finishRequest).toHaveBeenCalledTimes(1);
    expect(finishRequest.mock.calls[0]?.[0]).toBeInstanceOf(http.ClientRequest);
    expect(finishRequest.mock.calls[0]?.[1]).toBeInstanceOf(WebSocket);
    expect(headers['x-late']).toBe('yes');
  });

  it('goes through createConnection', async () => {
    let seen: RequestOptions = {};
    const createConnection = (options: RequestOptions) => {
      seen = options;
      return connect({ host: '127.0.0.1', port: Number(options.port) });
    };
    const { socket } = await request(WebSocket, { createConnection, handshakeTimeout: 5000 });
    expect(seen).toMatchObject({
      host: '127.0.0.1',
      port: expect.stringMatching(/^\d+$/) as string,
      method: 'GET',
      defaultPort: 80,
      timeout: 5000,
    });
    expect(seen.socketPath).toBe(undefined);
    expect(socket.destroyed).toBe(true);
  });

  it('has the default port as a number', () => {
    const seen: unknown[] = [];
    const createConnection = (options: RequestOptions) => {
      seen.push(options.port, options.host);
      throw new Error('no connection');
    };
    const errors = ['ws://localhost', 'wss://[::1]'].map((address) =>
      once(new WebSocket(address, { createConnection }), 'close').catch(
        (error: Error) => error.message,
      ),
    );
    expect(seen).toEqual([80, 'localhost', 443, '::1']);
    return expect(Promise.all(errors)).resolves.toEqual(['no connection', 'no connection']);
  });

  it('goes through the agent, which gets it before the constructor returns', async () => {
    class Spy extends Agent {
      readonly seen: [ClientRequest, RequestOptions][] = [];
      // Not in the types of Node.js, but what agents of proxies override.
      addRequest(message: ClientRequest, options: RequestOptions): void {
        this.seen.push([message, options]);
        (Agent.prototype as unknown as Spy).addRequest.call(this, message, options);
      }
    }
    const server = await answeringServer((exchange) => switching(exchange));
    const agent = new Spy();
    const websocket = new WebSocket(server.url, { agent });
    expect(agent.seen).toHaveLength(1);
    expect(agent.seen[0]?.[0]).toBeInstanceOf(http.ClientRequest);
    expect(agent.seen[0]?.[1]).toMatchObject({ host: '127.0.0.1', port: String(server.port) });
    websocket.on('open', () => websocket.terminate());
    await record(websocket).closed;
  });

  it('goes through http.request of the module, looked up when it is made', async () => {
    const spy = vi.spyOn(http, 'request');
    try {
      await request(WebSocket);
      expect(spy).toHaveBeenCalledTimes(1);
    } finally {
      spy.mockRestore();
    }
  });

  it('uses the lookup of the caller', async () => {
    const lookup = vi.fn(
      (_host: string, _options: unknown, callback: (...args: never[]) => void) => {
        (callback as (...args: unknown[]) => void)(null, [{ address: '127.0.0.1', family: 4 }]);
      },
    );
    const { headers } = await request(WebSocket, { lookup } as ClientOptions, (url) =>
      url.replace('127.0.0.1', 'name.invalid'),
    );
    expect(lookup.mock.calls[0]?.[0]).toBe('name.invalid');
    expect(headers.host).toMatch(/^name\.invalid:\d+$/);
  });

  it('leaves no listener on the WebSocket', async () => {
    const server = await answeringServer(() => response('404 Not Found'));
    const websocket = new WebSocket(server.url);
    expect(websocket.eventNames()).toEqual([]);
    const listener = (): void => {};
    websocket.on('open', listener);
    expect(websocket.listeners('open')).toEqual([listener]);
    await record(websocket).closed;
  });
});
