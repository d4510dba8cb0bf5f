/** What bundles for browsers get. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';

const flags = ['--conditions=browser'];

const look = `
print(typeof stub, stub.length, Object.keys(stub), 'prototype' in stub);
for (const call of [() => stub(), () => new stub(), () => stub('ws://localhost'), () => new stub(1, 2)]) {
  try { print('returned', call()); } catch (error) { print(error.name, error.message, error.code); }
}`;

export const browserScenarios: readonly Scenario[] = [
  {
    title: 'require under the condition browser',
    covers: [
      ...['1.exports.conditions', '1.browser', '1.browser.new', '1.browser.message'],
      '1.browser.bare',
    ],
    run: (world) =>
      noteProgram(
        world,
        'stub',
        `const print = (...values) => console.log(JSON.stringify(values));
const stub = require('PACKAGE');
${look}`,
        { commonjs: true, flags },
      ),
  },
  {
    title: 'import under the condition browser',
    covers: [
      ...['1.exports.conditions', '1.browser', '1.browser.new', '1.browser.bare'],
      '1.browser.harmless',
    ],
    run: (world) =>
      noteProgram(
        world,
        'stub',
        `const print = (...values) => console.log(JSON.stringify(values));
import stub from 'PACKAGE';
import * as all from 'PACKAGE';
print(Object.keys(all).filter((name) => name !== 'module.exports'));
${look}`,
        { flags },
      ),
  },
];
