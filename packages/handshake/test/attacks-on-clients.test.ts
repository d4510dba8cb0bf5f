/**
 * Hostile answers to a client: named tests per line of attack. Those over
 * sockets are with the packages that have sockets.
 */
import { describe, expect, it } from 'vitest';
import { evaluateResponse } from '../src/index.js';
import type { ExpectedResponse } from '../src/index.js';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

describe('answers of a hostile server', () => {
  const good = { upgrade: 'websocket', 'sec-websocket-accept': accept };
  const evaluate = (
    headers: Record<string, string | readonly string[] | undefined>,
    expected: Partial<ExpectedResponse> = {},
  ) =>
    evaluateResponse(
      { headers: { ...good, ...headers } },
      { key, subprotocols: [], extensionsOffered: false, ...expected },
    );
  const failure = (code: string, message: string): unknown => ({
    accepted: false,
    code: `WS_ERR_HANDSHAKE_${code}`,
    message,
  });

  it('are told from a good one', () => {
    expect(evaluate({}).accepted).toBe(true);
  });

  it('C1: a 101 without headers', () => {
    const expected = { key, subprotocols: [], extensionsOffered: false };
    expect(evaluateResponse({ headers: {} }, expected)).toEqual(
      failure('UPGRADE', 'Invalid Upgrade header'),
    );
  });

  it.each([undefined, '', 'h2c', 'websocket2', 'websocket, websocket'])(
    'C1: Upgrade is %j',
    (upgrade) => {
      expect(evaluate({ upgrade })).toEqual(failure('UPGRADE', 'Invalid Upgrade header'));
    },
  );

  it.each<[string, string | string[] | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['that of another key', 'ICX+Yqv66kxgM0FcWaLWlFLwTAI='],
    ['the key itself', key],
    ['in another case', accept.toLowerCase()],
    ['with something after it', `${accept} `],
    ['sent twice', [accept, accept]],
  ])('C1: Sec-WebSocket-Accept is %s', (_, value) => {
    expect(evaluate({ 'sec-websocket-accept': value })).toEqual(
      failure('ACCEPT', 'Invalid Sec-WebSocket-Accept header'),
    );
  });

  it.each(['chat', ''])('C2: the subprotocol %j though none was asked for', (subprotocol) => {
    expect(evaluate({ 'sec-websocket-protocol': subprotocol })).toEqual(
      failure('SUBPROTOCOL_NOT_REQUESTED', 'Server sent a subprotocol but none was requested'),
    );
  });

  it.each<[string | string[]]>([
    ['other'],
    [''],
    ['Chat'],
    ['chat, superchat'],
    [['chat', 'chat']],
    [' chat'],
    ['__proto__'],
  ])('C2: the subprotocol %j though others were asked for', (subprotocol) => {
    expect(
      evaluate({ 'sec-websocket-protocol': subprotocol }, { subprotocols: ['chat', 'superchat'] }),
    ).toEqual(failure('SUBPROTOCOL_INVALID', 'Server sent an invalid subprotocol'));
  });

  it('C2: no subprotocol though one was asked for', () => {
    expect(evaluate({}, { subprotocols: ['chat'] })).toEqual(
      failure('SUBPROTOCOL_MISSING', 'Server sent no subprotocol'),
    );
  });

  it.each(['permessage-deflate', '', ',', '__proto__'])(
    'C3: the extensions %j though none were offered',
    (header) => {
      expect(evaluate({ 'sec-websocket-extensions': header })).toEqual(
        failure(
          'EXTENSIONS_NOT_REQUESTED',
          'Server sent a Sec-WebSocket-Extensions header but no extension was requested',
        ),
      );
    },
  );

  it.each(['', ',', 'permessage-deflate;', `permessage-deflate; a="${'\\"'.repeat(50_000)}`])(
    'C3: extensions that do not parse: %.40j',
    (header) => {
      for (const extensionsOffered of [true, ['permessage-deflate']]) {
        expect(evaluate({ 'sec-websocket-extensions': header }, { extensionsOffered })).toEqual(
          failure('EXTENSIONS_INVALID', 'Invalid Sec-WebSocket-Extensions header'),
        );
      }
    },
  );

  it.each(['x', 'permessage-deflate, x', '__proto__', 'constructor', 'Permessage-Deflate'])(
    'C3: extensions of which some were not offered: %j',
    (header) => {
      const expected = { extensionsOffered: ['permessage-deflate'] };
      expect(evaluate({ 'sec-websocket-extensions': header }, expected)).toEqual(
        failure('EXTENSION_UNKNOWN', 'Server indicated an extension that was not requested'),
      );
    },
  );

  it('C3: an extension twice is left for its negotiation to judge', () => {
    const response = evaluate(
      { 'sec-websocket-extensions': 'permessage-deflate; a, permessage-deflate; b' },
      { extensionsOffered: true },
    );
    expect(response.accepted && response.extensions?.['permessage-deflate']).toHaveLength(2);
  });
});
