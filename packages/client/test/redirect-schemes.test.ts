import type { ClientRequest } from 'node:http';
import { selfSignedCertificate } from '@hybi/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { WebSocket as OurWebSocket } from '../src/index.js';
import type { OpeningError } from '../src/index.js';
import { checkRedirect } from '../src/redirects.js';
import { answeringServer, redirectTo } from './support/answering-server.js';
import type { Exchange } from './support/answering-server.js';
import { clients } from './support/clients.js';
import { failure } from './support/record.js';
import { dial, hops, opened, secrets, told, unixSocket } from './support/redirecting.js';

let certificate: { key: string; cert: string };
beforeAll(async () => {
  certificate = await selfSignedCertificate();
});

describe.each(clients)('redirects between schemes, %s', (_, WebSocket) => {
  it('lead from ws: to wss: on another port, without secrets', async () => {
    const secure = await hops([], { tls: certificate });
    const server = await hops([secure.url]);
    const { events, url } = await dial(WebSocket, server.url, {
      headers: secrets,
      ca: certificate.cert,
    });
    expect(events).toEqual(opened);
    expect(url).toBe(`${secure.url}/`);
    expect(told(secure.exchanges[0] as Exchange)).toMatchObject({
      authorization: undefined,
      cookie: undefined,
      custom: 'kept',
    });
  });

  it('lead from a Unix socket to the network, without secrets', async () => {
    const server = await hops([]);
    const socket = await unixSocket([server.url]);
    const { events } = await dial(WebSocket, `ws+unix:${socket.path}:/`, { headers: secrets });
    expect(events).toEqual(opened);
    expect(told(server.exchanges[0] as Exchange)).toMatchObject({
      authorization: undefined,
      cookie: undefined,
    });
  });

  it('lead from a Unix socket to itself with secrets, and to another one without', async () => {
    const other = await unixSocket([]);
    const socket = await unixSocket([]);
    const locations = [`ws+unix:${socket.path}:/there`, `ws+unix:${other.path}:/other`];
    socket.locations.push(...locations);
    const { events, url } = await dial(WebSocket, `ws+unix:${socket.path}:/`, { headers: secrets });
    expect(events).toEqual(opened);
    expect(url).toBe(locations[1]);
    const all = [...socket.server.exchanges, ...other.server.exchanges];
    expect(all.map(({ target, headers }) => [target, headers.authorization])).toEqual([
      ['/', 'a'],
      ['/there', 'a'],
      ['/other', undefined],
    ]);
  });
});

describe('redirects that are not safe', () => {
  const refused = (from: string, to: string): unknown[][] =>
    failure(
      `Unsafe redirect: from "${from}" to "${to}" (the option "allowUnsafeRedirects" allows it)`,
    );

  it('from the network to a Unix socket are refused', async () => {
    const socket = await unixSocket([]);
    const server = await hops([`ws+unix:${socket.path}:/`]);
    const { events } = await dial(OurWebSocket, server.url);
    expect(events).toEqual(refused('ws:', 'ws+unix:'));
    expect(socket.server.exchanges).toEqual([]);
    await server.idle();
  });

  it('from wss: to ws: are refused, also by the name of http:', async () => {
    const plain = await hops([]);
    for (const url of [plain.url, plain.url.replace('ws:', 'http:')]) {
      const server = await hops([url], { tls: certificate });
      const { events } = await dial(OurWebSocket, server.url, { ca: certificate.cert });
      expect(events).toEqual(refused('wss:', 'ws:'));
    }
    expect(plain.exchanges).toEqual([]);
  });

  it('are refused on a detour as well', async () => {
    const plain = await hops([]);
    const secure = await hops([plain.url], { tls: certificate });
    const server = await hops([secure.url]);
    const { events } = await dial(OurWebSocket, server.url, { ca: certificate.cert });
    expect(events).toEqual(refused('wss:', 'ws:'));
  });

  it('are refused whether or not there is a listener for redirect, which is not called', async () => {
    const server = await hops(['ws+unix:/a.sock']);
    let redirects = 0;
    const { events } = await dial(OurWebSocket, server.url, {}, (websocket) => {
      websocket.on('redirect', () => (redirects += 1));
    });
    expect(events).toEqual(refused('ws:', 'ws+unix:'));
    expect(redirects).toBe(0);
  });

  it('have a code', () => {
    expect.assertions(1);
    try {
      checkRedirect(new URL('wss://a'), new URL('ws://a'));
    } catch (error) {
      expect((error as OpeningError).code).toBe('WS_ERR_UNSAFE_REDIRECT');
    }
  });

  const allowUnsafeRedirects = true;

  it('are followed where the caller allows it: to a Unix socket', async () => {
    const socket = await unixSocket([]);
    const server = await hops([`ws+unix:${socket.path}:/`]);
    const options = { headers: secrets, allowUnsafeRedirects };
    const { events } = await dial(OurWebSocket, server.url, options);
    expect(events).toEqual(opened);
    expect(told(socket.server.exchanges[0] as Exchange)).toMatchObject({
      authorization: undefined,
      cookie: undefined,
      proxy: undefined,
    });
  });

  it('are followed where the caller allows it: to ws: of the same host, without secrets', async () => {
    let port = 0;
    const server = await answeringServer(() => redirectTo(`ws://localhost:${port}/there`), {
      tls: certificate,
    });
    port = server.port;
    const sent: Record<string, unknown>[] = [];
    const finishRequest = (request: ClientRequest): void => {
      sent.push({ ...request.getHeaders() });
      if (sent.length === 2) request.destroy(new Error('seen'));
      request.end();
    };
    const options = {
      headers: secrets,
      auth: 'u:p',
      ca: certificate.cert,
      allowUnsafeRedirects,
      finishRequest,
    };
    const { events } = await dial(OurWebSocket, server.url, options);
    expect(events).toEqual(failure('seen'));
    expect(sent[1]).toMatchObject({
      host: 'h.example',
      custom: 'kept',
      'proxy-authorization': 'p',
    });
    expect(sent[1]).not.toHaveProperty('authorization');
    expect(sent[1]).not.toHaveProperty('cookie');
  });
});
