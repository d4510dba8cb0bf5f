/** Section 5: the client's opening handshake. */
import type { Section } from '../scenario.js';
import { abandoningScenarios } from './abandoning.js';
import { acceptedScenarios } from './accepted.js';
import { connectingScenarios } from './connecting.js';
import { failureScenarios } from './failures.js';
import { refusedScenarios } from './refused.js';
import { requestScenarios } from './request.js';
import { statements } from './statements.js';
import { unexpectedScenarios } from './unexpected.js';
import { upgradeScenarios } from './upgrade.js';

export const section05: Section = {
  number: 5,
  title: 'Client handshake',
  statements,
  scenarios: [
    ...requestScenarios,
    ...connectingScenarios,
    ...upgradeScenarios,
    ...refusedScenarios,
    ...acceptedScenarios,
    ...unexpectedScenarios,
    ...failureScenarios,
    ...abandoningScenarios,
  ],
};
