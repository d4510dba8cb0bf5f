/** What happens on a connection, whoever has opened it: the table of the scenarios. */
import { Buffer } from 'node:buffer';
import { mixedMessages } from './expected.js';
import type { Pair } from './pairing.js';
import type { Ability } from './peer.js';
import type { Message } from './protocol.js';

export interface Scenario {
  readonly name: string;
  /** What the peer must be able to do; without it there is nothing to test. */
  readonly needs?: Ability;
  run(pair: Pair): Promise<void>;
}

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** Around every change of the header's form, and of what fits into one chunk. */
const sizes = [0, 1, 125, 126, 127, 1023, 1024, 65_535, 65_536, mebibyte];

const texts: readonly string[] = [
  'Grüße, мир, 世界, 🌍🌏🌎',
  '\u0000 zero, \u007f delete, \u0080, \u07ff, \u0800, \ufffd, \uffff',
  '\ud800\udc00 the first beyond the BMP, \udbff\udfff the last',
  'a byte order mark inside of a text: \ufeff',
  'e\u0301 👩‍👩‍👧‍👦 🇺🇳',
];

const marked: Message = { kind: 'text', text: '\ufeffwhat follows' };

/** 123 bytes, as many as fit; no character of it has one byte. */
const longestReason = `${'語'.repeat(37)}${'😀'.repeat(3)}`;

const sized = (kind: Message['kind']): Message[] =>
  sizes.map((bytes) => ({ kind, bytes, seed: bytes }));

/** One side sends, the other one has it; then the other way round. */
async function bothWays({ ours, theirs }: Pair, messages: readonly Message[]): Promise<void> {
  ours.send(...messages);
  await theirs.expectMessages(...messages);
  theirs.send(...messages);
  await ours.expectMessages(...messages);
}

const large = (kind: Message['kind']): Scenario => ({
  name: `carries ${kind} of 16 MiB both ways`,
  run: (pair) => bothWays(pair, [{ kind, bytes: 16 * mebibyte, seed: 16 }]),
});

const traffic: readonly Scenario[] = [
  {
    name: 'carries text of 0 bytes to 1 MiB both ways',
    run: (pair) => bothWays(pair, sized('text')),
  },
  {
    name: 'carries binary of 0 bytes to 1 MiB both ways',
    run: (pair) => bothWays(pair, sized('binary')),
  },
  large('text'),
  large('binary'),
  {
    name: 'keeps every character',
    run: (pair) =>
      bothWays(
        pair,
        texts.map((text) => ({ kind: 'text', text })),
      ),
  },
  {
    name: 'sends a byte order mark at the start of a text',
    async run({ ours, theirs }) {
      theirs.send(marked);
      await ours.expectMessages(marked);
    },
  },
  {
    name: 'gets our byte order mark at the start of a text',
    needs: 'keep a byte order mark',
    async run({ ours, theirs }) {
      ours.send(marked);
      await theirs.expectMessages(marked);
    },
  },
  {
    name: 'keeps 2,000 mixed messages in order, both ways at once',
    async run({ ours, theirs }) {
      const there = mixedMessages(2000, 1);
      const back = mixedMessages(2000, 100_001);
      ours.send(...there);
      theirs.send(...back);
      await Promise.all([theirs.expectMessages(...there), ours.expectMessages(...back)]);
    },
  },
];

/** Cuts through characters, and leaves a fragment empty. */
const fragmentSizes = [1, 0, 2, 125, 126, 1, 1, 70_000];

const fragmented: readonly Message[] = [
  { kind: 'text', bytes: 200_000, seed: 7 },
  { kind: 'binary', bytes: 200_000, seed: 8 },
  { kind: 'text', bytes: 70_256, seed: 9 },
];

const fragments: readonly Scenario[] = [
  {
    name: 'has our fragments put together',
    async run({ ours, theirs }) {
      for (const message of fragmented) ours.sendFragments(message, fragmentSizes);
      await theirs.expectMessages(...fragmented);
    },
  },
  {
    name: 'puts their fragments together',
    needs: 'send fragments',
    async run({ ours, theirs }) {
      for (const message of fragmented) theirs.sendFragments(message, fragmentSizes);
      await ours.expectMessages(...fragmented);
    },
  },
  {
    name: 'takes a ping between our fragments',
    async run({ ours, theirs }) {
      ours.websocket.send('one, ', { fin: false });
      ours.websocket.ping('between');
      ours.websocket.send('two', { fin: true });
      if (theirs.can('ping')) await theirs.expectControl('ping', 'between');
      await ours.expectControl('pong', 'between');
      await theirs.expectMessages({ kind: 'text', text: 'one, two' });
    },
  },
];

/** As much as fits into a control frame. */
const pings: readonly string[] = ['', 'ping', 'p'.repeat(125)];

const controlFrames: readonly Scenario[] = [
  {
    name: 'gets pongs for our pings',
    async run({ ours, theirs }) {
      for (const payload of pings) {
        ours.ping(payload);
        if (theirs.can('ping')) await theirs.expectControl('ping', payload);
        await ours.expectControl('pong', payload);
      }
    },
  },
  {
    name: 'answers their pings',
    needs: 'ping',
    async run({ ours, theirs }) {
      for (const payload of pings) {
        theirs.ping(payload);
        await ours.expectControl('ping', payload);
        await theirs.expectControl('pong', payload);
      }
    },
  },
  {
    name: 'is not disturbed by our pong that nobody asked for',
    async run(pair) {
      pair.ours.pong('unasked');
      if (pair.theirs.can('ping')) await pair.theirs.expectControl('pong', 'unasked');
      await bothWays(pair, [{ kind: 'text', text: 'still here' }]);
    },
  },
  {
    name: 'takes their pong that nobody asked for',
    needs: 'ping',
    async run(pair) {
      pair.theirs.pong('unasked');
      await pair.ours.expectControl('pong', 'unasked');
      await bothWays(pair, [{ kind: 'text', text: 'still here' }]);
    },
  },
];

interface Close {
  code?: number;
  reason?: string;
}

const inWords = ({ code, reason }: Close): string =>
  `${code ?? 'no code'}${reason === undefined ? '' : ` and a reason of ${Buffer.byteLength(reason)} bytes`}`;

/** The standard API sends no others than these codes. */
const closesOfEverybody: readonly Close[] = [
  {},
  { code: 1000 },
  { code: 1000, reason: 'done' },
  { code: 3000, reason: 'Auf später, 再见 👋' },
  { code: 4999, reason: longestReason },
];

const closesOfOurs: readonly Close[] = [
  ...closesOfEverybody,
  { code: 1001, reason: 'Going away' },
  { code: 1008 },
  { code: 1011, reason: 'It broke' },
  { code: 1013 },
];

const ourClose = (close: Close): Scenario => ({
  name: `learns of our close with ${inWords(close)}`,
  async run({ ours, theirs }) {
    const { code = 1005, reason } = close;
    ours.close(close.code, reason);
    const echoed = theirs.can('echo the reason') ? reason : '';
    await Promise.all([theirs.expectClose(code, reason), ours.expectClose(code, echoed)]);
  },
});

const theirClose = (close: Close): Scenario => ({
  name: `closes with ${inWords(close)}`,
  async run({ ours, theirs }) {
    const { code = theirs.facts.codeOfEmptyClose, reason } = close;
    theirs.close(close.code, reason);
    await Promise.all([ours.expectClose(code, reason), theirs.expectClose(code, reason)]);
  },
});

/** Slow to compress, so that the close has to wait for it. */
const lastWords: Message = { kind: 'text', bytes: mebibyte, seed: 99 };

const closes: readonly Scenario[] = [
  ...closesOfOurs.map(ourClose),
  ...closesOfEverybody.map(theirClose),
  {
    name: 'has our last message before our close',
    async run({ ours, theirs }) {
      ours.send(lastWords);
      ours.close(4000);
      await theirs.expectMessages(lastWords);
      await Promise.all([ours.expectClose(4000), theirs.expectClose(4000)]);
    },
  },
  {
    name: 'sends its last message before its close',
    async run({ ours, theirs }) {
      theirs.send(lastWords);
      theirs.close(4000);
      await ours.expectMessages(lastWords);
      await Promise.all([ours.expectClose(4000), theirs.expectClose(4000)]);
    },
  },
  {
    name: 'notices that we cut the connection off',
    async run({ ours, theirs }) {
      ours.terminate();
      const { codeOfCutOff } = theirs.facts;
      await Promise.all([ours.expectClose(1006), theirs.expectClose(codeOfCutOff)]);
    },
  },
  {
    name: 'is noticed when it cuts the connection off',
    needs: 'terminate',
    async run({ ours, theirs }) {
      theirs.terminate();
      await Promise.all([ours.expectClose(1006), theirs.expectClose(1006)]);
    },
  },
];

export const scenarios: readonly Scenario[] = [
  ...traffic,
  ...fragments,
  ...controlFrames,
  ...closes,
];
