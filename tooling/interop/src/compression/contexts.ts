/** What becomes of contexts between messages: ours give up their zlib streams, and nobody notices. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Pair, Pairing } from '../pairing.js';
import type { PeerDescription } from '../peers.js';
import { agreements } from './agreements.js';
import type { Agreement } from './agreements.js';
import { casesOf } from './cases.js';
import { repeated } from './exchanges.js';
import { closeBy, connect, wireOf } from './suite.js';
import { expectWire } from './wire.js';

const rounds = 3;
const steps = Array.from({ length: rounds }, () => repeated);

/**
 * The timers of both run in this process, and ours is started later: it ends when the contexts have
 * been idle for long enough, even if their timer had to be started anew for the rest of its time.
 */
const idleTimeout = 1;
const pauseMs = 5;

const chosen: readonly Agreement[] = agreements.filter(
  ({ server, client }) => server.bits === client.bits && [8, 12, 15].includes(server.bits),
);

/** The same message again and again. */
async function playRound({ ours, theirs }: Pair): Promise<void> {
  ours.play([repeated]);
  theirs.play([repeated]);
  await Promise.all([
    theirs.expectMessages(repeated.message),
    ours.expectMessages(repeated.message),
  ]);
}

/**
 * Contexts that are idle between any two messages: our compression begins anew then, our inflating
 * goes on.
 */
export function testIdleContexts(
  pairing: Pairing,
  peer: PeerDescription,
  side: 'server' | 'client',
): void {
  describe('idle between messages', () => {
    const cases = [{}, { maxSyncBytes: 0 }].flatMap((extra) =>
      casesOf(side, [side], chosen).map((one) => ({
        ...one,
        name: `${one.name}${'maxSyncBytes' in extra ? ', no work on the main thread' : ''}`,
        ours: { ...one.ours, ...extra, idleTimeout },
      })),
    );
    it.each(cases)('$name', (one) =>
      connect(
        pairing,
        peer,
        one,
        () => steps,
        async (pair, sides) => {
          for (let round = 0; round < rounds; round++) {
            await playRound(pair);
            await sleep(pauseMs);
          }
          await closeBy(pair, 'ours');
          const { ours, theirs } = wireOf(pair, pairing);
          const sizes = ours.messages.map(({ payloadBytes }) => payloadBytes);
          expect(new Set(sizes).size, `sizes of ${sizes}`).toBe(1);
          expectWire(sides.theirs, steps, theirs.messages);
        },
      ),
    );
  });
}

/** With two contexts of ours each, more than may keep a zlib stream. */
const connections = 150;

/** More contexts than may be hot, used in turn: none of them keeps its stream until its next turn. */
export function testManyContexts(
  pairing: Pairing,
  peer: PeerDescription,
  side: 'server' | 'client',
): void {
  it(`${connections} connections take turns`, { timeout: 60_000 }, async () => {
    const one = casesOf(side, [side], agreements.slice(-4, -3))[0]!;
    const open: Pair[] = [];
    let played: () => void = () => {};
    let failed: (error: unknown) => void = () => {};
    const allPlayed = new Promise<void>((resolve, reject) => {
      played = resolve;
      failed = reject;
    });
    const play = async (): Promise<void> => {
      for (let round = 0; round < rounds; round++) {
        for (const pair of open) await playRound(pair);
      }
    };
    await Promise.all(
      Array.from({ length: connections }, () =>
        connect(
          pairing,
          peer,
          one,
          () => steps,
          async (pair, sides) => {
            if (open.push(pair) === connections) play().then(played, failed);
            await allPlayed;
            await closeBy(pair, 'ours');
            const { ours, theirs } = wireOf(pair, pairing);
            expectWire(sides.ours, steps, ours.messages);
            expectWire(sides.theirs, steps, theirs.messages);
          },
        ),
      ),
    );
  });
}
