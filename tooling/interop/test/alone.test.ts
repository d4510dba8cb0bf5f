// Each half without the umbrella and without the other half.
import { WebSocket } from '@hybi/client';
import { WebSocketServer } from '@hybi/server';
import { describe } from 'vitest';
import { OurClientPairing, OurServerPairing } from '../src/pairing.js';
import type { OurServer } from '../src/pairing.js';
import { wsClient, wsServer } from '../src/peers.js';
import { testPairing } from '../src/suite.js';

describe('@hybi/client and the server of ws', () =>
  testPairing(new OurClientPairing(WebSocket, wsServer), wsServer));

describe('@hybi/server and the client of ws', () =>
  testPairing(new OurServerPairing(WebSocketServer as OurServer, wsClient), wsClient));
