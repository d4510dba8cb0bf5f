/** `extension` and `subprotocol`: what they parse and print. */
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const parsed = [
  'foo',
  'foo, bar',
  'foo;bar',
  'foo;bar=baz',
  'foo; bar; baz=qux; bar=1; bar',
  'foo; a, bar; b, foo; c; d=e, foo',
  'foo;bar="baz"',
  'foo;bar="\\b\\a\\z"; other="q"',
  'foo;bar="b\\az", qux',
  'foo\t ;\t bar\t,\t baz ; qux \t, quux',
  "!#$%&'*+-.^_`|~09azAZ; ~=|",
  'constructor; __proto__; hasOwnProperty=1, __proto__; toString',
  'permessage-deflate; client_max_window_bits, permessage-deflate',
];

const refused = [
  '',
  ' ',
  '\t',
  ' foo',
  '\tfoo',
  ',foo',
  ';foo',
  'foo,',
  'foo;',
  'foo ',
  'foo\t',
  'foo, ',
  'foo; ',
  'foo,,bar',
  'foo;;bar',
  'foo bar',
  'foo;bar baz',
  'foo;bar =baz',
  'foo;bar= baz',
  'foo;bar=',
  'foo;bar=;',
  'foo;bar=baz ',
  'foo;bar=baz qux',
  'foo;bar="',
  'foo;bar=""',
  'foo;bar="baz',
  'foo;bar="baz"qux',
  'foo;bar="baz" ',
  'foo;bar="baz" qux',
  'foo;bar="ba z"',
  'foo;bar="ba\\ z"',
  'foo;bar="baz\\',
  'foo;bar="baz\\"',
  'foo;bar=b"az"',
  'foo;bar=\\baz',
  'foo;=baz',
  'foo=bar',
  'foo;bar=baz=qux',
  'f\u00f6\u00f6',
  'foo\u0000',
  'foo\u4e16',
  'foo;bar="\u00e4"',
  'foo\nbar',
];

/** Every string up to a length over an alphabet, in order. */
function allStrings(alphabet: string, length: number): string[] {
  if (length === 0) return [''];
  const shorter = allStrings(alphabet, length - 1);
  const longest = shorter.filter((each) => each.length === length - 1);
  return [...shorter, ...longest.flatMap((each) => [...alphabet].map((next) => each + next))];
}

function outcome(call: () => unknown): string {
  try {
    return JSON.stringify(call());
  } catch (error) {
    const { constructor, message } = error as Error;
    return `${constructor.name}: ${message}`;
  }
}

function noteAll(world: World, texts: readonly string[], call: (text: string) => unknown): void {
  world.note(`${texts.length} texts`, texts.map((each) => outcome(() => call(each))).join('\n'));
}

export const grammarScenarios: readonly Scenario[] = [
  {
    title: 'extensions that are parsed',
    covers: [
      '18.extension.object',
      '18.extension.parameters',
      '18.extension.quoted',
      '18.extension.whitespace',
    ],
    run(world) {
      const { extension } = world.lib.module;
      for (const text of parsed) world.attempt(text, () => extension.parse(text));
    },
  },
  {
    title: 'extensions that are not parsed',
    covers: ['18.extension.unexpected', '18.extension.end', '18.extension.empty'],
    run(world) {
      const { extension } = world.lib.module;
      for (const text of refused) world.attempt(text, () => extension.parse(text));
    },
  },
  {
    title: 'every short text of the characters that matter',
    covers: ['18.extension.quoted', '18.extension.unexpected', '18.extension.end'],
    run(world) {
      const { parse } = world.lib.module.extension;
      noteAll(world, allStrings('a ,;="\\', 4), parse);
      const values = allStrings('a ,;"\\', 4);
      noteAll(world, values, (value) => parse(`x;y=${value}`));
      noteAll(world, values, (value) => parse(`x;y="${value}"`));
    },
  },
  {
    title: 'configurations that are printed',
    covers: ['18.format.one', '18.format.joined', '18.format.bare', '18.format.unchecked'],
    run(world) {
      const { extension } = world.lib.module;
      for (const value of [
        {},
        { foo: {} },
        { foo: [] },
        { foo: [{}, {}] },
        { foo: { bar: true } },
        { foo: { bar: [true, 1, 'x'], baz: 2 } },
        { foo: [{ bar: true }, { baz: ['1', '2'] }], qux: { quux: true } },
        { foo: { a: false, b: null, c: undefined, d: 1.5, e: '' } },
        { foo: { bar: [] } },
        { foo: { 'not a token': 'a value, with everything; "in" it' } },
        { 'not a token': {} },
      ]) {
        world.attempt(JSON.stringify(value), () => extension.format(value as any));
      }
      for (const text of parsed) {
        world.attempt(text, () => extension.format(extension.parse(text)));
      }
    },
  },
  {
    title: 'subprotocols that are parsed, and not',
    covers: [
      '18.subprotocol.set',
      '18.subprotocol.errors',
      '18.subprotocol.duplicate',
      '18.subprotocol.whitespace',
    ],
    run(world) {
      const { subprotocol } = world.lib.module;
      for (const text of [
        ...['a', 'a,b', 'b, a', 'b ,\ta', 'c \t,\t b,a', '__proto__,constructor'],
        ...['', ' ', ',', 'a,', ',a', 'a,,b', ' a', 'a ', 'a\t', 'a, ', 'a b', 'a;b', '"a"', 'a,ä'],
        ...['a,a', 'a, b, a', 'a,A', 'a,b,b,a', 'a, a ', 'constructor,constructor'],
      ]) {
        world.attempt(text, () => subprotocol.parse(text));
      }
    },
  },
  {
    title: 'every short list of subprotocols',
    covers: ['18.subprotocol.errors', '18.subprotocol.duplicate'],
    run(world) {
      const { parse } = world.lib.module.subprotocol;
      noteAll(world, allStrings('ab ,\t', 5), (text) => [...parse(text)]);
    },
  },
];
