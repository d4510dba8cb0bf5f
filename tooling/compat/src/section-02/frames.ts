/** What is done with frames and their bytes. */
import { closing, masked } from '../frames.js';
import { noteProgram } from '../installed.js';
import { openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const frameScenarios: readonly Scenario[] = [
  {
    title: 'masking by Node',
    covers: ['2.native'],
    run: (world) =>
      noteProgram(
        world,
        'calls',
        `
const http = require('node:http');
const { duplexPair } = require('node:stream');
const calls = [];
http.websocketMask = (source, mask, output, offset, length) => {
  calls.push('mask');
  for (let i = 0; i < length; i++) output[offset + i] = source[i] ^ mask[i & 3];
};
http.websocketUnmask = (bytes, mask) => {
  calls.push('unmask');
  for (let i = 0; i < bytes.length; i++) bytes[i] ^= mask[i & 3];
};
const WebSocket = require('PACKAGE');
const [left, right] = duplexPair();
const server = new WebSocket(null, undefined, {});
const client = new WebSocket(null, undefined, {});
client._isServer = false;
server.on('message', (data) => {
  console.log(JSON.stringify([calls, data.length, data.every((byte) => byte === 97)]));
});
server.setSocket(left, Buffer.alloc(0), {});
client.setSocket(right, Buffer.alloc(0), {});
client.send(Buffer.alloc(5000, 'a'));`,
        { commonjs: true },
      ),
  },
  {
    title: 'frames without a payload',
    covers: ['2.empty-frame'],
    run(world) {
      const { frame } = world.lib.module['Sender'];
      const options = { fin: true, opcode: 2, readOnly: true, rsv1: false };
      for (const mask of [true, false]) {
        for (const data of [Buffer.alloc(0), '']) {
          const generateMask = (key: Buffer): void => void key.fill(1);
          world.note('frame', frame(data, { ...options, mask, generateMask }));
        }
      }
    },
  },
  {
    title: 'the memory of a reason',
    covers: ['2.reason'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const chunk = Buffer.concat([masked(0x81, 'text'), masked(0x88, closing(1000, 'reason'))]);
      websocket.on('close', (code, reason) => {
        world.note('close', code, reason, reason.buffer === chunk.buffer);
        chunk.fill(0);
        world.note('after', reason);
      });
      socket.push(chunk);
      await turn();
      await socket.receiveEnd();
      await turn();
    },
  },
];
