/**
 * Stand-ins for the native helpers, which tell what is asked of them, and the
 * beginning of a program that has a connection to use them on.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installProject } from '../installed.js';

const bufferutil = `
globalThis.calls.push('bufferutil');
if (process.env.BROKEN_HELPERS) throw new Error('broken');
exports.mask = (source, mask, output, offset, length) => {
  globalThis.calls.push('mask ' + length);
  for (let i = 0; i < length; i++) output[offset + i] = source[i] ^ mask[i & 3];
};
exports.unmask = (buffer, mask) => {
  globalThis.calls.push('unmask ' + buffer.length);
  for (let i = 0; i < buffer.length; i++) buffer[i] ^= mask[i & 3];
};
`;

const utf8Validate = `
globalThis.calls.push('utf-8-validate');
if (process.env.BROKEN_HELPERS) throw new Error('broken');
module.exports = (bytes) => {
  globalThis.calls.push('validate ' + bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== undefined;
  } catch {
    return false;
  }
};
`;

/** Makes the project, with the stand-ins installed. */
export async function installWithHelpers(): Promise<void> {
  const directory = await installProject();
  for (const [name, source] of Object.entries({ bufferutil, 'utf-8-validate': utf8Validate })) {
    const folder = path.join(directory, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.js'), source);
  }
}

/** The beginning of a CommonJS program; its `exchange` sends a message from client to server. */
export const prelude = `
globalThis.calls = [];
const http = require('node:http');
const buffer = require('node:buffer');
const { duplexPair } = require('node:stream');
const { once } = require('node:events');
const print = (...values) => console.log(JSON.stringify(values));
const printCalls = (what) => print(what, globalThis.calls.splice(0));

function open(WebSocket) {
  const [left, right] = duplexPair();
  const options = { autoPong: true, closeTimeout: 1000 };
  const server = new WebSocket(null, undefined, options);
  const client = new WebSocket(null, undefined, options);
  client._isServer = false;
  server.setSocket(left, Buffer.alloc(0), {});
  client.setSocket(right, Buffer.alloc(0), {});
  return { server, client };
}

async function exchange({ server, client }, data) {
  const received = once(server, 'message');
  client.send(data);
  const [message] = await received;
  print(message.equals(Buffer.from(data)));
}
`;
