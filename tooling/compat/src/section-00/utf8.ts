/** When malformed text is reported. */
import { masked, unmasked, zeroKey } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

type Framed = typeof masked;

/** A text in pieces: what comes up to its bad byte, and the rest. */
interface BadText {
  readonly title: string;
  readonly start: (frame: Framed) => Buffer;
  readonly rest: (frame: Framed) => Buffer;
}

const bad = Buffer.from([0x61, 0xff]);

const texts: readonly BadText[] = [
  {
    title: 'the first of two fragments',
    start: (frame) => frame(0x01, bad),
    rest: (frame) => frame(0x80, 'end'),
  },
  {
    title: 'the beginning of a frame',
    start: (frame) => frame(0x81, Buffer.concat([bad, Buffer.alloc(8, 'x')])).subarray(0, -8),
    rest: () => Buffer.alloc(8, 'x'),
  },
  {
    title: 'a sequence that the second fragment breaks',
    start: (frame) => Buffer.concat([frame(0x01, Buffer.from([0xc3])), frame(0x00, 'a')]),
    rest: (frame) => frame(0x80, 'end'),
  },
];

async function open(world: World, side: 'client' | 'server'): Promise<ManualSocket> {
  const { websocket, socket } =
    side === 'server'
      ? openManually(world)
      : await openClientManually(world, { generateMask: zeroKey });
  world.watch(websocket, side, ['error', 'message']);
  return socket;
}

const error = {
  class: 'Error',
  message: 'Invalid WebSocket frame: invalid UTF-8 sequence',
  code: 'WS_ERR_INVALID_UTF8',
};
const closing = ['written', ['Buffer', '880203ef']];
const maskedClosing = ['written', ['Buffer', '88820000000003ef']];
const nothing = ['written', ['Buffer', '']];

export const utf8Scenarios: readonly Scenario[] = [
  ...texts.map(({ title, start, rest }): Scenario => ({
    title: `malformed text: ${title}`,
    covers: ['0.utf8.moment'],
    because: 'What is malformed stays malformed; nothing is gained by waiting for the rest',
    async run(world) {
      for (const side of ['server', 'client'] as const) {
        const frame = side === 'server' ? masked : unmasked;
        const socket = await open(world, side);
        await socket.receive(start(frame));
        await turn();
        world.note('written', socket.take());
        await socket.receive(rest(frame));
        await turn();
        world.note('written', socket.take());
      }
    },
    expected: {
      ws: [
        nothing,
        ['server error', error],
        closing,
        nothing,
        ['client error', error],
        maskedClosing,
      ],
      hybi: [
        ['server error', error],
        closing,
        nothing,
        ['client error', error],
        maskedClosing,
        nothing,
      ],
    },
  })),
  ...texts.map(({ title, start, rest }): Scenario => ({
    title: `malformed text in one chunk: ${title}`,
    covers: ['0.utf8.same'],
    async run(world) {
      for (const side of ['server', 'client'] as const) {
        const frame = side === 'server' ? masked : unmasked;
        const socket = await open(world, side);
        await socket.receive(start(frame), rest(frame));
        await turn();
        world.note('written', socket.take());
      }
    },
  })),
  {
    title: 'text whose end cuts a sequence short',
    covers: ['0.utf8.same'],
    async run(world) {
      for (const frames of [
        [masked(0x81, Buffer.from([0xe2, 0x82]))],
        [masked(0x01, Buffer.from([0xe2])), masked(0x80, Buffer.from([0x82]))],
        [masked(0x01, Buffer.from([0xe2])), masked(0x80, Buffer.from([0x82, 0xac]))],
      ]) {
        const socket = await open(world, 'server');
        for (const frame of frames) {
          await socket.receive(frame);
          await turn();
          world.note('written', socket.take());
        }
      }
    },
  },
];
