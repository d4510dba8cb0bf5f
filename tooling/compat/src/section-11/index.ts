/** Section 11: ready states, closing handshake, timers. */
import type { Section } from '../scenario.js';
import { handshakeScenarios } from './handshake.js';
import { stateScenarios } from './states.js';
import { statements } from './statements.js';
import { timerScenarios } from './timers.js';

export const section11: Section = {
  number: 11,
  title: 'Ready states, closing handshake, timers',
  statements,
  scenarios: [...stateScenarios, ...handshakeScenarios, ...timerScenarios],
};
