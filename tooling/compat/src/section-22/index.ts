/**
 * Section 22: surprises in one list. Each points to the section where it is
 * stated in full; here it has one short scenario.
 */
import type { Section } from '../scenario.js';
import { closingScenarios } from './closing.js';
import { compressionScenarios } from './compression.js';
import { openingScenarios } from './opening.js';
import { sendingScenarios } from './sending.js';
import { serverScenarios } from './servers.js';

const statements = {
  '22.1': 'With import alone the class has no Server and no other statics (§1)',
  '22.2':
    'The side that finds an error of the protocol reports 1006, not the status that it sent (§9)',
  '22.3': 'An offer of compression that is not acceptable is answered with 400 (§14)',
  '22.4': 'threshold does not count where the context is kept (§14)',
  '22.5': 'The first concurrencyLimit of the process counts for all (§14)',
  '22.6':
    'A listener for unexpected-response leaves the client CONNECTING until the user acts (§5)',
  '22.7':
    'A failed handshake without an error listener: no close event, and the state stays 2 (§5)',
  '22.8': 'Errors of the socket after open are not told (§9)',
  '22.9': 'Reaching maxPendingAutoPongs terminates silently (§8)',
  '22.10': 'The close timer keeps the process alive, for 30 seconds (§11)',
  '22.11': 'A maxPayload of 2 ** 31 or Infinity is no limit (§12)',
  '22.12': 'A close with a bad code throws and leaves the state OPEN (§8)',
  '22.13': 'The message that verifyClient gives is the body (§16)',
  '22.14': 'Another path is answered with 400, not 404, and wsClientError is not emitted (§16)',
  '22.15': 'The version 0x0d is 13 (§16)',
  '22.16': 'Every 3xx with a Location is a redirect, even 304 (§6)',
  '22.17': 'With a redirect listener no header is removed (§6)',
  '22.18': 'Strings that are written to the stream become binary messages (§17)',
  '22.19': 'handshakeTimeout is the timeout of the request, for an idle socket (§4)',
  '22.20': 'Two servers on one HTTP server destroy connections of each other (§15)',
  '22.21': 'send(null) sends an empty binary message, and an empty string an empty text (§8)',
  '22.22': 'A client ends its side itself, and does not wait for the server (§11)',
  '22.23': 'handleProtocols may choose a subprotocol that was not offered (§15)',
  '22.24': 'Headers that were removed come back when a redirect leads back to the first host (§6)',
  '22.25': 'The limits are 262144 and 16384, and extensions is a string (§2, §3)',
} as const;

export const section22: Section = {
  number: 22,
  title: 'Surprises in one list',
  statements,
  scenarios: [
    ...openingScenarios,
    ...closingScenarios,
    ...compressionScenarios,
    ...serverScenarios,
    ...sendingScenarios,
  ],
};
