/** Section 17: createWebSocketStream. */
import type { Section } from '../scenario.js';
import { endingScenarios } from './ending.js';
import { failingScenarios } from './failing.js';
import { readingScenarios } from './reading.js';
import { statements } from './statements.js';
import { writingScenarios } from './writing.js';

export const section17: Section = {
  number: 17,
  title: 'createWebSocketStream',
  statements,
  scenarios: [...readingScenarios, ...writingScenarios, ...endingScenarios, ...failingScenarios],
};
