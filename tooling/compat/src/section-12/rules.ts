/** The rules for frames: each broken alone, in both roles. */
import { closing, masked, unmasked } from '../frames.js';
import { openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { receiveAsClient, receiveAsServer, receiveByReceiver, receiveEverywhere } from './peers.js';
import type { Setup, Traffic } from './peers.js';

/** What every broken rule shows. */
const always = ['12.close-frame', '12.code', '12.prefix', '12.status'];

function rule(
  title: string,
  covers: readonly string[],
  traffic: Traffic | readonly Traffic[],
  setup?: Setup,
): Scenario {
  return {
    title,
    covers: [...covers, ...always],
    async run(world) {
      for (const each of [traffic].flat()) await receiveEverywhere(world, each, setup);
    },
  };
}

const deflate: Setup = { deflate: true };

export const ruleScenarios: readonly Scenario[] = [
  rule(
    'RSV2, RSV3, both',
    ['12.rsv2-3'],
    [0xa1, 0x91, 0xb2].map(
      (firstByte) =>
        ({ frame }) =>
          frame(firstByte, 'hello'),
    ),
  ),
  rule('RSV1 without the extension', ['12.rsv1'], ({ frame }) => frame(0xc1, 'hello')),
  {
    title: 'RSV1 with every opcode, without the extension',
    covers: ['12.rsv1.every-opcode'],
    async run(world) {
      for (let opcode = 0; opcode < 16; opcode++) {
        world.note('opcode', opcode);
        await receiveByReceiver(world, ({ head }) => head(0x40 | opcode, 127));
      }
    },
  },
  rule(
    'RSV1 on a continuation frame, with the extension',
    ['12.rsv1.continuation'],
    [
      ({ frame }) => frame(0xc0, 'without a start'),
      ({ frame }) => [frame(0x01, 'start'), frame(0xc0, 'end')],
    ],
    deflate,
  ),
  rule(
    'RSV1 on control frames, with the extension',
    ['12.rsv1.control'],
    [
      ({ frame }) => frame(0xc9, 'ping'),
      ({ frame }) => frame(0xca, 'pong'),
      ({ frame }) => frame(0xc8, closing(1000)),
      ({ head }) => head(0xc9, 126),
      ({ head }) => head(0xc8, 1),
      ({ head }) => head(0x49, 4),
    ],
    deflate,
  ),
  rule(
    'a continuation without a message',
    ['12.opcode.continuation'],
    [
      ({ frame }) => frame(0x80, 'end'),
      ({ frame }) => frame(0x00, 'more'),
      ({ frame }) => [frame(0x81, 'a message'), frame(0x80, 'end')],
      ({ frame }) => [frame(0x01, 'a '), frame(0x80, 'message'), frame(0x80, 'end')],
    ],
  ),
  rule(
    'a message inside a message',
    ['12.opcode.inside'],
    [
      ({ frame }) => [frame(0x01, 'start'), frame(0x81, 'text')],
      ({ frame }) => [frame(0x02, 'start'), frame(0x02, 'binary')],
      ({ frame }) => [frame(0x02), frame(0x89, 'ping'), frame(0x81)],
    ],
  ),
  {
    title: 'the reserved opcodes',
    covers: ['12.opcode.reserved', ...always],
    async run(world) {
      for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) {
        await receiveByReceiver(world, ({ frame }) => frame(0x80 | opcode, 'x'));
        await receiveByReceiver(world, ({ head }) => head(opcode, 127));
      }
      await receiveAsServer(world, ({ frame }) => frame(0x83));
      await receiveAsClient(world, ({ frame }) => frame(0x8b));
    },
  },
  rule(
    'control frames without FIN',
    ['12.control.fin'],
    [0x08, 0x09, 0x0a].map(
      (firstByte) =>
        ({ frame }) =>
          frame(firstByte),
    ),
  ),
  rule(
    'control frames that are too long',
    ['12.control.length'],
    [
      ({ frame }) => frame(0x89, Buffer.alloc(126)),
      ({ head }) => head(0x8a, 126, 0, 5),
      ({ head }) => head(0x88, 127),
    ],
  ),
  rule('a close frame of one byte', ['12.close.length'], ({ frame }) => frame(0x88, 'x')),
  {
    title: 'an unmasked frame for a server',
    covers: ['12.mask.server', ...always],
    async run(world) {
      for (const firstByte of [0x81, 0x02, 0x88, 0x89]) {
        await receiveAsServer(world, () => unmasked(firstByte));
      }
      await receiveAsServer(world, () => [masked(0x81, 'masked'), unmasked(0x81, 'unmasked')]);
    },
  },
  {
    title: 'a masked frame for a client',
    covers: ['12.mask.client', ...always],
    async run(world) {
      for (const firstByte of [0x81, 0x02, 0x88, 0x8a]) {
        await receiveAsClient(world, () => masked(firstByte));
      }
      await receiveAsClient(world, () => [unmasked(0x81, 'unmasked'), masked(0x81, 'masked')]);
    },
  },
  rule(
    'close codes that are not permitted',
    ['12.close.code'],
    [0, 1005, 5000].map(
      (code) =>
        ({ frame }) =>
          frame(0x88, closing(code, 'reason')),
    ),
  ),
  {
    title: 'every close code near a border',
    covers: ['12.close.code', '12.close.code.permitted'],
    async run(world) {
      for (const code of borders) {
        await receiveByReceiver(world, ({ frame }) => frame(0x88, closing(code)));
      }
    },
  },
  {
    title: 'answers that are put off by a tick, and bad bytes behind the message',
    covers: ['12.close-frame'],
    async run(world) {
      for (const later of [queueMicrotask, process.nextTick]) {
        const { websocket, socket } = openManually(world);
        world.watch(websocket, 'websocket', ['message', 'error']);
        websocket.on('message', () => {
          later(() => {
            world.note('answer', websocket.readyState);
            websocket.send('answer');
          });
        });
        socket.push(Buffer.concat([masked(0x81, 'question'), masked(0x83)]));
        world.note('received', websocket.readyState);
        await turn();
        world.note('sent', socket.take());
      }
    },
  },
  {
    title: 'what follows an error',
    covers: ['12.deaf'],
    async run(world) {
      await receiveEverywhere(world, ({ frame }) => [
        frame(0x81, 'before'),
        Buffer.concat([frame(0x89, 'ping'), frame(0x83), frame(0x81, 'behind')]),
        frame(0x83),
        frame(0x88, closing(1000)),
      ]);
    },
  },
];

const borders = [
  [0, 1, 999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013],
  [1014, 1015, 1016, 1999, 2000, 2999, 3000, 3001, 3999, 4000, 4999, 5000, 5001, 65_535],
].flat();
