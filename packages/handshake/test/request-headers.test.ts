import { describe, expect, it } from 'vitest';
import { createRequestHeaders } from '../src/index.js';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';

describe('createRequestHeaders', () => {
  it('has four headers if nothing else is asked for', () => {
    const basics = [
      ['Sec-WebSocket-Version', '13'],
      ['Sec-WebSocket-Key', key],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
    ];
    expect(Object.entries(createRequestHeaders({ key }))).toEqual(basics);
    const empty = { key, subprotocols: [], extensionOffer: '', origin: '' };
    expect(Object.entries(createRequestHeaders(empty))).toEqual(basics);
  });

  it('adds extensions, subprotocols and origin in this order', () => {
    const headers = createRequestHeaders({
      key,
      subprotocols: ['chat', 'superchat'],
      extensionOffer: 'permessage-deflate; client_max_window_bits',
      origin: 'http://example.com',
    });
    expect(Object.entries(headers).slice(4)).toEqual([
      ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits'],
      ['Sec-WebSocket-Protocol', 'chat,superchat'],
      ['Origin', 'http://example.com'],
    ]);
  });

  it('names the origin differently in version 8', () => {
    const headers = createRequestHeaders({ key, version: 8, origin: 'http://example.com' });
    expect(headers['Sec-WebSocket-Version']).toBe('8');
    expect(headers['Sec-WebSocket-Origin']).toBe('http://example.com');
    expect(headers).not.toHaveProperty('Origin');
  });

  it.each([7, 12, 14, '13', null])('refuses version %j', (version) => {
    expect(() => createRequestHeaders({ key, version: version as 13 })).toThrow(
      new RangeError(`Unsupported protocol version: ${version} (supported versions: 8, 13)`),
    );
  });

  it('refuses a key that no server would take', () => {
    expect(() => createRequestHeaders({ key: 'short' })).toThrow(
      new TypeError('The key must be base64 of 16 bytes'),
    );
  });

  it('refuses subprotocols that are no tokens or there twice', () => {
    for (const subprotocols of [['a b'], ['a', 'a']]) {
      expect(() => createRequestHeaders({ key, subprotocols })).toThrow(SyntaxError);
    }
  });
});
