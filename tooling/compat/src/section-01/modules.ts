/** What import gives, and how it and require go together. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';

const prelude = `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const print = (...values) => console.log(JSON.stringify(values));
`;

/** What hybi exports besides. */
const additions = ['PreparedMessage', 'broadcast'];

const exportsOfWs = [
  ...['PerMessageDeflate', 'Receiver', 'Sender', 'WebSocket', 'WebSocketServer'],
  ...['createWebSocketStream', 'default', 'extension', 'subprotocol'],
];

// With ws the additions are undefined on both sides.
const compareBoth = `
print(required === imported.default, required === imported.WebSocket);
const additions = ${JSON.stringify(additions)};
for (const name of Object.keys(imported)) {
  const isCommon = name !== 'default' && !additions.includes(name);
  if (isCommon) print(name, imported[name] === required[name]);
}
print(additions.every((name) => imported[name] === required[name]));
print(Object.keys(imported.default));`;

const whatImportGives = (names: readonly string[]): unknown => [
  [
    'exports',
    0,
    [[...names].sort(), true, false],
    ['WebSocket', 'WebSocketServer'],
    ['SyntaxError'],
    '',
  ],
];

export const moduleScenarios: readonly Scenario[] = [
  {
    title: 'the exports of the module',
    covers: ['1.import', '1.import.no-server'],
    because: 'hybi has two names more, which no program that was written for ws imports',
    expected: {
      ws: whatImportGives(exportsOfWs),
      hybi: whatImportGives([...exportsOfWs, ...additions]),
    },
    run: (world) =>
      noteProgram(
        world,
        'exports',
        `${prelude}
import * as all from 'PACKAGE';
import WebSocket, { WebSocketServer } from 'PACKAGE';
print(Object.keys(all), WebSocket === all.WebSocket, 'Server' in all);
print(WebSocket.name, WebSocketServer.name);
try { await import('./server.mjs'); } catch (error) { print(error.name); }`,
        { files: { 'server.mjs': "import { Server } from 'PACKAGE';" } },
      ),
  },
  {
    title: 'the statics of the class that was imported',
    covers: ['1.import.statics'],
    because: 'Section 0: the class of hybi has its statics however it was loaded',
    expected: {
      ws: [['statics', 0, [['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']], ['undefined'], '']],
      hybi: [
        [
          'statics',
          0,
          [
            [
              ...['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED', 'createWebSocketStream', 'extension'],
              ...['PerMessageDeflate', 'Receiver', 'Sender', 'Server', 'subprotocol', 'WebSocket'],
              'WebSocketServer',
            ],
          ],
          ['function'],
          '',
        ],
      ],
    },
    run: (world) =>
      noteProgram(
        world,
        'statics',
        `${prelude}
import WebSocket from 'PACKAGE';
print(Object.keys(WebSocket));
print(typeof WebSocket.Server);`,
      ),
  },
  {
    title: 'import before require',
    covers: ['1.identity', '1.import.after-require'],
    run: (world) =>
      noteProgram(
        world,
        'both',
        `${prelude}
const imported = await import('PACKAGE');
const required = require('PACKAGE');
${compareBoth}`,
      ),
  },
  {
    title: 'require before import',
    covers: ['1.identity'],
    run: (world) =>
      noteProgram(
        world,
        'both',
        `${prelude}
const required = require('PACKAGE');
const imported = await import('PACKAGE');
${compareBoth}`,
      ),
  },
  {
    title: 'a WebSocket of one module system, and the class of the other',
    covers: ['1.identity'],
    run: (world) =>
      noteProgram(
        world,
        'instance',
        `${prelude}
import { WebSocket } from 'PACKAGE';
const WS = require('PACKAGE');
const websocket = new WebSocket(null, undefined, {});
print(websocket instanceof WS, new WS.Server({ noServer: true }).options.WebSocket === WebSocket);`,
      ),
  },
];
