import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeAccept,
  createRequestHeaders,
  createResponseHeaders,
  evaluateExtensionOffer,
  evaluateRequest,
  evaluateResponse,
  evaluateSubprotocols,
  formatExtensions,
  formatResponse,
} from '../src/index.js';
import { header, key, token } from './support/arbitraries.js';

const lowerCased = (headers: Iterable<readonly [string, string]>): Record<string, string> =>
  Object.fromEntries([...headers].map(([name, value]) => [name.toLowerCase(), value]));

describe('both sides', () => {
  const options = fc.record({
    key,
    version: fc.constantFrom(13 as const, 8 as const),
    subprotocols: fc.uniqueArray(token, { maxLength: 4 }),
    extensionNames: fc.uniqueArray(token, { maxLength: 3 }),
    origin: fc.option(fc.webUrl(), { nil: undefined }),
    choice: fc.nat(3),
  });

  it('agree: what we ask for is understood, and our answer to it accepted', () => {
    fc.assert(
      fc.property(options, ({ extensionNames, choice, ...asked }) => {
        const extensionOffer = formatExtensions(
          Object.fromEntries(extensionNames.map((name) => [name, { a: true }])),
        );
        const headers = lowerCased(
          Object.entries(createRequestHeaders({ ...asked, extensionOffer })),
        );

        const { version, origin } = asked;
        const request = evaluateRequest({ method: 'GET', headers });
        expect(request).toEqual({ accepted: true, version, key: asked.key, origin });
        const subprotocols = evaluateSubprotocols(headers);
        expect(subprotocols.accepted && [...subprotocols.subprotocols]).toEqual(asked.subprotocols);
        const offer = evaluateExtensionOffer(headers);
        expect(offer.accepted && Object.keys(offer.extensions).sort()).toEqual(
          [...extensionNames].sort(),
        );

        const subprotocol = asked.subprotocols[choice % (asked.subprotocols.length || 1)];
        const answer = createResponseHeaders({
          key: asked.key,
          subprotocol,
          extensions: extensionOffer,
        });
        const response = { headers: lowerCased(answer) };
        expect(
          evaluateResponse(response, {
            key: asked.key,
            subprotocols: asked.subprotocols,
            extensionsOffered: extensionNames,
          }),
        ).toMatchObject({ accepted: true, subprotocol });
      }),
    );
  });
});

describe('a response', () => {
  const names = ['a', 'b', 'c'];
  const subset = fc.subarray(names);
  const situations = fc.record({
    key,
    subprotocols: subset,
    extensionsOffered: fc.oneof(fc.boolean(), subset),
    upgrade: fc.constantFrom('websocket', 'websocket', 'WebSocket', 'x', undefined),
    acceptOf: fc.option(key, { nil: undefined, freq: 1 }),
    subprotocol: fc.option(fc.oneof(fc.constantFrom(...names), header), { nil: undefined }),
    extensions: fc.option(
      fc.oneof(
        subset.map((list) => list.join(', ')),
        header,
      ),
      { nil: undefined },
    ),
  });

  it('satisfies its request if it is accepted', () => {
    let accepted = 0;
    fc.assert(
      fc.property(situations, (situation) => {
        const { key: ownKey, subprotocols, extensionsOffered, upgrade } = situation;
        const accept = computeAccept(situation.acceptOf ?? ownKey);
        const headers = {
          upgrade,
          'sec-websocket-accept': accept,
          'sec-websocket-protocol': situation.subprotocol,
          'sec-websocket-extensions': situation.extensions,
        };
        const decision = evaluateResponse(
          { headers },
          { key: ownKey, subprotocols, extensionsOffered },
        );
        if (!decision.accepted) return;

        accepted++;
        expect(upgrade?.toLowerCase()).toBe('websocket');
        expect(accept).toBe(computeAccept(ownKey));
        expect(decision.subprotocol).toBe(situation.subprotocol);
        const allowed: unknown[] = subprotocols.length > 0 ? subprotocols : [undefined];
        expect(allowed).toContain(decision.subprotocol);

        expect(decision.extensions === undefined).toBe(situation.extensions === undefined);
        if (decision.extensions === undefined) return;
        expect(extensionsOffered).not.toBe(false);
        if (typeof extensionsOffered === 'boolean') return;
        expect(extensionsOffered).toEqual(expect.arrayContaining(Object.keys(decision.extensions)));
      }),
      { numRuns: 2000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

describe('what is written', () => {
  const field = fc.tuple(
    fc.oneof(token, header),
    fc.oneof(header, fc.string({ unit: fc.constantFrom('a', ' ', ':', '\r', '\n', '\u010a') })),
  );

  it('has exactly the given header fields, or is refused', () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 4 }), (fields) => {
        let response: string;
        try {
          response = formatResponse(200, fields);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        const [statusLine, ...lines] = response.split('\r\n');
        expect(statusLine).toBe('HTTP/1.1 200 OK');
        expect(lines).toEqual([...fields.map(([name, value]) => `${name}: ${value}`), '', '']);
        expect(response.split(/[\r\n]+/)).toHaveLength(fields.length + 2);
      }),
    );
  });
});
