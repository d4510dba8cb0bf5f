/** Exchanges messages over connections with each agreement, and looks at the wire. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pair, Pairing } from '../pairing.js';
import type { PeerDescription } from '../peers.js';
import type { Step } from '../protocol.js';
import type { RelayOptions } from '../relay.js';
import type { WireDirection } from '../wire-direction.js';
import type { Agreement } from './agreements.js';
import { agreementOf, readParameters } from './agreements.js';
import type { Case, Plan } from './cases.js';
import { hugeExchange, largeExchange, mediumExchange, shortExchange } from './exchanges.js';
import { expectWire, reachOf } from './wire.js';
import type { Sender } from './wire.js';

const timeoutMs = 60_000;

/** What a side says, told from how it compresses. */
export type Exchange = (sender: Sender) => readonly Step[];

/** The two sides of a case. */
export interface Sides {
  readonly ours: Sender;
  readonly theirs: Sender;
}

/** Starts the peer before the tests of the block that this is called in. */
export function usePairing(pairing: Pairing): void {
  beforeAll(() => pairing.start(), timeoutMs);
  afterAll(() => pairing.stop(), timeoutMs);
}

/** What is said with messages of each size. */
export function testPlan(pairing: Pairing, peer: PeerDescription, plan: Plan): void {
  testExchange('small messages', pairing, peer, plan.small, shortExchange);
  testExchange('64 KiB', pairing, peer, plan.medium, () => mediumExchange);
  testExchange('1 MiB', pairing, peer, plan.large, () => largeExchange);
  for (const content of ['random', 'repetitive'] as const) {
    testExchange(`64 MiB, ${content}`, pairing, peer, plan.huge, () => hugeExchange(content));
  }
}

/** One test per case; none where the plan has none for these sizes. */
export function testExchange(
  name: string,
  pairing: Pairing,
  peer: PeerDescription,
  cases: readonly Case[],
  exchange: Exchange,
): void {
  if (cases.length === 0) return;
  describe(name, { timeout: timeoutMs }, () => {
    cases.forEach((one, index) =>
      it(one.name, () =>
        connect(pairing, peer, one, exchange, async (pair, sides) => {
          const [ours, theirs] = [exchange(sides.ours), exchange(sides.theirs)];
          const atOnce = pair.theirs.can('compress while receiving');
          pair.theirs.play(theirs);
          if (atOnce) pair.ours.play(ours);
          await pair.ours.expectMessages(...theirs.map(({ message }) => message));
          if (!atOnce) pair.ours.play(ours);
          await pair.theirs.expectMessages(...ours.map(({ message }) => message));
          await (index % 2 === 0 ? closeBy(pair, 'ours') : closeBy(pair, 'theirs'));
          expectWire(sides.ours, ours, wireOf(pair, pairing).ours.messages);
          expectWire(sides.theirs, theirs, wireOf(pair, pairing).theirs.messages);
        }),
      ),
    );
  });
}

/**
 * Opens a connection with a relay in it, which makes the fragments that the peer cannot, and calls
 * `use` when the right parameters were agreed on.
 */
export async function connect(
  pairing: Pairing,
  peer: PeerDescription,
  one: Case,
  exchange: Exchange,
  use: (pair: Pair, sides: Sides) => Promise<void>,
): Promise<void> {
  const { ours, theirs, strict } = one;
  const sides = sidesOf(pairing, peer, one);
  const steps = exchange(sides.theirs);
  const cut = sides.theirs.sendsFragments ? undefined : (index: number) => steps[index]?.sizes;
  const relay: RelayOptions = pairing.theyServe ? { cutServer: cut } : { cutClient: cut };
  await pairing.connect({ secure: false, ours, theirs, strict, relay }, async (pair) => {
    expectAgreed(pair, one);
    await use(pair, sides);
  });
}

/** Closes with 1000, which is what both sides learn and what goes over the wire in both directions. */
export async function closeBy(pair: Pair, side: 'ours' | 'theirs'): Promise<void> {
  pair[side].close(1000);
  await Promise.all([pair.ours.expectClose(1000), pair.theirs.expectClose(1000)]);
  const { fromClient, fromServer } = pair.relay!;
  expect([fromClient.closeCode, fromServer.closeCode], 'close codes').toEqual([1000, 1000]);
}

/** What each side has sent. */
export function wireOf(
  { relay }: Pair,
  { theyServe }: Pairing,
): Record<'ours' | 'theirs', WireDirection> {
  const { fromClient, fromServer } = relay!;
  return theyServe
    ? { ours: fromClient, theirs: fromServer }
    : { ours: fromServer, theirs: fromClient };
}

function expectAgreed({ relay, ours }: Pair, { offer, answer }: Case): void {
  const { fromClient, fromServer } = relay!;
  if (offer) expect(readParameters(fromClient.extensions), 'the offer').toEqual(offer);
  expect(readParameters(fromServer.extensions), 'the answer').toEqual(answer);
  expect(ours.extensions).toBe(answer ? 'permessage-deflate' : '');
}

function sidesOf(
  { theyServe }: Pairing,
  peer: PeerDescription,
  { answer, tuning, ours }: Case,
): Sides {
  const agreed = agreementOf(answer ?? {});
  const [ourSide, theirSide]: (keyof Agreement)[] = theyServe
    ? ['client', 'server']
    : ['server', 'client'];
  const own = agreed[ourSide!];
  // A client keeps to the window that it asked for, whatever the answer says of it.
  const wished = theyServe ? Number(ours.clientMaxWindowBits || 15) : 15;
  const windowBits = Math.min(own.bits, wished);
  const used = own.takeover ? Math.min(windowBits, tuning.maxWindowBits) : windowBits;
  const { bits, takeover } = agreed[theirSide!];
  const none = answer === undefined ? Infinity : 0;
  return {
    ours: {
      name: 'our side',
      windowBits,
      takeover: own.takeover,
      reach: reachOf(used),
      compressesFrom: none,
      sendsPlain: true,
      sendsFragments: true,
    },
    theirs: {
      name: peer.name,
      windowBits: bits,
      takeover,
      reach: reachOf(bits),
      compressesFrom: none || (peer.compressesFrom ?? 0),
      sendsPlain: peer.abilities.includes('send plain'),
      sendsFragments: peer.abilities.includes('send fragments'),
    },
  };
}
