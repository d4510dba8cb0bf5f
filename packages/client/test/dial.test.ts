import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClientOptions, OpeningError } from '../src/index.js';
import { WebSocket as OurWebSocket } from '../src/index.js';
import { answeringServer, redirectTo, response, switching } from './support/answering-server.js';
import { clients } from './support/clients.js';
import { failure, record } from './support/record.js';

const closedEarly = 'WebSocket was closed before the connection was established';

describe.each(clients)('what Node.js reports, %s', (_, WebSocket) => {
  it('comes as it is: a refused connection', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    await once(server.close(), 'close');
    const websocket = new WebSocket(`ws://127.0.0.1:${port}`);
    const { closed } = record(websocket);
    const [error] = await once(websocket, 'error').catch((reason: Error) => [reason]);
    expect(error).toMatchObject({ code: 'ECONNREFUSED', syscall: 'connect', port });
    expect(await closed).toEqual(failure(`connect ECONNREFUSED 127.0.0.1:${port}`));
  });

  it.each<[string, string, string]>([
    [
      'HPE_INVALID_CONSTANT',
      'nonsense\r\n\r\n',
      expect.stringMatching(/^Parse Error: Expected HTTP\//),
    ],
    [
      'HPE_HEADER_OVERFLOW',
      `HTTP/1.1 101 x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
      'Parse Error: Header overflow',
    ],
    ['ECONNRESET', '', 'socket hang up'],
    ['ECONNRESET', 'HTTP/1.1 101 Switching', 'socket hang up'],
  ])('comes as it is: %s', async (code, answer, message: string) => {
    const server = await answeringServer(({ socket }) => {
      socket.end(answer, 'latin1');
    });
    const websocket = new WebSocket(server.url);
    const { closed } = record(websocket);
    const [error] = (await new Promise((resolve) => {
      websocket.on('error', (...args) => resolve(args));
    })) as [Error];
    expect(error).toMatchObject({ code });
    expect(await closed).toEqual(failure(message));
    await server.idle();
  });

  it('comes once, however often the request fails', async () => {
    const socket = new Duplex({ read() {}, write() {} });
    let seen: NodeJS.EventEmitter | undefined;
    const websocket = new WebSocket('ws://host', {
      createConnection: () => socket,
      finishRequest: (request) => (seen = request),
    });
    const { closed } = record(websocket);
    seen?.emit('error', new Error('first'));
    seen?.emit('error', new Error('second'));
    expect(await closed).toEqual(failure('first'));
    socket.destroy();
  });

  it('comes with close in the same turn', async () => {
    const websocket = new WebSocket('ws+unix:/nowhere/a.sock');
    const order: string[] = [];
    await new Promise((resolve) => {
      websocket.on('error', () => {
        order.push('error');
        process.nextTick(() => order.push('next tick'));
      });
      websocket.on('close', () => {
        order.push('close');
        setImmediate(resolve);
      });
    });
    expect(order).toEqual(['error', 'close', 'next tick']);
  });

  it('is thrown where nobody listens for it, and there is no close then', async () => {
    const server = await answeringServer(() => {});
    let request: NodeJS.EventEmitter | undefined;
    const websocket = new WebSocket(server.url, {
      finishRequest: (each) => {
        request = each;
        each.end();
      },
    });
    let closes = 0;
    websocket.on('close', () => (closes += 1));
    await server.request();
    const error = new Error('unheard');
    expect(() => request?.emit('error', error)).toThrow(error);
    expect(websocket.readyState).toBe(2);
    websocket.close();
    websocket.terminate();
    expect(websocket.readyState).toBe(2);
    expect(closes).toBe(0);
  });
});

describe.each(clients)('answers other than 101, %s', (_, WebSocket) => {
  it.each([200, 204, 301, 302, 401, 404, 426, 500])('%i fails', async (status) => {
    const server = await answeringServer(() =>
      response(`${status} x`, { Location: '/elsewhere' }, 'a body that is not read'),
    );
    const { closed } = record(new WebSocket(server.url));
    expect(await closed).toEqual(failure(`Unexpected server response: ${status}`));
    expect(server.exchanges).toHaveLength(1);
    await server.idle();
  });

  it('are left to a listener for unexpected-response', async () => {
    const server = await answeringServer(() =>
      response('401 Unauthorized', { 'Content-Length': '4' }, 'body'),
    );
    const websocket = new WebSocket(server.url);
    const { events, closed } = record(websocket);
    const body = await new Promise((resolve) => {
      websocket.on('unexpected-response', (request, answer) => {
        expect(request.path).toBe('/');
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
      });
    });
    expect(body).toBe('401 body');
    expect(events).toEqual([]);
    expect(websocket.readyState).toBe(0);
    websocket.close();
    expect(await closed).toEqual(failure(closedEarly));
    await server.idle();
  });
});

describe('listeners that throw', () => {
  /** Catches what is thrown in a turn of its own. */
  function nextUncaught(): Promise<unknown> {
    const former = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    onTestFinished(() => {
      process.removeAllListeners('uncaughtException');
      for (const listener of former) process.on('uncaughtException', listener);
    });
    return new Promise((resolve) => {
      process.once('uncaughtException', resolve);
    });
  }

  it('for upgrade do not keep the connection from opening', async () => {
    const uncaught = nextUncaught();
    const server = await answeringServer((exchange) => switching(exchange));
    const websocket = new OurWebSocket(server.url);
    const { closed } = record(websocket);
    websocket.on('upgrade', () => {
      throw new Error('mine');
    });
    websocket.on('open', () => websocket.terminate());
    expect(await uncaught).toEqual(new Error('mine'));
    expect(await closed).toEqual([
      ['upgrade', 0],
      ['open', 1],
      ['close', 3, 1006, ''],
    ]);
  });

  it('for redirect do not keep the redirect from being followed', async () => {
    const uncaught = nextUncaught();
    const server = await answeringServer((exchange) =>
      exchange.index === 0 ? redirectTo('/there') : switching(exchange),
    );
    const websocket = new OurWebSocket(server.url, { followRedirects: true });
    const { closed } = record(websocket);
    websocket.on('redirect', () => {
      throw new Error('mine');
    });
    websocket.on('open', () => websocket.terminate());
    expect(await uncaught).toEqual(new Error('mine'));
    expect((await closed).map(([name]) => name)).toEqual(['upgrade', 'open', 'close']);
  });
});

it('keeps nothing of the request once the connection is open', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const server = await answeringServer((exchange) => switching(exchange));
  let request: WeakRef<object> | undefined;
  const websocket = new OurWebSocket(server.url, {
    finishRequest: (each) => {
      request = new WeakRef(each);
      each.end();
    },
  });
  await once(websocket, 'open');
  for (let turn = 0; turn < 20 && request?.deref() !== undefined; turn++) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  expect(request?.deref()).toBe(undefined);
  expect(websocket.readyState).toBe(1);
  const { closed } = record(websocket);
  websocket.terminate();
  await closed;
});

describe('errors have codes', () => {
  async function codeOf(answer: () => string | void, options?: ClientOptions): Promise<unknown> {
    const server = await answeringServer(answer);
    const websocket = new OurWebSocket(server.url, options);
    const error = await new Promise<Error>((resolve) => {
      websocket.once('error', resolve);
    });
    return (error as OpeningError).code;
  }

  it.each<[string, () => string | void, ClientOptions]>([
    ['WS_ERR_HANDSHAKE_STATUS', () => response('404 x'), {}],
    ['WS_ERR_HANDSHAKE_TIMEOUT', () => {}, { handshakeTimeout: 20 }],
    [
      'WS_ERR_TOO_MANY_REDIRECTS',
      () => redirectTo('/'),
      { followRedirects: true, maxRedirects: 0 },
    ],
    ['WS_ERR_INVALID_REDIRECT', () => redirectTo('file:/x'), { followRedirects: true }],
    ['WS_ERR_UNSAFE_REDIRECT', () => redirectTo('ws+unix:/x'), { followRedirects: true }],
    ['WS_ERR_HANDSHAKE_ABANDONED', () => {}, { finishRequest: (_request, each) => each.close() }],
  ])('%s', async (code, answer, options) => {
    expect(await codeOf(answer, options)).toBe(code);
  });
});
