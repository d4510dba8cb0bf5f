import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { formatExtensions, parseExtensions, parseSubprotocols } from '../src/index.js';
import type { ExtensionParameters, Extensions } from '../src/index.js';
import { header, token } from './support/arbitraries.js';
import { countingText } from './support/counting-text.js';

// Its declarations lack these.
const reference = ws as unknown as {
  extension: { parse(header: string): Extensions; format(extensions: object): string };
  subprotocol: { parse(header: string): Set<string> };
};

function mapOf<Value>(entries: [string, Value][]): Record<string, Value> {
  const map = Object.create(null) as Record<string, Value>;
  for (const [name, value] of entries) map[name] = value;
  return map;
}

const values = fc.array(fc.oneof(token, fc.constant(true as const)), {
  minLength: 1,
  maxLength: 3,
});
const parameters: fc.Arbitrary<ExtensionParameters> = fc
  .array(fc.tuple(token, values), { maxLength: 4 })
  .map(mapOf);
const extensions: fc.Arbitrary<Extensions> = fc
  .array(fc.tuple(token, fc.array(parameters, { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map(mapOf);

/** Entries instead of maps: they show `__proto__`, and their order. */
const entriesOf = (map: Extensions): unknown =>
  Object.entries(map).map(([name, sets]) => [name, sets.map((set) => Object.entries(set))]);

/** What a parser makes of a text: its result, or its error. */
function outcome<Result>(parse: (text: string) => Result, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return (error as SyntaxError).message;
  }
}

describe('extensions', () => {
  it('come back from their header as they were', () => {
    fc.assert(
      fc.property(extensions, (map) => {
        expect(entriesOf(parseExtensions(formatExtensions(map)))).toEqual(entriesOf(map));
      }),
    );
  });

  it('are written as ws writes them', () => {
    fc.assert(
      fc.property(extensions, (map) => {
        expect(formatExtensions(map)).toBe(reference.extension.format(map));
      }),
    );
  });
});

describe('any text', () => {
  it('is read or refused as ws does, as a list of extensions', () => {
    const read = (parse: (text: string) => Extensions) => (text: string) => entriesOf(parse(text));
    fc.assert(
      fc.property(header, (text) => {
        expect(outcome(read(parseExtensions), text)).toEqual(
          outcome(read(reference.extension.parse), text),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('is read or refused as ws does, as a list of subprotocols', () => {
    const read = (parse: (text: string) => Set<string>) => (text: string) => [...parse(text)];
    fc.assert(
      fc.property(header, (text) => {
        expect(outcome(read(parseSubprotocols), text)).toEqual(
          outcome(read(reference.subprotocol.parse), text),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('takes linear time', () => {
    fc.assert(
      fc.property(header, fc.integer({ min: 1, max: 50 }), (text, times) => {
        for (const parse of [parseExtensions, parseSubprotocols]) {
          const content = text.repeat(times);
          const counting = countingText(content);
          outcome<unknown>(parse, counting.text);
          expect(counting.steps()).toBeLessThanOrEqual(8 * (content.length + 1));
        }
      }),
    );
  });
});
