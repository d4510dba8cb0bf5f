import { describe, expect, it } from 'vitest';
import { evaluateResponse } from '../src/index.js';
import type { ExpectedResponse } from '../src/index.js';

// RFC 6455 §1.3
const request: ExpectedResponse = {
  key: 'dGhlIHNhbXBsZSBub25jZQ==',
  subprotocols: ['chat', 'superchat'],
  extensionsOffered: true,
};
const example = {
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  'sec-websocket-protocol': 'chat',
};

const evaluate = (
  headers: Record<string, string | undefined>,
  expected: Partial<ExpectedResponse> = {},
) => evaluateResponse({ headers: { ...example, ...headers } }, { ...request, ...expected });

describe('evaluateResponse', () => {
  it('accepts the response of RFC 6455 §1.3', () => {
    expect(evaluate({})).toEqual({ accepted: true, subprotocol: 'chat', extensions: undefined });
    expect(evaluateResponse({ headers: new Headers(example) }, request)).toEqual(evaluate({}));
  });

  it('accepts a response to a request that asked for nothing', () => {
    expect(
      evaluate(
        { 'sec-websocket-protocol': undefined, upgrade: 'WEBSOCKET' },
        { subprotocols: [], extensionsOffered: false },
      ),
    ).toEqual({ accepted: true, subprotocol: undefined, extensions: undefined });
  });

  it('returns the extensions in use', () => {
    const header = { 'sec-websocket-extensions': 'permessage-deflate; server_max_window_bits=10' };
    const offers = [true, ['permessage-deflate']];
    for (const extensionsOffered of offers) {
      expect(evaluate(header, { extensionsOffered })).toMatchObject({
        accepted: true,
        extensions: { 'permessage-deflate': [{ server_max_window_bits: ['10'] }] },
      });
    }
  });

  it('reports the first of several faults: Upgrade, accept, subprotocol, extensions', () => {
    const badExtensions = { 'sec-websocket-extensions': ',' };
    const badSubprotocol = { ...badExtensions, 'sec-websocket-protocol': 'x' };
    const badAccept = { ...badSubprotocol, 'sec-websocket-accept': 'x' };
    const badUpgrade = { ...badAccept, upgrade: 'x' };
    const codes = [badUpgrade, badAccept, badSubprotocol, badExtensions]
      .map((headers) => evaluate(headers))
      .map((decision) => !decision.accepted && decision.code);
    expect(codes).toEqual([
      'WS_ERR_HANDSHAKE_UPGRADE',
      'WS_ERR_HANDSHAKE_ACCEPT',
      'WS_ERR_HANDSHAKE_SUBPROTOCOL_INVALID',
      'WS_ERR_HANDSHAKE_EXTENSIONS_INVALID',
    ]);
  });
});
