import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { it, expect } from 'vitest';
import { WebSocketServer } from 'ws';
import {
  createResponseHeaders,
  evaluateExtensionOffer,
  evaluateRequest,
  evaluateSubprotocols,
  formatResponse,
} from '../src/index.js';
import type { HeaderRecord } from '../src/index.js';
import { header, key } from './support/arbitraries.js';

const absentOr = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 4 });

const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'POST', 'get', 'HEAD'),
  headers: fc.record({
    upgrade: absentOr(fc.constantFrom('websocket', 'websocket', 'WebSocket', '', 'h2c', 'web')),
    'sec-websocket-key': absentOr(
      fc.oneof({ weight: 4, arbitrary: key }, { weight: 1, arbitrary: header }),
    ),
    'sec-websocket-version': absentOr(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('13', '8') },
        fc.constantFrom('0x0d', ' 13 ', '8.0', '1.3e1', '', '7', '14', '13, 8', 'Infinity'),
        fc.nat(20).map(String),
      ),
    ),
    'sec-websocket-protocol': absentOr(
      fc.oneof(header, fc.constantFrom('chat', 'a, b', 'a,b , c')),
    ),
    'sec-websocket-extensions': absentOr(fc.oneof(header, fc.constantFrom('x', 'x; y="z", x'))),
  }),
});

/** The answer of our functions, put together as a server does that takes no extension. */
function answer(method: string, headers: HeaderRecord): string {
  const decision = evaluateRequest({ method, headers });
  const asked = evaluateSubprotocols(headers);
  const offered = evaluateExtensionOffer(headers);
  for (const { accepted, ...rejection } of [decision, asked, offered]) {
    if (accepted || !('status' in rejection)) continue;
    const { status, message } = rejection;
    const fixed = {
      Connection: 'close',
      'Content-Type': 'text/html',
      'Content-Length': String(message.length),
    };
    return formatResponse(status, Object.entries({ ...fixed, ...rejection.headers }), message);
  }
  if (!decision.accepted || !asked.accepted) throw new Error('unreachable');
  const [subprotocol] = asked.subprotocols;
  return formatResponse(101, createResponseHeaders({ key: decision.key, subprotocol }));
}

/** What the `ws` package writes into the socket. */
function answerOfWs(method: string, headers: HeaderRecord): string {
  let written = '';
  const socket = new Duplex({
    read() {},
    write(chunk, _, done) {
      written += String(chunk);
      done();
    },
  });
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  const message = { method, headers, url: '/', socket } as unknown as IncomingMessage;
  server.handleUpgrade(message, socket, Buffer.alloc(0), () => {});
  socket.destroy();
  return written;
}

it('answers any request with the bytes that ws answers', () => {
  const statuses = new Set<string>();
  fc.assert(
    fc.property(request, ({ method, headers }) => {
      const response = answer(method, headers);
      expect(response).toBe(answerOfWs(method, headers));
      statuses.add(response.slice(9, 12));
    }),
    { numRuns: 1500 },
  );
  expect([...statuses].sort()).toEqual(['101', '400', '405']);
});
