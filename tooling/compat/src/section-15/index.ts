/** Section 15: WebSocketServer. */
import type { Section } from '../scenario.js';
import { classScenarios } from './class-option.js';
import { closeScenarios } from './close.js';
import { eventScenarios } from './events.js';
import { handleUpgradeScenarios } from './handle-upgrade.js';
import { handleProtocolsScenarios } from './handle-protocols.js';
import { modeScenarios } from './modes.js';
import { optionScenarios } from './options.js';
import { sharingScenarios } from './sharing.js';
import { statements } from './statements.js';
import { verifyClientScenarios } from './verify-client.js';

export const section15: Section = {
  number: 15,
  title: 'WebSocketServer',
  statements,
  scenarios: [
    ...optionScenarios,
    ...modeScenarios,
    ...handleProtocolsScenarios,
    ...verifyClientScenarios,
    ...classScenarios,
    ...eventScenarios,
    ...handleUpgradeScenarios,
    ...closeScenarios,
    ...sharingScenarios,
  ],
};
