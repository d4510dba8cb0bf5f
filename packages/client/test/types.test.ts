/** What the compiler must take and must refuse; `npm run typecheck` reads this file. */
import { connect } from 'node:net';
import { Agent } from 'node:https';
import { expect, expectTypeOf, it } from 'vitest';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { MessageTransform } from '@hybi/connection';
import { DeflateCodec } from '@hybi/permessage-deflate/node';
import { WebSocket } from '../src/index.js';
import type { ClientOptions } from '../src/index.js';

it('takes the codec of permessage-deflate for a message transform', () => {
  const transform: MessageTransform = new DeflateCodec({ role: 'client', parameters: {} });
  transform.close();
});

it('knows the events', () => {
  const websocket = new WebSocket(null);
  websocket.on('upgrade', (response) => expectTypeOf(response).toEqualTypeOf<IncomingMessage>());
  websocket.on('unexpected-response', (request, response) => {
    expectTypeOf(request).toEqualTypeOf<ClientRequest>();
    expectTypeOf(response).toEqualTypeOf<IncomingMessage>();
  });
  websocket.on('redirect', (url, request) => {
    expectTypeOf(url).toBeString();
    expectTypeOf(request).toEqualTypeOf<ClientRequest>();
  });
  websocket.on('close', (code, reason) => {
    expectTypeOf(code).toBeNumber();
    expectTypeOf(reason).toEqualTypeOf<Buffer>();
  });
  expect(websocket.eventNames()).toEqual(['upgrade', 'unexpected-response', 'redirect', 'close']);
});

it('knows the arguments', () => {
  type Arguments =
    | [string | URL]
    | [string | URL, ClientOptions]
    | [string | URL, string | readonly string[]]
    | [string | URL, undefined, ClientOptions];
  const dial = (...args: Arguments): WebSocket => new WebSocket(...(args as [string]));
  expectTypeOf(dial).returns.toEqualTypeOf<WebSocket>();
  const wrong = (): void => {
    // @ts-expect-error -- an address is a string or a URL
    new WebSocket(5);
    // @ts-expect-error -- a subprotocol is a string
    new WebSocket('ws://a', [5]);
    // @ts-expect-error -- there is no such option
    new WebSocket('ws://a', { maxPayLoad: 5 });
    // @ts-expect-error -- headers are looked up by name
    new WebSocket('ws://a', { headers: ['A', 'b'] });
  };
  expectTypeOf(wrong).returns.toBeVoid();
});

it('knows the options of requests', () => {
  const options: ClientOptions = {
    agent: new Agent(),
    auth: 'u:p',
    ca: 'pem',
    createConnection: ({ host, port }) => connect(Number(port), host ?? ''),
    family: 4,
    finishRequest: (request, websocket) => {
      expectTypeOf(request).toEqualTypeOf<ClientRequest>();
      expectTypeOf(websocket).toEqualTypeOf<WebSocket>();
    },
    generateMask: (key) => void key.fill(1),
    headers: { A: 'b', C: ['d', 'e'], F: 1 },
    rejectUnauthorized: false,
    servername: '',
    signal: new AbortController().signal,
  };
  expect(Object.keys(options)).toHaveLength(11);
});
