/** Section 13: sending. */
import type { Section } from '../scenario.js';
import { failureScenarios } from './failures.js';
import { framingScenarios } from './framing.js';
import { maskingKeyScenarios } from './masking-keys.js';
import { memoryScenarios } from './memory.js';
import { orderScenarios } from './order.js';
import { statements } from './statements.js';

export const section13: Section = {
  number: 13,
  title: 'Sending: framing, masking, queueing',
  statements,
  scenarios: [
    ...framingScenarios,
    ...maskingKeyScenarios,
    ...memoryScenarios,
    ...orderScenarios,
    ...failureScenarios,
  ],
};
