/**
 * Hostile requests, and hostile values in what we write: named tests per line
 * of attack. Those over sockets are with the packages that have sockets.
 */
import { describe, expect, it } from 'vitest';
import {
  createRequestHeaders,
  createResponseHeaders,
  evaluateExtensionOffer,
  evaluateRequest,
  evaluateSubprotocols,
  formatResponse,
  parseExtensions,
  parseSubprotocols,
} from '../src/index.js';
import { countingText } from './support/counting-text.js';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';

/** Steps per character, over inputs of `n` and `4 n` characters: the same if time is linear. */
function stepsPerCharacter(
  parse: (text: string) => unknown,
  grow: (n: number) => string,
): number[] {
  return [20_000, 80_000].map((n) => {
    const content = grow(n);
    const { text, steps } = countingText(content);
    try {
      parse(text);
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
    return steps() / content.length;
  });
}

describe('H3: Sec-WebSocket-Extensions', () => {
  const offer = (header: string) => evaluateExtensionOffer({ 'sec-websocket-extensions': header });

  it.each([
    ['CVE-2020-7662: an unclosed string of escaped quotes', `a; b="${'\\"'.repeat(50_000)}`],
    ['GHSA-5v72-xg48-5rpm: a nameless element', ',;constructor'],
    ['a nameless parameter', 'permessage-deflate; =1'],
    ['an empty header', ''],
  ])('rejects %s', (_, header) => {
    expect(offer(header)).toMatchObject({
      accepted: false,
      status: 400,
      code: 'WS_ERR_HANDSHAKE_EXTENSION_OFFER',
    });
  });

  it.each<[string, (n: number) => string]>([
    ['escaped characters in an unclosed string', (n) => `a; b="${'\\x'.repeat(n)}`],
    ['escaped characters in a closed string', (n) => `a; b="${'\\x'.repeat(n)}"`],
    ['a long string', (n) => `a; b="${'x'.repeat(n)}"`],
    ['whitespace before a bad character', (n) => `a${' '.repeat(n)}b`],
    ['whitespace before the end', (n) => `a; b=c${'\t '.repeat(n)}`],
    ['a parameter many times', (n) => `a${'; b'.repeat(n)}`],
    ['an extension many times', (n) => `a${', a'.repeat(n)}`],
    ['different parameters', (n) => `a${Array.from({ length: n }, (_, i) => `;b${i}`).join('')}`],
  ])('takes linear time for %s', (_, grow) => {
    for (const steps of stepsPerCharacter(parseExtensions, grow)) expect(steps).toBeLessThan(8);
  });

  it('reads a megabyte of escapes', () => {
    const [parameters] = parseExtensions(`a; b="${'\\x'.repeat(500_000)}"`)['a'] ?? [];
    expect(parameters?.['b']).toEqual(['x'.repeat(500_000)]);
  });

  it.each(['constructor', '__proto__', 'hasOwnProperty', 'toString', 'valueOf'])(
    'takes %s for a name like any other',
    (name) => {
      const extensions = parseExtensions(`${name}; ${name}=1; ${name}, permessage-deflate`);
      expect(Object.keys(extensions)).toEqual([name, 'permessage-deflate']);
      const [parameters] = extensions[name] ?? [];
      expect(Object.entries(parameters ?? {})).toEqual([[name, ['1', true]]]);
    },
  );

  it('leaves Object.prototype as it was', () => {
    const before = Reflect.ownKeys(Object.prototype);
    const parsed = parseExtensions('permessage-deflate; __proto__=1, __proto__; polluted=1');
    expect(Object.keys(parsed)).toEqual(['permessage-deflate', '__proto__']);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('does not find a name that was not sent', () => {
    const offered = offer('permessage-deflate');
    expect(offered.accepted && offered.extensions['constructor']).toBeUndefined();
    expect(offered.accepted && offered.extensions['__proto__']).toBeUndefined();
  });
});

describe('H4: Sec-WebSocket-Protocol', () => {
  const ask = (header: string) => evaluateSubprotocols({ 'sec-websocket-protocol': header });

  it.each([
    ['CVE-2021-32640: whitespace before a bad character', `b${' '.repeat(15_000)}x`],
    ['an empty header', ''],
    ['a separator alone', ','],
    ['an empty element', 'a,,b'],
    ['a duplicate', 'a, b, a'],
    ['a name that is no token', 'a, "b"'],
    ['trailing whitespace', 'a '],
  ])('rejects %s', (_, header) => {
    expect(ask(header)).toMatchObject({
      accepted: false,
      status: 400,
      code: 'WS_ERR_HANDSHAKE_SUBPROTOCOL_OFFER',
    });
  });

  it.each<[string, (n: number) => string]>([
    ['whitespace before a bad character', (n) => `b${' '.repeat(n)}x`],
    ['whitespace before the end', (n) => `b${' '.repeat(n)}`],
    ['whitespace after a comma', (n) => `b,${' '.repeat(n)}`],
    ['many subprotocols', (n) => Array.from({ length: n }, (_, i) => `p${i}`).join(' , ')],
  ])('takes linear time for %s', (_, grow) => {
    for (const steps of stepsPerCharacter(parseSubprotocols, grow)) expect(steps).toBeLessThan(8);
  });

  it('takes names of the prototype for names', () => {
    const asked = ask('__proto__, constructor');
    expect(asked.accepted && [...asked.subprotocols]).toEqual(['__proto__', 'constructor']);
  });
});

describe('H5: Sec-WebSocket-Key', () => {
  it.each<[string, string | string[] | undefined]>([
    ['none', undefined],
    ['an empty one', ''],
    ['a short one', 'dGhlIHNhbXBsZSBub25j'],
    ['a long one', 'dGhlIHNhbXBsZSBub25jZSE='],
    ['24 characters that are not base64', '!!!!!!!!!!!!!!!!!!!!!!=='],
    ['24 characters that decode to 18 bytes', 'dGhlIHNhbXBsZSBub25jZSEh'],
    ['a line after it', `${key}\n`],
    ['two in one field', `${key}, ${key}`],
    ['two fields', [key, key]],
  ])('rejects %s', (_, value) => {
    const headers = {
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': value,
    };
    expect(evaluateRequest({ method: 'GET', headers })).toMatchObject({
      accepted: false,
      status: 400,
      code: 'WS_ERR_HANDSHAKE_KEY',
    });
  });
});

describe('H6: Sec-WebSocket-Version', () => {
  it.each([undefined, '', '0', '7', '12', '14', '130', '13, 8', '13.5', '-13', 'NaN', 'x'])(
    'rejects %j and says what it speaks',
    (version) => {
      const headers = {
        upgrade: 'websocket',
        'sec-websocket-version': version,
        'sec-websocket-key': key,
      };
      expect(evaluateRequest({ method: 'GET', headers })).toEqual({
        accepted: false,
        status: 400,
        code: 'WS_ERR_HANDSHAKE_VERSION',
        message: 'Missing or invalid Sec-WebSocket-Version header',
        headers: { 'Sec-WebSocket-Version': '13, 8' },
      });
    },
  );
});

describe('H13: characters that end a line, in what we write (CVE-2026-1527)', () => {
  const characters = ['\r', '\n', '\r\n', '\u0000', '\u0001', '\u000b', '\u001f', '\u007f'];
  const beyondLatin1 = ['\u0100', '\u010a', '\u010d', '\u560a', '\u560d', '\u{1f600}', '\ud800'];
  const forbidden = [...characters, ...beyondLatin1];

  /** The message must name the field, so that the author of the value is found. */
  const refusal = (name: string): TypeError =>
    expect.objectContaining({
      name: 'TypeError',
      message: expect.stringContaining(`The value of the header "${name}"`),
    });

  it.each(forbidden)('are refused in a value: %j', (character) => {
    for (const value of [character, `a${character}`, `${character}a`, `a${character}X-B: c`]) {
      expect(() => formatResponse(200, [['X-A', value]])).toThrow(refusal('X-A'));
    }
  });

  it.each([...forbidden, '', ' ', ':', 'a b', '\u00e9'])('are refused in a name: %j', (name) => {
    expect(() => formatResponse(200, [[name, 'a']])).toThrow(
      new TypeError(`A header name must be a token, got ${JSON.stringify(name)}`),
    );
  });

  it('are named with their place', () => {
    expect(() => formatResponse(200, [['X-A', 'ab\r\nX-B: c']])).toThrow(
      new TypeError(
        'The value of the header "X-A" has a character that is not allowed, "\\r" at index 2',
      ),
    );
  });

  it.each(forbidden)('are refused in the subprotocol and the extensions: %j', (character) => {
    const value = `chat${character}Set-Cookie: a=b`;
    expect(() => createResponseHeaders({ key, subprotocol: value })).toThrow(
      refusal('Sec-WebSocket-Protocol'),
    );
    expect(() => createResponseHeaders({ key, extensions: value })).toThrow(
      refusal('Sec-WebSocket-Extensions'),
    );
  });

  it.each(forbidden)('are refused in a request: %j', (character) => {
    const value = `a${character}b`;
    expect(() => createRequestHeaders({ key, origin: value })).toThrow(refusal('Origin'));
    expect(() => createRequestHeaders({ key, version: 8, origin: value })).toThrow(
      refusal('Sec-WebSocket-Origin'),
    );
    expect(() => createRequestHeaders({ key, extensionOffer: value })).toThrow(
      refusal('Sec-WebSocket-Extensions'),
    );
    expect(() => createRequestHeaders({ key, subprotocols: [value] })).toThrow(SyntaxError);
    expect(() => createRequestHeaders({ key: key + character })).toThrow(TypeError);
  });

  it('are harmless in a body', () => {
    expect(formatResponse(400, [], 'a\r\n\r\nb')).toBe(
      'HTTP/1.1 400 Bad Request\r\nContent-Length: 6\r\n\r\na\r\n\r\nb',
    );
  });
});
