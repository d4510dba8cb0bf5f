import { expect, it } from 'vitest';
import { handshakeErrors } from '../src/index.js';

it('has these codes, statuses and messages', () => {
  const table = Object.entries(handshakeErrors).map(([code, { status, message }]) => [
    code.replace('WS_ERR_HANDSHAKE_', ''),
    status,
    message,
  ]);
  expect(table).toEqual([
    ['METHOD', 405, 'Invalid HTTP method'],
    ['UPGRADE', 400, 'Invalid Upgrade header'],
    ['KEY', 400, 'Missing or invalid Sec-WebSocket-Key header'],
    ['VERSION', 400, 'Missing or invalid Sec-WebSocket-Version header'],
    ['SUBPROTOCOL_OFFER', 400, 'Invalid Sec-WebSocket-Protocol header'],
    ['EXTENSION_OFFER', 400, 'Invalid or unacceptable Sec-WebSocket-Extensions header'],
    ['ACCEPT', undefined, 'Invalid Sec-WebSocket-Accept header'],
    ['SUBPROTOCOL_NOT_REQUESTED', undefined, 'Server sent a subprotocol but none was requested'],
    ['SUBPROTOCOL_INVALID', undefined, 'Server sent an invalid subprotocol'],
    ['SUBPROTOCOL_MISSING', undefined, 'Server sent no subprotocol'],
    [
      'EXTENSIONS_NOT_REQUESTED',
      undefined,
      'Server sent a Sec-WebSocket-Extensions header but no extension was requested',
    ],
    ['EXTENSIONS_INVALID', undefined, 'Invalid Sec-WebSocket-Extensions header'],
    ['EXTENSION_UNKNOWN', undefined, 'Server indicated an extension that was not requested'],
  ]);
});

it('names a section for each code', () => {
  for (const { section } of Object.values(handshakeErrors)) {
    expect(section).toMatch(/^[\d.]+(, [\d.]+)*$/);
  }
});
