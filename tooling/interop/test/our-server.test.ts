import { WebSocketServer } from 'hybi';
import { describe, expect, it } from 'vitest';
import { OurServerPairing } from '../src/pairing.js';
import type { OurServer } from '../src/pairing.js';
import { chromiumClient, clients } from '../src/peers.js';
import { testPairing } from '../src/suite.js';

const chromium = chromiumClient();

it('has a browser to test with, in CI', () => {
  expect(chromium !== undefined || process.env.CI !== 'true').toBe(true);
});

if (chromium === undefined) {
  console.warn('Chromium left out: there is none here. Install one or set CHROMIUM_PATH.');
}

for (const peer of chromium ? [...clients, chromium] : clients) {
  describe(`our server and ${peer.name}`, () =>
    testPairing(new OurServerPairing(WebSocketServer as OurServer, peer), peer));
}
