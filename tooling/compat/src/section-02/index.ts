/**
 * Section 2: what changed between 8.21.0 and 8.23.0.
 *
 * One row can not be seen from outside, that the reference to a masking key is
 * dropped after use; it is left out.
 */
import type { Section } from '../scenario.js';
import { clientScenarios } from './clients.js';
import { frameScenarios } from './frames.js';
import { limitScenarios } from './limits.js';

const statements = {
  '2.limits.defaults': '8.21.1: maxBufferedChunks is 262144 and maxFragments 16384 by default',
  '2.limits.empty': '8.21.1: empty fragments count for maxFragments',
  '2.limits.first': '8.21.1: maxFragments is checked before anything is inflated',
  '2.window': '8.21.3: an offer whose client_max_window_bits is smaller than the option is refused',
  '2.protocols': '8.22.0: a client has the option protocols',
  '2.close': '8.22.0: a close that throws leaves the state OPEN',
  '2.native': '8.22.1: http.websocketMask and http.websocketUnmask are used if Node has them',
  '2.empty-frame': '8.22.1: a frame with an empty payload is one chunk',
  '2.unix': '8.22.1: colons after the first one stay in the target of a ws+unix: URL',
  '2.userinfo': '8.22.2: userinfo of the URL is percent-decoded',
  '2.url': '8.22.2: a URL object with http: or https: is not changed',
  '2.reason': '8.22.2: the reason of a close is a copy, and no part of the network chunk',
  '2.pongs': '8.23.0: maxPendingAutoPongs is 60 by default, on client and server',
  '2.pongs.open': '8.23.0: pings are answered only while OPEN',
} as const;

export const section02: Section = {
  number: 2,
  title: 'What changed between 8.21.0 and 8.23.0',
  statements,
  scenarios: [...limitScenarios, ...clientScenarios, ...frameScenarios],
};
