/** The tests of one pairing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PerMessageDeflateOptions } from '@hybi/server';
import type { Link, Pairing } from './pairing.js';
import type { PeerDescription } from './peers.js';
import type { Message } from './protocol.js';
import { scenarios } from './scenarios.js';

// A Node that is not here yet has to be downloaded.
const startTimeoutMs = 180_000;
const timeoutMs = 60_000;

const deflate = 'permessage-deflate';
const bools = [false, true] as const;

/** All scenarios over every kind of link, and what can be agreed on at the opening. */
export function testPairing(pairing: Pairing, peer: PeerDescription): void {
  beforeAll(() => pairing.start(), startTimeoutMs);
  afterAll(() => pairing.stop(), timeoutMs);

  for (const secure of bools) {
    describe(secure ? 'over TLS' : 'over TCP', { timeout: timeoutMs }, () => {
      testNegotiation(pairing, peer, secure);
      testSubprotocols(pairing, secure);
      for (const compressed of bools) {
        // Nothing would be different.
        if (compressed && peer.compression === 'none') continue;
        describe(compressed ? 'compressed' : 'not compressed', () => {
          testScenarios(pairing, peer, { secure, ours: compressed, theirs: true });
          if (compressed) testWire(pairing, peer, { secure, ours: true, theirs: true });
        });
      }
    });
  }
  if (peer.compression !== 'none') {
    describe('with parameters', { timeout: timeoutMs }, () => testParameters(pairing, peer));
  }
}

function testScenarios(pairing: Pairing, peer: PeerDescription, link: Link): void {
  for (const { name, needs, run } of scenarios) {
    if (needs !== undefined && !peer.abilities.includes(needs)) continue;
    it(name, () =>
      pairing.connect(link, async (pair) => {
        expect(pair.ours.extensions).toBe(link.ours ? deflate : '');
        await run(pair);
      }),
    );
  }
}

function testNegotiation(pairing: Pairing, peer: PeerDescription, secure: boolean): void {
  for (const ours of bools) {
    for (const theirs of peer.compressionIsOptional ? bools : [true]) {
      const agreed = ours && theirs && peer.compression !== 'none' ? deflate : '';
      const wanted = `${ours ? 'we' : 'not we'} and ${theirs ? 'they' : 'not they'}`;
      it(`agrees on '${agreed}' when ${wanted} would compress`, () =>
        pairing.connect({ secure, ours, theirs }, async (pair) => {
          expect(pair.ours.extensions).toBe(agreed);
          expect(pair.theirs.extensions ?? agreed).toBe(agreed);
        }));
    }
  }
}

function testSubprotocols(pairing: Pairing, secure: boolean): void {
  it.each([
    { offered: [], chosen: '' },
    { offered: ['chat.v1'], chosen: 'chat.v1' },
    { offered: ['chat.v2', 'chat.v1', "!#$%&'*+-.^_`|~"], chosen: "!#$%&'*+-.^_`|~" },
  ])('agrees on the subprotocol $chosen of $offered', ({ offered, chosen }) =>
    pairing.connect(
      { secure, ours: false, theirs: false, subprotocols: offered },
      async ({ ours, theirs }) => {
        expect([ours.subprotocol, theirs.subprotocol]).toEqual([chosen, chosen]);
      },
    ),
  );
}

const compressible: Message = { kind: 'text', text: 'over and over '.repeat(5000) };

/** What is negotiated is also done. */
function testWire(pairing: Pairing, peer: PeerDescription, link: Link): void {
  const enough = 70_000 / 10;
  it('saves bytes of what we send', () =>
    pairing.connect(link, async ({ ours, theirs }) => {
      const before = ours.wire.written;
      ours.send(compressible);
      await theirs.expectMessages(compressible);
      expect(ours.wire.written - before).toBeLessThan(enough);
    }));

  if (peer.compression !== 'reads and writes') return;
  it('saves bytes of what it sends', () =>
    pairing.connect(link, async ({ ours, theirs }) => {
      const before = ours.wire.read;
      theirs.send(compressible);
      await ours.expectMessages(compressible);
      expect(ours.wire.read - before).toBeLessThan(enough);
    }));
}

const parameters: readonly PerMessageDeflateOptions[] = [
  { serverNoContextTakeover: true },
  { clientNoContextTakeover: true },
  { serverNoContextTakeover: true, clientNoContextTakeover: true, threshold: 0 },
  { serverMaxWindowBits: 9 },
  { clientMaxWindowBits: 9 },
  { serverMaxWindowBits: 10, clientMaxWindowBits: 12 },
];

function testParameters(pairing: Pairing, peer: PeerDescription): void {
  it.each(parameters)('keeps to %o', (ours) =>
    pairing.connect({ secure: false, ours, theirs: true }, async (pair) => {
      const declined =
        pairing.theyServe &&
        ours.serverMaxWindowBits &&
        !peer.abilities.includes('limit its window');
      expect(pair.ours.extensions).toBe(declined ? '' : deflate);
      const messages: Message[] = [];
      for (let seed = 0; seed < 40; seed++) {
        messages.push({ kind: 'text', bytes: 40_000, seed: seed % 3 }, compressible);
        messages.push({ kind: 'binary', bytes: seed, seed }, { kind: 'text', bytes: 90, seed });
      }
      pair.ours.send(...messages);
      pair.theirs.send(...messages);
      await Promise.all([
        pair.theirs.expectMessages(...messages),
        pair.ours.expectMessages(...messages),
      ]);
    }),
  );
}
