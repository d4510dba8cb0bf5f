/** Section 8: methods of WebSocket. */
import type { Section } from '../scenario.js';
import { autoPongScenarios } from './auto-pong.js';
import { callbackScenarios } from './callbacks.js';
import { closeScenarios } from './close.js';
import { closeArgumentScenarios } from './close-arguments.js';
import { dataScenarios } from './data.js';
import { pauseScenarios } from './pause.js';
import { pingScenarios } from './ping.js';
import { sendScenarios } from './send.js';
import { stateScenarios } from './states.js';
import { statements } from './statements.js';
import { terminateScenarios } from './terminate.js';

export const section08: Section = {
  number: 8,
  title: 'Methods of WebSocket',
  statements,
  scenarios: [
    ...stateScenarios,
    ...dataScenarios,
    ...callbackScenarios,
    ...sendScenarios,
    ...pingScenarios,
    ...closeScenarios,
    ...closeArgumentScenarios,
    ...terminateScenarios,
    ...pauseScenarios,
    ...autoPongScenarios,
  ],
};
