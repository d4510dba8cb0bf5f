/** Section 4: the client's constructor. */
import type { Section } from '../scenario.js';
import { argumentScenarios } from './arguments.js';
import { checkScenarios } from './checks.js';
import { connectingScenarios } from './connecting.js';
import { handedOnScenarios } from './handed-on.js';
import { limitScenarios } from './limits.js';
import { mannerScenarios } from './manners.js';
import { nullAddressScenarios } from './null-address.js';
import { redirectScenarios } from './redirects.js';
import { requestScenarios } from './request.js';
import { statements } from './statements.js';

export const section04: Section = {
  number: 4,
  title: 'Client constructor',
  statements,
  scenarios: [
    ...argumentScenarios,
    ...nullAddressScenarios,
    ...limitScenarios,
    ...mannerScenarios,
    ...requestScenarios,
    ...connectingScenarios,
    ...redirectScenarios,
    ...handedOnScenarios,
    ...checkScenarios,
  ],
};
