/** Section 0: where hybi differs from `ws`, and nowhere else. */
import type { Section } from '../scenario.js';
import { compressionScenarios } from './compression.js';
import { redirectScenarios } from './redirects.js';
import { shapeScenarios } from './shape.js';
import { strictnessScenarios } from './strictness.js';
import { utf8Scenarios } from './utf8.js';

const statements = {
  '0.redirect.unix': 'A redirect from the network to a Unix socket is refused with an error event',
  '0.redirect.plain': 'So is a redirect from wss to ws',
  '0.redirect.allowed': 'The option allowUnsafeRedirects allows both',
  '0.redirect.proxy': 'To another host Proxy-Authorization is dropped, too',
  '0.utf8.moment': 'Malformed text is reported at its first bad byte',
  '0.utf8.same': 'The error and the close code are the same as for a message that is complete',
  '0.compression.at-once':
    'Messages of up to 16 KiB are compressed and inflated at once, so nothing comes between',
  '0.compression.option': 'With maxSyncBytes: 0 all are compressed and inflated where ws does it',
  '0.compression.large': 'Larger messages are compressed and inflated where ws does it',
  '0.types': 'Declarations ship with the package and have what @types/ws lacks',
  '0.statics': 'The class has its statics however it was loaded',
  '0.strictness.default': 'Nothing that ws accepts is refused by default',
  '0.strictness.option': 'The option strict refuses what the RFCs forbid and ws tolerates',
} as const;

export const section00: Section = {
  number: 0,
  title: 'Deliberate differences',
  statements,
  scenarios: [
    ...redirectScenarios,
    ...utf8Scenarios,
    ...compressionScenarios,
    ...shapeScenarios,
    ...strictnessScenarios,
  ],
};
