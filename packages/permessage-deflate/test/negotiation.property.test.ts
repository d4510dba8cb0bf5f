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
import { readContexts } from '../src/node/contexts.js';
import {
  boundServerWindow,
  brokenByOffer,
  brokenByResponse,
  repeatNoTakeover,
  type Values,
} from './reference/rfc7692.js';
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

/** Agreed values as they stand in a header. */
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

/** As in `ws`, `08` and the like are taken for numbers, which is the one rule that is not kept. */
function plainNumbers(offer: OfferedParameters): Values {
  const entries = Object.entries(offer).map(([name, values]) => [
    name,
    values.map((value) => (value === true || value.trim() === '' ? value : `${Number(value)}`)),
  ]);
  return Object.fromEntries(entries) as Values;
}

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
      const values = offers.map(plainNumbers);
      expect(values.map(brokenByOffer)).toEqual(offers.map(() => []));
      const broken = values.map((offer) => brokenByResponse(offer, parsed(response)));
      expect(broken).toContainEqual([]);
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(200);
});

test('a response that a client takes satisfies its offer, but for what it asked of the server', () => {
  const counts = { accepted: 0, unasked: 0 };
  fc.assert(
    fc.property(element, options, (response, chosen) => {
      let agreed: DeflateParameters;
      try {
        agreed = acceptDeflateResponse([response], chosen);
      } catch {
        return;
      }
      counts.accepted += 1;
      const offer = createDeflateOffer(chosen);
      const broken = brokenByResponse(parsed(offer), plainNumbers(response));
      // As in `ws`, a server that does not do what it was asked for is lived with.
      const lenient = [repeatNoTakeover, boundServerWindow];
      expect(broken.filter((rule) => !lenient.includes(rule))).toEqual([]);
      if (broken.length > 0) counts.unasked += 1;
      expectClientWindow(agreed, plainNumbers(response), chosen);
    }),
    { numRuns: 2000 },
  );
  expect(counts.accepted).toBeGreaterThan(200);
  expect(counts.unasked).toBeGreaterThan(10);
});

/** The client's own window: as the response says, or as its own hint if it says nothing (§7.1.2.2). */
function expectClientWindow(
  agreed: DeflateParameters,
  response: Values,
  { clientMaxWindowBits }: DeflateNegotiationOptions,
): void {
  const hint = typeof clientMaxWindowBits === 'number' ? clientMaxWindowBits : undefined;
  const stated = response['client_max_window_bits'];
  expect(agreed.client_max_window_bits).toBe(stated === undefined ? hint : Number(stated[0]));
  expect(agreed.client_max_window_bits ?? 15).toBeLessThanOrEqual(hint ?? 15);
}

test('a client refuses every response that breaks one of the other rules', () => {
  let refused = 0;
  fc.assert(
    fc.property(element, options, (response, chosen) => {
      const broken = brokenByResponse(parsed(createDeflateOffer(chosen)), plainNumbers(response));
      const strict = broken.filter(
        (rule) => rule !== repeatNoTakeover && rule !== boundServerWindow,
      );
      if (strict.length === 0) return;
      refused += 1;
      expect(() => acceptDeflateResponse([response], chosen)).toThrow();
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(200);
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
      expect(brokenByResponse(parsed(offer), parsed(response))).toEqual([]);
      // A server may impose client_no_context_takeover without being asked, and a client refuse.
      if (client.clientNoContextTakeover === false && response.client_no_context_takeover) return;
      const agreed = acceptDeflateResponse([parsed(response)], client);
      expect(agreed).toMatchObject(response);
      expectFit(response, agreed);
    }),
    { numRuns: 1000 },
  );
  expect(accepted).toBeGreaterThan(100);
});

/** Each end can inflate what the other one compresses. */
function expectFit(atServer: DeflateParameters, atClient: DeflateParameters): void {
  const server = readContexts('server', atServer);
  const client = readContexts('client', atClient);
  for (const [sender, receiver] of [
    [server.own, client.peer],
    [client.own, server.peer],
  ] as const) {
    expect(sender.windowBits).toBeLessThanOrEqual(receiver.windowBits);
    expect(sender.contextTakeover && !receiver.contextTakeover).toBe(false);
  }
}
