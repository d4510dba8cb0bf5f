import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readResponse } from '../src/response.js';
import { resolveOptions } from '../src/options.js';

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const accept = createHash('sha1')
  .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
  .digest('base64');

const subprotocol = fc.constantFrom('a', 'b', 'chat', 'Chat', 'constructor', '');
const parameter = fc.constantFrom(
  'server_no_context_takeover',
  'client_no_context_takeover',
  'server_max_window_bits=8',
  'server_max_window_bits="15"',
  'client_max_window_bits',
  'client_max_window_bits=10',
  'client_max_window_bits=7',
  'client_no_context_takeover=1',
  '__proto__=1',
);
const element = fc
  .tuple(
    fc.constantFrom('permessage-deflate', 'Permessage-Deflate', 'x', '__proto__', ''),
    fc.array(parameter, { maxLength: 3 }),
  )
  .map(([name, parameters]) => [name, ...parameters].join('; '));
const header = fc.oneof(
  fc.array(element, { minLength: 1, maxLength: 2 }).map((elements) => elements.join(', ')),
  fc.string(),
);

const response = fc.record(
  {
    upgrade: fc.constantFrom('websocket', 'WebSocket', 'websocket', 'h2c'),
    'sec-websocket-accept': fc.oneof({ weight: 9, arbitrary: fc.constant(accept) }, fc.string()),
    'sec-websocket-protocol': subprotocol,
    'sec-websocket-extensions': header,
  },
  { requiredKeys: ['upgrade', 'sec-websocket-accept'] },
);

it('never accepts an answer that does not match what was asked for', () => {
  let acceptedOnes = 0;
  fc.assert(
    fc.property(
      response,
      fc.uniqueArray(
        subprotocol.filter((each) => each !== ''),
        { maxLength: 3 },
      ),
      fc.boolean(),
      (headers, subprotocols, perMessageDeflate) => {
        const settings = resolveOptions({ perMessageDeflate });
        const read = readResponse({ headers }, { key, subprotocols }, settings);
        if (read instanceof Error) {
          expect(read.code).toMatch(/^WS_ERR_HANDSHAKE_/);
          return;
        }
        acceptedOnes += 1;
        expect(headers.upgrade?.toLowerCase()).toBe('websocket');
        expect(headers['sec-websocket-accept']).toBe(accept);
        if (subprotocols.length > 0) expect(subprotocols).toContain(read.protocol);
        else expect(read.protocol).toBe(undefined);
        const agreed = headers['sec-websocket-extensions'];
        expect(read.transform !== undefined).toBe(agreed !== undefined);
        if (agreed === undefined) return;
        expect(perMessageDeflate).toBe(true);
        expect(agreed).toMatch(/^permessage-deflate(?![^,;\s])/);
        expect(agreed).not.toMatch(/=7|takeover=|__proto__|bits\s*([,;]|$)/);
      },
    ),
    { numRuns: 3000 },
  );
  expect(acceptedOnes).toBeGreaterThan(50);
});
