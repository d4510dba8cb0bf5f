/** What require gives. */
import { noteProgram } from '../installed.js';
import type { Scenario } from '../scenario.js';

const prelude = `
const print = (...values) => console.log(JSON.stringify(values));
const WebSocket = require('PACKAGE');
`;

export const classScenarios: readonly Scenario[] = [
  {
    title: 'the class',
    covers: ['1.class', '1.class.constants'],
    run: (world) =>
      noteProgram(
        world,
        'class',
        `${prelude}
print(typeof WebSocket, WebSocket.name, WebSocket.length, /^class/.test(String(WebSocket)));
print(WebSocket.prototype instanceof require('node:events'), WebSocket.prototype.constructor === WebSocket);
for (const name of ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED']) {
  print(name, Object.getOwnPropertyDescriptor(WebSocket, name));
  print(name, Object.getOwnPropertyDescriptor(WebSocket.prototype, name));
}
try { WebSocket('ws://localhost'); } catch (error) { print(error.name); }`,
        { commonjs: true },
      ),
  },
  {
    title: 'the statics',
    covers: ['1.class.statics', '1.class.values', '1.class.server'],
    run: (world) =>
      noteProgram(
        world,
        'statics',
        `${prelude}
print(Object.keys(WebSocket));
for (const [name, value] of Object.entries(WebSocket)) {
  if (typeof value === 'number') continue;
  const shape = typeof value === 'object' ? Object.keys(value) : [value.name, /^class/.test(value)];
  print(name, typeof value, shape);
}
const { Server, WebSocketServer } = WebSocket;
print(Server === WebSocketServer, Server.name, WebSocket.WebSocket === WebSocket);
print(WebSocket.PerMessageDeflate.extensionName, typeof WebSocket.Sender.frame);
print(Object.values(WebSocket.extension).map((f) => f.length));
const all = []; for (const name in WebSocket) all.push(name);
print(all);`,
        { commonjs: true },
      ),
  },
  {
    title: 'assigning to the statics',
    covers: ['1.class.assignable', '1.class.constants'],
    run: (world) =>
      noteProgram(
        world,
        'assigned',
        `'use strict';
${prelude}
for (const name of Object.keys(WebSocket)) {
  const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(WebSocket, name);
  try {
    WebSocket[name] = 'other';
    print(name, writable, enumerable, configurable, WebSocket[name], delete WebSocket[name]);
  } catch (error) {
    print(name, writable, enumerable, configurable, error.name);
  }
}`,
        { commonjs: true },
      ),
  },
];
