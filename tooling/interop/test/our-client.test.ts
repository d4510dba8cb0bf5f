import { WebSocket } from 'hybi';
import { describe } from 'vitest';
import { OurClientPairing } from '../src/pairing.js';
import { servers } from '../src/peers.js';
import { testPairing } from '../src/suite.js';

for (const peer of servers) {
  describe(`our client and ${peer.name}`, () =>
    testPairing(new OurClientPairing(WebSocket, peer), peer));
}
