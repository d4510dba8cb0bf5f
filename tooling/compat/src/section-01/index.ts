/** Section 1: the package and its exports. */
import type { Section } from '../scenario.js';
import { browserScenarios } from './browser.js';
import { classScenarios } from './commonjs.js';
import { moduleScenarios } from './modules.js';
import { packageScenarios } from './package.js';

const statements = {
  '1.exports': 'The package exports itself and its package.json, and nothing else',
  '1.exports.conditions': 'The condition browser counts before import and require',
  '1.exports.deep': 'Deep paths fail with ERR_PACKAGE_PATH_NOT_EXPORTED',
  '1.main': 'main is the CommonJS entry',
  '1.browser-field': 'The field browser puts the file for browsers in the place of main',
  '1.engines': 'The Node versions that are supported; hybi: 20 and later',
  '1.dependencies': 'There are no dependencies; hybi: none but its own packages',
  '1.peers': 'bufferutil and utf-8-validate are optional peers, in the same versions',
  '1.types': 'ws has no declarations; hybi brings them, and they have what @types/ws lacks',
  '1.class': 'require gives a class WebSocket of three parameters that extends EventEmitter',
  '1.class.constants': 'CONNECTING to CLOSED are enumerable, not writable, not configurable',
  '1.class.statics': 'The enumerable statics are those of the table, in its order',
  '1.class.values': 'Each static is what the table says',
  '1.class.server': 'Server and WebSocketServer are the same class, named WebSocketServer',
  '1.class.assignable':
    'The statics that are no constants are plain properties that can be assigned',
  '1.import':
    'import gives eight named exports, hybi two more, and the class WebSocket as the default',
  '1.import.no-server': 'There is no named export Server',
  '1.import.statics':
    'With import alone the class has no statics but the constants; hybi: it has all of them',
  '1.import.after-require': 'Once the CommonJS entry is loaded too, the class has all statics',
  '1.identity': 'import and require share their objects, whichever comes first',
  '1.browser': 'Under browser the package is one function without parameters that always throws',
  '1.browser.new': 'It throws with new too',
  '1.browser.message': 'The error names the native WebSocket object',
  '1.browser.bare': 'It has no statics, and there are no named exports',
  '1.browser.harmless': 'Loading it is harmless',
} as const;

export const section01: Section = {
  number: 1,
  title: 'Package and exports',
  statements,
  scenarios: [...packageScenarios, ...classScenarios, ...moduleScenarios, ...browserScenarios],
};
