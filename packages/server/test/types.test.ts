/** What the compiler knows: these tests fail in the type check, not at run time. */
import { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { MessageTransform } from '@hybi/connection';
import { DeflateCodec } from '@hybi/permessage-deflate/node';
import { expect, expectTypeOf, it } from 'vitest';
import { WebSocket, WebSocketServer } from '../src/index.js';
import type {
  ServerOptions,
  VerifyClientCallbackAsync,
  VerifyClientCallbackSync,
} from '../src/index.js';

class OwnWebSocket extends WebSocket {
  user = 'nobody';
}

class OwnRequest extends IncomingMessage {
  session = 'none';
}

it('knows the arguments of the events', () => {
  const wss = new WebSocketServer({ noServer: true });
  wss.on('connection', (websocket, request) => {
    expectTypeOf(websocket).toEqualTypeOf<WebSocket>();
    expectTypeOf(request).toEqualTypeOf<IncomingMessage>();
  });
  wss.once('headers', (lines) => expectTypeOf(lines).toEqualTypeOf<string[]>());
  wss.on('wsClientError', (error, socket) => {
    expectTypeOf(error).toEqualTypeOf<Error>();
    expectTypeOf(socket).toEqualTypeOf<Duplex>();
  });
  wss.on('error', (error) => expectTypeOf(error).toEqualTypeOf<Error>());
  wss.on('own', (...args) => expectTypeOf(args).toEqualTypeOf<any[]>());
  wss.on('close', function () {
    expectTypeOf(this).toEqualTypeOf<WebSocketServer>();
  });
  expectTypeOf(wss.clients).toEqualTypeOf<Set<WebSocket>>();
  expect(wss.eventNames()).toHaveLength(6);
});

it('knows the classes that the application chose', () => {
  const options: ServerOptions<typeof OwnWebSocket, typeof OwnRequest> = {
    noServer: true,
    WebSocket: OwnWebSocket,
    verifyClient: ({ req }) => req.session === 'none',
    handleProtocols: (protocols, request) => protocols.has(request.session) && request.session,
  };
  const wss = new WebSocketServer<typeof OwnWebSocket, typeof OwnRequest>(options);
  wss.on('connection', (websocket, request) => {
    expectTypeOf(websocket.user).toEqualTypeOf<string>();
    expectTypeOf(request).toEqualTypeOf<OwnRequest>();
  });
  expectTypeOf(wss.clients).toEqualTypeOf<Set<OwnWebSocket>>();
  expect(new WebSocketServer({ noServer: true, WebSocket: OwnWebSocket }).options.WebSocket).toBe(
    OwnWebSocket,
  );
});

it('takes callbacks that are declared on their own', () => {
  const sync: VerifyClientCallbackSync = ({ origin }) => origin.startsWith('https:');
  const async: VerifyClientCallbackAsync = (_info, callback) =>
    callback(false, 403, 'No', { 'X-Reason': 'none' });
  const plain = (info: { origin: string; secure: boolean; req: IncomingMessage }): boolean =>
    info.secure;
  for (const verifyClient of [sync, async, plain]) {
    expect(new WebSocketServer({ noServer: true, verifyClient }).options).toHaveProperty(
      'verifyClient',
      verifyClient,
    );
  }
});

it('has a codec that fits the connection', () => {
  const transform: MessageTransform = new DeflateCodec({ role: 'server', parameters: {} });
  expect(transform.shouldEncode(0)).toBe(true);
});

it('refuses what is no option', () => {
  // @ts-expect-error: a limit is a number
  expect(() => new WebSocketServer({ noServer: true, maxPayload: 'x' })).toThrow(RangeError);
});
