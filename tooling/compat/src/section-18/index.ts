/** Section 18: exported helpers without documentation. */
import type { Section } from '../scenario.js';
import { frameScenarios } from './frame.js';
import { grammarScenarios } from './grammar.js';
import { deflateScenarios } from './permessage-deflate.js';
import { receiverScenarios } from './receiver.js';
import { senderScenarios } from './sender.js';
import { statements } from './statements.js';

export const section18: Section = {
  number: 18,
  title: 'Exported helpers without documentation',
  statements,
  scenarios: [
    ...grammarScenarios,
    ...deflateScenarios,
    ...receiverScenarios,
    ...senderScenarios,
    ...frameScenarios,
  ],
};
