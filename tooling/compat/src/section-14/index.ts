/** Section 14: permessage-deflate. */
import type { Section } from '../scenario.js';
import { clientScenarios } from './client-offer.js';
import { compressionScenarios } from './compression.js';
import { inflatingScenarios } from './inflating.js';
import { sizeScenarios } from './sizes.js';
import { serverScenarios } from './server-response.js';
import { statements } from './statements.js';
import { validationScenarios } from './validation.js';
import { zlibScenarios } from './zlib-objects.js';

export const section14: Section = {
  number: 14,
  title: 'permessage-deflate',
  statements,
  scenarios: [
    ...clientScenarios,
    ...serverScenarios,
    ...validationScenarios,
    ...compressionScenarios,
    ...sizeScenarios,
    ...inflatingScenarios,
    ...zlibScenarios,
  ],
};
