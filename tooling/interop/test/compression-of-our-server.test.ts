// permessage-deflate: our server, and the clients that compress.
import { WebSocketServer } from 'hybi';
import { describe } from 'vitest';
import { full, planOf } from '../src/compression/cases.js';
import type { Case } from '../src/compression/cases.js';
import { testIdleContexts, testManyContexts } from '../src/compression/contexts.js';
import { testPlan, usePairing } from '../src/compression/suite.js';
import { OurServerPairing } from '../src/pairing.js';
import type { OurServer } from '../src/pairing.js';
import { bunsClient, chromiumClient, wsClient } from '../src/peers.js';

describe(`our server and ${wsClient.name}`, () => {
  const pairing = new OurServerPairing(WebSocketServer as OurServer, wsClient);
  usePairing(pairing);
  testPlan(pairing, wsClient, planOf('server', ['client', 'server']));
  testIdleContexts(pairing, wsClient, 'server');
  testManyContexts(pairing, wsClient, 'server');
});

// They take what we answer, and have no wishes of their own.
const { small, medium, large, huge } = planOf('server', ['server']);
const withoutWishes = (cases: readonly Case[]): Case[] =>
  cases.map((one) => ({ ...one, theirs: true }));
const plan = {
  small: withoutWishes(small),
  medium: withoutWishes(medium),
  large: withoutWishes(large),
  huge: full ? withoutWishes(huge.slice(0, 1)) : [],
};

const chromium = chromiumClient();
for (const peer of [bunsClient, ...(chromium ? [chromium] : [])]) {
  describe(`our server and ${peer.name}`, () => {
    const pairing = new OurServerPairing(WebSocketServer as OurServer, peer);
    usePairing(pairing);
    testPlan(pairing, peer, plan);
  });
}
