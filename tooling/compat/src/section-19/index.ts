/** Section 19: environment variables and native helpers. */
import type { Section } from '../scenario.js';
import { maskingScenarios } from './masking.js';
import { utf8Scenarios } from './utf8.js';

const statements = {
  '19.masking.bufferutil': 'bufferutil is used for masking and unmasking if it is installed',
  '19.masking.off': 'WS_NO_BUFFER_UTIL keeps bufferutil from being loaded, unless it is empty',
  '19.masking.http':
    'http.websocketMask and http.websocketUnmask are used if Node has both, and bufferutil is not loaded then',
  '19.masking.sizes':
    'Short payloads are masked in JavaScript: below 24, 32 or 48 bytes; hybi: below 2048',
  '19.utf8.native': 'buffer.isUtf8 is used from 24 bytes on, and utf-8-validate is not loaded then',
  '19.utf8.validate':
    'utf-8-validate is used if there is no buffer.isUtf8, from 32 bytes on; hybi: from 24',
  '19.utf8.off': 'WS_NO_UTF_8_VALIDATE keeps utf-8-validate from being loaded, unless it is empty',
  '19.load': 'The variables and the helpers are looked at once, when the package is loaded',
  '19.failing': 'A helper that can not be loaded is ignored',
  '19.javascript': 'Without helpers JavaScript does the same',
} as const;

export const section19: Section = {
  number: 19,
  title: 'Environment variables and native helpers',
  statements,
  scenarios: [...maskingScenarios, ...utf8Scenarios],
};
