/** Hostile answers to the opening handshake, by the names of the list of attacks. */
import { getEventListeners, once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { selfSignedCertificate } from '@hybi/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { WebSocket as OurWebSocket } from '../src/index.js';
import type { ClientOptions } from '../src/index.js';
import { subStates } from './support/abandoning.js';
import { answeringServer, redirectTo, response, switching } from './support/answering-server.js';
import type { Exchange } from './support/answering-server.js';
import { clients } from './support/clients.js';
import { expiredCertificate } from './support/expired-certificate.js';
import { failure, record, refusal } from './support/record.js';
import { dial, follow, hops, secrets, told } from './support/redirecting.js';
import { rememberResources } from './support/resources.js';

/** Dials a server that gives this answer and ends; tells what happened. */
async function answeredBy(
  answer: (exchange: Exchange) => string,
  WebSocket = OurWebSocket,
  options: ClientOptions = {},
): Promise<unknown[][]> {
  const server = await answeringServer((exchange) => {
    exchange.socket.end(answer(exchange), 'latin1');
  });
  const events = await record(new WebSocket(server.url, options)).closed;
  await server.idle();
  return events;
}

describe.each(clients)('C1: an answer that is none, %s', (_, WebSocket) => {
  const accept = 'Invalid Sec-WebSocket-Accept header';

  it.each([
    ['no Sec-WebSocket-Accept', { 'Sec-WebSocket-Accept': null }, refusal(accept)],
    ['a wrong Sec-WebSocket-Accept', { 'Sec-WebSocket-Accept': 'eA==' }, refusal(accept)],
    ['a wrong Upgrade', { Upgrade: 'h2c' }, refusal('Invalid Upgrade header')],
    // To Node.js these are answers like any other.
    ['no Upgrade', { Upgrade: null }, failure('Unexpected server response: 101')],
    ['no Connection', { Connection: null }, failure('Unexpected server response: 101')],
    ['a wrong Connection', { Connection: 'close' }, failure('Unexpected server response: 101')],
  ])('%s', async (_name, headers, events) => {
    expect(await answeredBy((exchange) => switching(exchange, headers), WebSocket)).toEqual(events);
  });

  it('200 with a body', async () => {
    const answer = response('200 OK', { 'Content-Length': '5' }, 'hello');
    expect(await answeredBy(() => answer, WebSocket)).toEqual(
      failure('Unexpected server response: 200'),
    );
  });

  it('101 without headers', async () => {
    expect(await answeredBy(() => 'HTTP/1.1 101 x\r\n\r\n', WebSocket)).toEqual(
      failure('Unexpected server response: 101'),
    );
  });
});

describe.each(clients)('C2: a subprotocol that is not the one, %s', (_, WebSocket) => {
  it.each([
    ['not asked for', [], 'chat', 'Server sent a subprotocol but none was requested'],
    ['two', ['chat', 'talk'], 'chat, talk', 'Server sent an invalid subprotocol'],
    ['a wrong case', ['chat'], 'CHAT', 'Server sent an invalid subprotocol'],
  ])('%s', async (_name, protocols, value, message) => {
    const answer = (exchange: Exchange): string =>
      switching(exchange, { 'Sec-WebSocket-Protocol': value });
    expect(await answeredBy(answer, WebSocket, { protocols })).toEqual(refusal(message));
  });

  it('two headers', async () => {
    const answer = (exchange: Exchange): string =>
      switching(exchange, { 'Sec-WebSocket-Protocol': 'chat', 'sec-websocket-protocol': 'talk' });
    expect(await answeredBy(answer, WebSocket, { protocols: ['chat', 'talk'] })).toEqual(
      refusal('Server sent an invalid subprotocol'),
    );
  });
});

describe.each(clients)('C3: an extension that is not the one, %s', (_, WebSocket) => {
  const invalid = 'Invalid Sec-WebSocket-Extensions header';

  it.each([
    ['x-unknown', 'Server indicated an extension that was not requested'],
    ['__proto__', 'Server indicated an extension that was not requested'],
    ['permessage-deflate, x-unknown', 'Server indicated an extension that was not requested'],
    ['permessage-deflate; server_max_window_bits=7', invalid],
    ['permessage-deflate; server_max_window_bits=16', invalid],
    ['permessage-deflate; server_max_window_bits=1000', invalid],
    ['permessage-deflate; server_max_window_bits', invalid],
    ['permessage-deflate; client_max_window_bits', invalid],
    ['permessage-deflate; __proto__=1', invalid],
  ])('%s', async (value, message) => {
    const answer = (exchange: Exchange): string =>
      switching(exchange, { 'Sec-WebSocket-Extensions': value });
    expect(await answeredBy(answer, WebSocket)).toEqual(refusal(message));
  });

  it('client_max_window_bits though it was not offered', async () => {
    const answer = (exchange: Exchange): string =>
      switching(exchange, {
        'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits=9',
      });
    const options = { perMessageDeflate: { clientMaxWindowBits: false } } as ClientOptions;
    expect(await answeredBy(answer, WebSocket, options)).toEqual(refusal(invalid));
  });

  it('permessage-deflate twice: the first is used, as with ws', async () => {
    const answer = (exchange: Exchange): string =>
      switching(exchange, { 'Sec-WebSocket-Extensions': 'permessage-deflate, permessage-deflate' });
    const [, second] = await answeredBy(answer, WebSocket);
    expect(second).toEqual(['open', 1]);
  });
});

describe('C4: a server that does not answer', () => {
  const timedOut = failure('Opening handshake has timed out');

  it('never', async () => {
    const server = await answeringServer(() => {});
    const websocket = new OurWebSocket(server.url, { handshakeTimeout: 30 });
    expect(await record(websocket).closed).toEqual(timedOut);
    await server.idle();
  });

  it('never, after a redirect', async () => {
    const server = await answeringServer(({ index }) =>
      index === 0 ? redirectTo('/') : undefined,
    );
    const options = { handshakeTimeout: 30, ...follow };
    expect(await record(new OurWebSocket(server.url, options)).closed).toEqual(timedOut);
    await server.idle();
  });

  it('byte by byte, and redirect by redirect: the deadline holds', async () => {
    const server = await answeringServer(({ socket, index }) => {
      const bytes = index < 2 ? redirectTo('/') : `HTTP/1.1 101 ${'x'.repeat(10_000)}`;
      let at = 0;
      const trickle = setInterval(() => socket.write(bytes[at++] ?? ''), 1);
      socket.on('close', () => clearInterval(trickle));
    });
    const options = { handshakeDeadline: 250, ...follow };
    expect(await record(new OurWebSocket(server.url, options)).closed).toEqual(timedOut);
    expect(server.exchanges.length).toBeGreaterThan(1);
    await server.idle();
  });
});

describe.each(clients)('C5: an answer that is too much, %s', (_, WebSocket) => {
  it('100 kB of headers', async () => {
    const headers = Object.fromEntries(
      Array.from({ length: 100 }, (_value, at) => [`X-${at}`, 'x'.repeat(1000)]),
    );
    const events = await answeredBy((exchange) => switching(exchange, headers), WebSocket);
    expect(events).toEqual(failure('Parse Error: Header overflow'));
  });

  it('a 4xx with an endless body', async () => {
    const server = await answeringServer(({ socket }) => {
      const more = (): void => {
        while (!socket.destroyed && socket.write('x'.repeat(65_536)));
      };
      socket.on('drain', more).write(response('404 Not Found'));
      more();
    });
    expect(await record(new WebSocket(server.url)).closed).toEqual(
      failure('Unexpected server response: 404'),
    );
    await server.idle();
  });
});

describe('C6: redirects', () => {
  it('in a loop', async () => {
    const server = await answeringServer(() => redirectTo('/'));
    const { events } = await dial(OurWebSocket, server.url);
    expect(events).toEqual(failure('Maximum redirects exceeded'));
  });

  const schemes =
    'The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"';

  it.each([
    ['file:///etc/passwd', schemes],
    ['javascript:alert(1)', schemes],
    ['data:text/plain,x', schemes],
    ['ws://[', 'Invalid URL: ws://['],
    ['//:0', 'Invalid URL: //:0'],
    ['/#x', 'The URL contains a fragment identifier'],
    [
      'ws+unix:/var/run/docker.sock:/',
      'Unsafe redirect: from "ws:" to "ws+unix:" (the option "allowUnsafeRedirects" allows it)',
    ],
  ])('to %s', async (location, message) => {
    const server = await hops([location]);
    const { events } = await dial(OurWebSocket, server.url);
    expect(events).toEqual(failure(message));
    expect(server.exchanges).toHaveLength(1);
  });

  it.each(['127.0.0.1', 'localhost'])('to another port of %s carry no secret', async (host) => {
    const other = await hops([]);
    const server = await hops([`ws://${host}:${other.port}/`]);
    await dial(OurWebSocket, server.url.replace('//', '//u:p@'), { headers: secrets });
    expect(told(other.exchanges[0] as Exchange)).toEqual({
      authorization: undefined,
      cookie: undefined,
      proxy: undefined,
      host: `${host}:${other.port}`,
      custom: 'kept',
    });
  });
});

describe('C7: the end in the midst of connecting leaves nothing behind', () => {
  const acts: [string, (websocket: OurWebSocket, controller: AbortController) => void][] = [
    ['close()', (websocket) => websocket.close()],
    ['terminate()', (websocket) => websocket.terminate()],
    [
      'abort',
      (websocket, controller) => {
        controller.abort();
        // A request that has its answer is over for a signal.
        if (websocket.readyState === 0) setImmediate(() => websocket.close());
      },
    ],
  ];

  it.each(
    subStates.flatMap(([state, reach]) =>
      acts.map(([name, act]) => [state, name, reach, act] as const),
    ),
  )('%s: %s', async (_state, _name, reach, act) => {
    const controller = new AbortController();
    const processListeners = process.eventNames().map((name) => process.listenerCount(name));
    let request!: ClientRequest;
    const options: ClientOptions = {
      signal: controller.signal,
      finishRequest: (each) => {
        request = each;
        each.end();
      },
    };
    const { websocket, server } = await reach(
      OurWebSocket,
      (each) => act(each as OurWebSocket, controller),
      options,
    );
    await record(websocket).closed;
    await server.idle();
    expect(request.destroyed).toBe(true);
    expect(request.socket?.destroyed ?? true).toBe(true);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(
      processListeners,
    );
  });

  it('no handle stays, whatever the state', async () => {
    for (const [, reach] of subStates) {
      for (const method of ['close', 'terminate'] as const) {
        const warm = await answeringServer(() => {});
        const nothingLeft = rememberResources();
        const { websocket, server } = await reach(OurWebSocket, (each) => each[method]());
        await record(websocket).closed;
        await server.idle();
        await server.stop();
        await nothingLeft();
        await warm.stop();
      }
    }
  });
});

describe.each(clients)('C8: TLS fails by default, %s', (_, WebSocket) => {
  let certificate: { key: string; cert: string };
  beforeAll(async () => {
    certificate = await selfSignedCertificate();
  });

  it.each<[string, () => typeof certificate, () => ClientOptions, string]>([
    ['self-signed', () => certificate, () => ({}), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'expired',
      () => expiredCertificate,
      () => ({ ca: expiredCertificate.cert }),
      'CERT_HAS_EXPIRED',
    ],
    [
      'a wrong host name',
      () => certificate,
      () => ({ ca: certificate.cert, servername: 'other.example' }),
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
  ])('%s', async (_name, served, options, code) => {
    const server = await answeringServer((exchange) => switching(exchange), { tls: served() });
    const websocket = new WebSocket(server.url, options());
    const { closed } = record(websocket);
    const error = await new Promise<Error>((resolve) => {
      websocket.once('error', resolve);
    });
    expect(error).toMatchObject({ code });
    expect(await closed).toEqual(failure(error.message));
    expect(server.exchanges).toEqual([]);
    await server.idle();
  });

  it('not with a certificate that is trusted', async () => {
    const server = await answeringServer((exchange) => switching(exchange), { tls: certificate });
    const websocket = new WebSocket(server.url, { ca: certificate.cert });
    await once(websocket, 'open');
    websocket.terminate();
    await record(websocket).closed;
  });
});
