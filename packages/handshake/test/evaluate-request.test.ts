import type { IncomingMessage } from 'node:http';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { evaluateExtensionOffer, evaluateRequest, evaluateSubprotocols } from '../src/index.js';
import type { HeaderSource, RequestHead } from '../src/index.js';

// RFC 6455 §1.3
const example = {
  host: 'server.example.com',
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  origin: 'http://example.com',
  'sec-websocket-protocol': 'chat, superchat',
  'sec-websocket-version': '13',
};

const evaluate = (changes: Record<string, string | undefined>, method = 'GET') =>
  evaluateRequest({ method, headers: { ...example, ...changes } });

describe('evaluateRequest', () => {
  const accepted = {
    accepted: true,
    version: 13,
    key: 'dGhlIHNhbXBsZSBub25jZQ==',
    origin: 'http://example.com',
  };

  it('accepts the request of RFC 6455 §1.3', () => {
    expect(evaluate({})).toEqual(accepted);
  });

  it('accepts the same request from Headers', () => {
    expect(evaluateRequest({ method: 'GET', headers: new Headers(example) })).toEqual(accepted);
  });

  it('takes the requests of Node and of Fetch as they are', () => {
    expectTypeOf<IncomingMessage>().toExtend<RequestHead>();
    expectTypeOf<Request>().toExtend<RequestHead>();
    expectTypeOf<IncomingMessage['headers']>().toExtend<HeaderSource>();
  });

  it('compares Upgrade without regard to case', () => {
    expect(evaluate({ upgrade: 'WebSocket' })).toEqual(accepted);
  });

  it('finds the origin of version 8 in another header', () => {
    expect(
      evaluate({ 'sec-websocket-version': '8', 'sec-websocket-origin': 'http://old.example' }),
    ).toEqual({ ...accepted, version: 8, origin: 'http://old.example' });
  });

  it('accepts a request without an origin', () => {
    expect(evaluate({ origin: undefined })).toEqual({ ...accepted, origin: undefined });
  });

  it.each(['013', '13.0', ' 13', '0x0d', '0b1101', '1.3e1'])(
    'reads the version %j as a number, as ws does',
    (version) => {
      expect(evaluate({ 'sec-websocket-version': version })).toEqual(accepted);
    },
  );

  it.each([
    ['POST', {}, 405, 'METHOD', 'Invalid HTTP method'],
    ['get', {}, 405, 'METHOD', 'Invalid HTTP method'],
    ['GET', { upgrade: undefined }, 400, 'UPGRADE', 'Invalid Upgrade header'],
    ['GET', { upgrade: '' }, 400, 'UPGRADE', 'Invalid Upgrade header'],
    ['GET', { upgrade: 'h2c' }, 400, 'UPGRADE', 'Invalid Upgrade header'],
    ['GET', { upgrade: 'h2c, websocket' }, 400, 'UPGRADE', 'Invalid Upgrade header'],
    [
      'GET',
      { 'sec-websocket-key': undefined },
      400,
      'KEY',
      'Missing or invalid Sec-WebSocket-Key header',
    ],
  ])('rejects %s with %j', (method, changes, status, code, message) => {
    expect(evaluate(changes, method)).toEqual({
      accepted: false,
      status,
      code: `WS_ERR_HANDSHAKE_${code}`,
      message,
      headers: {},
    });
  });

  it('rejects a request without a method', () => {
    expect(evaluateRequest({ method: undefined, headers: example })).toHaveProperty('status', 405);
  });

  it('reports the first of several faults: method, Upgrade, key, version', () => {
    const faults = { upgrade: 'x', 'sec-websocket-key': 'x', 'sec-websocket-version': 'x' };
    const codes = [
      evaluate(faults, 'POST'),
      evaluate(faults),
      evaluate({ ...faults, upgrade: 'websocket' }),
      evaluate({ 'sec-websocket-version': 'x' }),
    ].map((decision) => !decision.accepted && decision.code);
    expect(codes).toEqual([
      'WS_ERR_HANDSHAKE_METHOD',
      'WS_ERR_HANDSHAKE_UPGRADE',
      'WS_ERR_HANDSHAKE_KEY',
      'WS_ERR_HANDSHAKE_VERSION',
    ]);
  });
});

describe('evaluateSubprotocols', () => {
  it('reads the subprotocols of RFC 6455 §1.3', () => {
    expect(evaluateSubprotocols(example)).toEqual({
      accepted: true,
      subprotocols: new Set(['chat', 'superchat']),
      offered: true,
    });
  });

  it('tells a request that asks for none', () => {
    expect(evaluateSubprotocols({})).toEqual({
      accepted: true,
      subprotocols: new Set(),
      offered: false,
    });
  });

  it.each(['', ',', 'a,', 'a,a', 'a b'])('rejects %j', (header) => {
    expect(evaluateSubprotocols({ 'sec-websocket-protocol': header })).toEqual({
      accepted: false,
      status: 400,
      code: 'WS_ERR_HANDSHAKE_SUBPROTOCOL_OFFER',
      message: 'Invalid Sec-WebSocket-Protocol header',
      headers: {},
    });
  });
});

describe('evaluateExtensionOffer', () => {
  it('reads what is offered', () => {
    const headers = { 'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits' };
    expect(evaluateExtensionOffer(headers)).toMatchObject({
      accepted: true,
      extensions: { 'permessage-deflate': [{ client_max_window_bits: [true] }] },
    });
  });

  it('has an empty map without a prototype if nothing is offered', () => {
    const offer = evaluateExtensionOffer({});
    expect(offer.accepted && Object.getPrototypeOf(offer.extensions)).toBeNull();
    expect(offer.accepted && Object.keys(offer.extensions)).toEqual([]);
  });

  it.each(['', ',', 'a;', 'a; b="'])('rejects %j', (header) => {
    expect(evaluateExtensionOffer({ 'sec-websocket-extensions': header })).toEqual({
      accepted: false,
      status: 400,
      code: 'WS_ERR_HANDSHAKE_EXTENSION_OFFER',
      message: 'Invalid or unacceptable Sec-WebSocket-Extensions header',
      headers: {},
    });
  });
});
