/** Where hybi compresses to other bytes than `ws`: they inflate to the same, and are about as many. */
import { createCipheriv } from 'node:crypto';
import { constants, inflateRawSync } from 'node:zlib';
import { sameBytes } from '../compression.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { longMessages, noteTwice } from './compression.js';
import { openClient, send } from './connections.js';

/** What a sync flush ends with, and a message leaves out. */
const tail = Buffer.of(0x00, 0x00, 0xff, 0xff);

/** Sends messages, notes what their peer makes of them, and returns the lengths of their payloads. */
async function noteInflated(
  world: World,
  messages: readonly (Buffer | string)[],
  perMessageDeflate: object = {},
): Promise<number[]> {
  const { websocket, socket } = await openClient(world, '', perMessageDeflate);
  const payloads: Buffer[] = [];
  for (const message of messages) {
    await send(websocket, message);
    payloads.push(payloadOf(socket.take()));
  }
  const stream = Buffer.concat(payloads.flatMap((payload) => [payload, tail]));
  world.note('inflated', inflateRawSync(stream, { finishFlush: constants.Z_SYNC_FLUSH }));
  return payloads.map(({ length }) => length);
}

/** The payload of a client's frame of less than 64 KiB, masked with zeros. */
function payloadOf(frame: Buffer): Buffer {
  const length = frame.readUInt8(1) & 0x7f;
  return frame.subarray(length === 126 ? 8 : 6);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Bytes with no order in them, always the same. */
function incompressible(length: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(
    Buffer.alloc(length),
  );
}

/** Records such as programs send, of some 300 bytes each. */
const records: readonly string[] = Array.from({ length: 50 }, (_, id) =>
  JSON.stringify({
    id,
    type: ['created', 'changed', 'removed'][id % 3],
    values: Array.from({ length: 20 }, (_each, i) => (id * 7919 + i * i * 104_729) % 9973),
    text: `The ${['quick', 'slow', 'lazy'][id % 3]} fox no. ${id} jumps over ${id % 7} dogs`,
  }),
);

export const sizeScenarios: readonly Scenario[] = [
  {
    title: 'messages with the defaults for zlib, and with those of ws',
    covers: ['14.deflate.tail', '14.deflate.takeover', '14.zlib-options'],
    async run(world) {
      for (const messages of [records, longMessages, [records.join('\n')]]) {
        const lengths = await noteInflated(world, messages);
        const same = await noteInflated(world, messages, { zlibDeflateOptions: sameBytes });
        world.note('at most a tenth more', sum(lengths) <= 1.1 * sum(same));
      }
    },
  },
  {
    title: 'a message that repeats what was sent 12 KiB before',
    covers: ['14.deflate.takeover'],
    because:
      'the window of a context that outlives its message is 8 KiB in hybi and 32 KiB in ws; a fifth of the memory',
    async run(world) {
      const message = incompressible(12 * 1024);
      for (const options of [{}, { zlibDeflateOptions: sameBytes }]) {
        const [first = 0, second = 0] = await noteInflated(world, [message, message], options);
        world.note('is shorter', second < first / 10);
      }
    },
    compare: (entries) => entries.filter(([what]) => what === 'is shorter'),
    expected: {
      ws: [
        ['is shorter', true],
        ['is shorter', true],
      ],
      hybi: [
        ['is shorter', false],
        ['is shorter', true],
      ],
    },
  },
  {
    title: 'zlib writes into chunks so small that the end of a message fills one',
    covers: ['14.zlib-options'],
    because:
      'ws repeats the marker of the flush then; hybi does not, and the messages are the same',
    run: (world) => noteTwice(world, { chunkSize: 64 }),
    compare: (entries) => entries.map(([, , sent]) => (sent as string[])[1]?.slice(118)),
    expected: {
      ws: ['c18c000000001a553c081503000000ffff00'],
      hybi: ['c187000000001a553c08150300'],
    },
  },
];
