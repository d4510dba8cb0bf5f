/** Section 12: receiving. */
import type { Section } from '../scenario.js';
import { compressedScenarios } from './compressed.js';
import { limitValueScenarios } from './limit-values.js';
import { limitScenarios } from './limits.js';
import { orderScenarios } from './order.js';
import { ruleScenarios } from './rules.js';
import { statements } from './statements.js';
import { utf8Scenarios } from './utf8.js';

export const section12: Section = {
  number: 12,
  title: 'Receiving',
  statements,
  scenarios: [
    ...ruleScenarios,
    ...orderScenarios,
    ...utf8Scenarios,
    ...limitScenarios,
    ...limitValueScenarios,
    ...compressedScenarios,
  ],
};
