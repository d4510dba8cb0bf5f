import { describe, expect, it } from 'vitest';
import { WebSocket as OurWebSocket } from '../src/index.js';
import type { ClientOptions } from '../src/index.js';
import { answeringServer, redirectTo, switching } from './support/answering-server.js';
import type { Exchange } from './support/answering-server.js';
import { clients } from './support/clients.js';
import { dial, hops, opened, secrets, told } from './support/redirecting.js';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe.each(clients)('secrets and redirects, %s', (_, WebSocket) => {
  it('stay with the same host', async () => {
    const server = await hops(['/there']);
    await dial(WebSocket, server.url, { headers: secrets });
    expect(server.exchanges.map(told)).toEqual([
      { authorization: 'a', cookie: 'c', proxy: 'p', host: 'h.example', custom: 'kept' },
      { authorization: 'a', cookie: 'c', proxy: 'p', host: 'h.example', custom: 'kept' },
    ]);
  });

  it('do not go to another port', async () => {
    const other = await hops([]);
    const server = await hops([other.url]);
    const { events } = await dial(WebSocket, server.url, { headers: secrets });
    expect(events).toEqual(opened);
    const { authorization, cookie, host, custom } = told(other.exchanges[0] as Exchange);
    expect({ authorization, cookie, host, custom }).toEqual({
      authorization: undefined,
      cookie: undefined,
      host: `127.0.0.1:${other.port}`,
      custom: 'kept',
    });
  });

  it('are sent again when a later redirect leads back', async () => {
    let home = '';
    const other = await answeringServer(() => redirectTo(`${home}/back`));
    const server = await answeringServer((exchange) =>
      exchange.index === 0 ? redirectTo(other.url) : switching(exchange),
    );
    home = server.url;
    const { events } = await dial(WebSocket, server.url, { headers: secrets });
    expect(events).toEqual(opened);
    expect(told(other.exchanges[0] as Exchange)).toMatchObject({
      authorization: undefined,
      cookie: undefined,
    });
    expect(told(server.exchanges[1] as Exchange)).toEqual({
      authorization: 'a',
      cookie: 'c',
      proxy: 'p',
      host: 'h.example',
      custom: 'kept',
    });
  });

  it('go everywhere with a listener for redirect: then the program decides', async () => {
    const other = await hops([]);
    const server = await hops([other.url]);
    await dial(WebSocket, server.url, { headers: secrets }, (websocket) => {
      websocket.on('redirect', () => {});
    });
    expect(told(other.exchanges[0] as Exchange)).toEqual({
      authorization: 'a',
      cookie: 'c',
      proxy: 'p',
      host: 'h.example',
      custom: 'kept',
    });
  });

  it.each<[string, ClientOptions, string, (string | undefined)[]]>([
    ['of the first address', {}, 'u:p@', [basic('u:p'), basic('u:p'), undefined]],
    ['of the option', { auth: 'u:p' }, '', [basic('u:p'), basic('u:p'), undefined]],
  ])('credentials %s go along to the same host alone', async (_name, options, userinfo, sent) => {
    const other = await hops([]);
    const server = await hops(['/there', other.url]);
    await dial(WebSocket, server.url.replace('//', `//${userinfo}`), options);
    const all = [...server.exchanges, ...other.exchanges];
    expect(all.map(({ headers }) => headers.authorization)).toEqual(sent);
  });

  it('the first credentials win over those of a redirect, and go on to win', async () => {
    const server = await answeringServer((exchange) => {
      if (exchange.index === 0) return redirectTo(`ws://x:y@127.0.0.1:${server.port}/there`);
      return exchange.index === 1 ? redirectTo('/further') : switching(exchange);
    });
    await dial(WebSocket, server.url.replace('//', '//u:p@'));
    expect(server.exchanges.map(({ headers }) => headers.authorization)).toEqual([
      basic('u:p'),
      basic('u:p'),
      basic('u:p'),
    ]);
  });

  it('credentials of a redirect are used and kept, where there were none', async () => {
    const server = await answeringServer(({ index, headers, ...exchange }) => {
      if (index === 0) return redirectTo(`ws://x:y@127.0.0.1:${server.port}/there`);
      if (index === 1) return redirectTo(`ws://127.0.0.1:${server.port}/further`);
      return switching({ index, headers, ...exchange });
    });
    await dial(WebSocket, server.url);
    expect(server.exchanges.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      basic('x:y'),
      basic('x:y'),
    ]);
  });

  it('credentials of a redirect to another host are not used', async () => {
    const other = await hops([]);
    const server = await hops([`ws://x:y@127.0.0.1:${other.port}/`]);
    await dial(WebSocket, server.url);
    expect(other.exchanges[0]?.headers.authorization).toBe(undefined);
  });
});

describe('redirects to another host', () => {
  it('do not carry Proxy-Authorization', async () => {
    const other = await hops([]);
    const server = await hops([other.url]);
    await dial(OurWebSocket, server.url, { headers: secrets });
    expect(told(other.exchanges[0] as Exchange).proxy).toBe(undefined);
  });
});
