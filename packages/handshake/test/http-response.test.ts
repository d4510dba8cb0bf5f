import { describe, expect, it } from 'vitest';
import { formatResponse } from '../src/index.js';

describe('formatResponse', () => {
  it('writes the answer of RFC 6455 §1.3', () => {
    const response = formatResponse(101, [
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
      ['Sec-WebSocket-Protocol', 'chat'],
    ]);
    expect(response).toBe(
      'HTTP/1.1 101 Switching Protocols\r\n' +
        'Upgrade: websocket\r\n' +
        'Connection: Upgrade\r\n' +
        'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n' +
        'Sec-WebSocket-Protocol: chat\r\n' +
        '\r\n',
    );
  });

  it('adds the length of a body in bytes', () => {
    expect(formatResponse(400, [['Connection', 'close']], 'na\u00efve')).toBe(
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 6\r\n\r\nna\u00efve',
    );
    expect(formatResponse(403, [], '')).toBe('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  });

  it('keeps a length that is given', () => {
    expect(formatResponse(400, [['content-length', '2']], 'no')).toBe(
      'HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\nno',
    );
  });

  it('takes any iterable of pairs', () => {
    expect(formatResponse(503, new Map([['Retry-After', '1']]))).toBe(
      'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\r\n',
    );
  });

  it('writes a status without a standard text', () => {
    expect(formatResponse(299, [])).toBe('HTTP/1.1 299 \r\n\r\n');
  });

  it('lets every character through that may stand in a value', () => {
    const value = 'a \t!~\u0080\u00ff';
    expect(formatResponse(200, [['X-A', value]])).toContain(`\r\nX-A: ${value}\r\n`);
  });

  it.each([99, 1000, 200.5, NaN, Infinity, -1])('refuses the status %d', (status) => {
    expect(() => formatResponse(status, [])).toThrow(
      new RangeError(`The status must be an integer from 100 to 999, got ${status}`),
    );
  });

  it('refuses a body that would be read as frames', () => {
    expect(() => formatResponse(101, [], '')).toThrow(
      new RangeError('A response with the status 101 has no body'),
    );
  });
});
