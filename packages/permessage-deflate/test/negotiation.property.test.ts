import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  acceptDeflateOffer,
  acceptDeflateResponse,
  createDeflateOffer,
  type DeflateNegotiationOptions,
  type DeflateOffer,
  type DeflateParameters,
  type OfferedParameters,
} from '../src/index.js';
import { brokenRules } from './reference/rfc7692.js';
import { PerMessageDeflate } from './support/ws-permessage-deflate.js';

const windowBits = fc.integer({ min: 8, max: 15 });
const flag = fc.option(fc.boolean(), { nil: undefined });

const options: fc.Arbitrary<DeflateNegotiationOptions> = fc.record(
  {
    serverNoContextTakeover: flag,
    clientNoContextTakeover: flag,
    serverMaxWindowBits: fc.option(fc.oneof(windowBits, fc.boolean()), { nil: undefined }),
    clientMaxWindowBits: fc.oneof(windowBits, fc.boolean(), fc.constantFrom(null, undefined)),
  },
  { requiredKeys: [] },
);

const values = (valid: fc.Arbitrary<string | true>): fc.Arbitrary<(string | true)[]> =>
  fc.oneof(
    { weight: 12, arbitrary: valid.map((value) => [value]) },
    {
      weight: 1,
      arbitrary: fc.array(
        fc.oneof(fc.constant<true>(true), fc.string(), fc.constantFrom('08', '7', '16')),
        {
          minLength: 1,
          maxLength: 2,
        },
      ),
    },
  );

const bits = windowBits.map(String);
const bare = fc.constant<true>(true);

const namedValues = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constantFrom('server_no_context_takeover', 'client_no_context_takeover'),
      values(bare),
    ),
  },
  { weight: 6, arbitrary: fc.tuple(fc.constant('server_max_window_bits'), values(bits)) },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constant('client_max_window_bits'), values(fc.oneof(bits, bare))),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('__proto__', 'constructor', 'x'), values(bits)),
  },
);

/** Elements as a parser gives them: any order, no prototype. */
const element: fc.Arbitrary<OfferedParameters> = fc
  .array(namedValues, { maxLength: 4 })
  .map((list) => {
    const map = Object.create(null) as OfferedParameters;
    for (const [name, value] of list) map[name] = value;
    return map;
  });

const elements = fc.array(element, { minLength: 1, maxLength: 3 });

/** A result with the order of its properties, or the class and message of the error. */
function outcome(run: () => object): unknown {
  try {
    return Object.entries(run());
  } catch (error) {
    return { name: (error as Error).name, message: (error as Error).message };
  }
}

/** `ws` writes into what it is given. */
function copy(list: readonly OfferedParameters[]): OfferedParameters[] {
  return list.map(
    (parameters) => Object.assign(Object.create(null), parameters) as OfferedParameters,
  );
}

/** Values as the RFC has them, without the lists of the parser. */
function single(parameters: OfferedParameters): Record<string, string | true> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, [value]]) => [name, value as string | true]),
  );
}

function parsed(parameters: DeflateOffer | DeflateParameters): OfferedParameters {
  const entries = Object.entries(parameters) as [string, number | true][];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, [value === true ? true : String(value)]]),
  );
}

test('a server answers offers as ws does, errors included', () => {
  fc.assert(
    fc.property(elements, options, (offers, chosen) => {
      const theirs = outcome(() =>
        new PerMessageDeflate({ ...chosen, isServer: true }).accept(copy(offers)),
      );
      expect(outcome(() => acceptDeflateOffer(offers, chosen))).toEqual(theirs);
    }),
    { numRuns: 1000 },
  );
});

test('a client judges responses as ws does, errors included', () => {
  fc.assert(
    fc.property(elements, options, (responses, chosen) => {
      const theirs = outcome(() => new PerMessageDeflate(chosen).accept(copy(responses)));
      expect(outcome(() => acceptDeflateResponse(responses, chosen))).toEqual(theirs);
    }),
    { numRuns: 1000 },
  );
});

test('a client offers what ws offers', () => {
  fc.assert(
    fc.property(options, (chosen) => {
      expect(Object.entries(createDeflateOffer(chosen))).toEqual(
        Object.entries(new PerMessageDeflate(chosen).offer()),
      );
    }),
  );
});

test('an accepted response satisfies one of the offers by the rules of RFC 7692', () => {
  let accepted = 0;
  fc.assert(
    fc.property(elements, options, (offers, chosen) => {
      let response: DeflateParameters;
      try {
        response = acceptDeflateOffer(offers, chosen);
      } catch {
        return;
      }
      accepted += 1;
      const broken = offers.map((offer) => brokenRules(single(offer), { ...response }));
      expect(broken).toContainEqual([]);
    }),
    { numRuns: 1000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

test('what our server answers to our client, our client accepts', () => {
  let accepted = 0;
  fc.assert(
    fc.property(options, options, (client, server) => {
      const offer = createDeflateOffer(client);
      let response: DeflateParameters;
      try {
        response = acceptDeflateOffer([parsed(offer)], server);
      } catch {
        return;
      }
      accepted += 1;
      expect(brokenRules({ ...offer }, { ...response })).toEqual([]);
      // A server may impose client_no_context_takeover without being asked, and a client refuse.
      if (client.clientNoContextTakeover === false && response.client_no_context_takeover) return;
      expect(acceptDeflateResponse([parsed(response)], client)).toMatchObject(response);
    }),
    { numRuns: 1000 },
  );
  expect(accepted).toBeGreaterThan(100);
});
