import { Agent } from 'node:http';
import type { ClientRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { WebSocket as OurWebSocket } from '../src/index.js';
import { answeringServer, redirectTo, response, switching } from './support/answering-server.js';
import type { Exchange } from './support/answering-server.js';
import { clients } from './support/clients.js';
import type { Client } from './support/clients.js';
import { failure, record } from './support/record.js';
import { dial, follow, hops, opened } from './support/redirecting.js';

describe.each(clients)('redirects, %s', (_, WebSocket) => {
  it.each([300, 301, 302, 303, 304, 305, 307, 308, 399])('%i is one', async (status) => {
    const server = await answeringServer((exchange) =>
      exchange.index === 0 ? redirectTo('/there?a', `${status} x`) : switching(exchange),
    );
    const { events, url } = await dial(WebSocket, `${server.url}/here`);
    expect(events).toEqual(opened);
    expect(url).toBe(`${server.url}/there?a`);
    expect(server.exchanges.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /here',
      'GET /there?a',
    ]);
    await server.idle();
  });

  it.each([
    ['200, though it has a Location', '200 x', '/'],
    ['302 without a Location', '302 x', ''],
  ])('%s is none', async (_name, status, location) => {
    const server = await answeringServer(() => response(status, { Location: location }));
    const { events } = await dial(WebSocket, server.url);
    expect(events).toEqual(failure(`Unexpected server response: ${status.slice(0, 3)}`));
  });

  it.each([
    ['/b?c', '/b?c'],
    ['b', '/a/b'],
    ['?d', '/a/here?d'],
    ['../e', '/e'],
  ])('to %j count from the address before', async (location, target) => {
    const server = await hops([location]);
    await dial(WebSocket, `${server.url}/a/here`);
    expect(server.exchanges[1]?.target).toBe(target);
  });

  it('may name http: for ws:', async () => {
    const server = await answeringServer((exchange) =>
      exchange.index === 0
        ? redirectTo(`http://127.0.0.1:${server.port}/there`)
        : switching(exchange),
    );
    const { events, url } = await dial(WebSocket, server.url);
    expect(events).toEqual(opened);
    expect(url).toBe(`${server.url}/there`);
  });

  it('have a new key and the same wishes', async () => {
    const server = await hops(['/there']);
    const options = { headers: { Custom: 'kept' }, origin: 'http://o.example' };
    const websocket = new WebSocket(server.url, ['x'], { ...follow, ...options });
    await record(websocket).closed;
    const [first, second] = server.exchanges as [Exchange, Exchange];
    expect(first.headers['sec-websocket-key']).not.toBe(second.headers['sec-websocket-key']);
    for (const { headers } of [first, second]) {
      expect(headers).toMatchObject({
        custom: 'kept',
        origin: 'http://o.example',
        'sec-websocket-protocol': 'x',
        'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
      });
    }
  });

  it('are finished by finishRequest too', async () => {
    const server = await hops(['/there']);
    const paths: string[] = [];
    const finishRequest = (request: ClientRequest): void => {
      paths.push(request.path);
      request.end();
    };
    await dial(WebSocket, server.url, { finishRequest });
    expect(paths).toEqual(['/', '/there']);
  });

  it.each([
    [undefined, 11],
    [3, 4],
    [0, 1],
  ])('come to an end: with maxRedirects %j after %i requests', async (maxRedirects, requests) => {
    const server = await answeringServer(() => redirectTo('/loop'));
    const options = maxRedirects === undefined ? {} : { maxRedirects };
    const { events } = await dial(WebSocket, server.url, options);
    expect(events).toEqual(failure('Maximum redirects exceeded'));
    expect(server.exchanges).toHaveLength(requests);
    await server.idle();
  });

  it.each([
    ['ws://', 'Invalid URL: ws://', ''],
    [
      'file:///etc/passwd',
      'The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"',
      'file:///etc/passwd',
    ],
    [
      'javascript:alert(1)',
      'The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"',
      'javascript:alert(1)',
    ],
    ['/there#part', 'The URL contains a fragment identifier', '/there#part'],
    ['ws+unix:', "The URL's pathname is empty", 'ws+unix:'],
  ])('to %j fail', async (location, message, url) => {
    const server = await hops([location]);
    const { events, url: last } = await dial(WebSocket, server.url);
    expect(events).toEqual(failure(message));
    expect(last).toBe(url === '' || url.startsWith('/') ? `${server.url}${url || '/'}` : url);
    expect(server.exchanges).toHaveLength(1);
    await server.idle();
  });

  it('fail with a SyntaxError, together with close', async () => {
    const server = await hops(['ws://']);
    const websocket = new WebSocket(server.url, follow);
    const order: unknown[] = [];
    websocket.on('error', (error) => {
      order.push(error instanceof SyntaxError);
      process.nextTick(() => order.push('next tick'));
    });
    websocket.on('close', () => order.push('close'));
    await record(websocket).closed;
    expect(order).toEqual([true, 'close', 'next tick']);
  });

  describe('with a listener', () => {
    it('are told before they are sent, so that they can be changed', async () => {
      const server = await hops(['/there']);
      const seen: unknown[][] = [];
      await dial(WebSocket, server.url, {}, (websocket) => {
        websocket.on('redirect', (url, request) => {
          seen.push([url, websocket.url, websocket.readyState, request.path]);
          request.setHeader('X-Late', 'yes');
        });
      });
      expect(seen).toEqual([[`${server.url}/there`, `${server.url}/there`, 0, '/there']]);
      expect(server.exchanges[1]?.headers['x-late']).toBe('yes');
    });

    it('can be ended by destroying the request', async () => {
      const server = await hops(['/there']);
      const { events } = await dial(WebSocket, server.url, {}, (websocket) => {
        websocket.on('redirect', (_url, request) => request.destroy(new Error('mine')));
      });
      expect(events).toEqual(failure('mine'));
      await server.idle();
    });

    it('can be ended by destroying the request and closing', async () => {
      const server = await hops(['/there']);
      const { events } = await dial(WebSocket, server.url, {}, (websocket) => {
        websocket.on('redirect', (_url, request) => {
          request.destroy(new Error('mine'));
          websocket.close();
        });
      });
      expect(events).toEqual(failure('WebSocket was closed before the connection was established'));
    });
  });
});

describe('redirects that can not be requested', () => {
  it('fail with an error event: an agent for another scheme', async () => {
    const server = await hops(['wss://127.0.0.1:1/']);
    const { events } = await dial(OurWebSocket, server.url, { agent: new Agent() });
    expect(events).toEqual(failure('Protocol "https:" not supported. Expected "http:"'));
    await server.idle();
  });

  it('end when their connection is made and the WebSocket is closed from there', async () => {
    const server = await hops(['/there']);
    let calls = 0;
    const websocket: InstanceType<Client> = new OurWebSocket(server.url, {
      ...follow,
      agent: new (class extends Agent {
        addRequest(...args: never[]): void {
          calls += 1;
          if (calls === 2) websocket.close();
          const base = Agent.prototype as unknown as { addRequest(...args: never[]): void };
          base.addRequest.apply(this, args);
        }
      })(),
    });
    expect(await record(websocket).closed).toEqual(
      failure('WebSocket was closed before the connection was established'),
    );
    await server.idle();
    expect(server.exchanges).toHaveLength(1);
  });
});
