// permessage-deflate: our client, and the servers that compress.
import { WebSocket } from 'hybi';
import { describe } from 'vitest';
import { bunCases, bunCasesWithout } from '../src/compression/bun-server.js';
import { everyNth, full, planOf } from '../src/compression/cases.js';
import { testIdleContexts, testManyContexts } from '../src/compression/contexts.js';
import { shortExchange } from '../src/compression/exchanges.js';
import { testExchange, testPlan, usePairing } from '../src/compression/suite.js';
import { OurClientPairing } from '../src/pairing.js';
import { bunsServer, wsServer } from '../src/peers.js';

describe(`our client and ${wsServer.name}`, () => {
  const pairing = new OurClientPairing(WebSocket, wsServer);
  usePairing(pairing);
  testPlan(pairing, wsServer, planOf('client', ['client', 'server']));
  testIdleContexts(pairing, wsServer, 'client');
  testManyContexts(pairing, wsServer, 'client');
});

describe(`our client and ${bunsServer.name}`, () => {
  const pairing = new OurClientPairing(WebSocket, bunsServer);
  usePairing(pairing);
  testExchange('nothing agreed', pairing, bunsServer, bunCasesWithout, shortExchange);
  testPlan(pairing, bunsServer, {
    small: bunCases,
    medium: everyNth(bunCases, 23),
    large: everyNth(bunCases, 53),
    huge: full ? bunCases.slice(40, 41) : [],
  });
});
