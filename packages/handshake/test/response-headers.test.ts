import { describe, expect, it } from 'vitest';
import { createResponseHeaders } from '../src/index.js';

// RFC 6455 §1.3
const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const basics = [
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
];

describe('createResponseHeaders', () => {
  it('has three headers if nothing was agreed on', () => {
    expect(createResponseHeaders({ key })).toEqual(basics);
    expect(createResponseHeaders({ key, subprotocol: '', extensions: undefined })).toEqual(basics);
  });

  it('adds the subprotocol, then the extensions', () => {
    const extensions = 'permessage-deflate; server_no_context_takeover';
    expect(createResponseHeaders({ key, subprotocol: 'chat', extensions })).toEqual([
      ...basics,
      ['Sec-WebSocket-Protocol', 'chat'],
      ['Sec-WebSocket-Extensions', extensions],
    ]);
  });
});
