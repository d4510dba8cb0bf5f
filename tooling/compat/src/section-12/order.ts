/** Which of several broken rules is the one that is reported. */
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { receiveByReceiver } from './peers.js';

/** The second bytes of frames: lengths that matter, and a mask. */
const seconds = [0x00, 0x01, 0x7e, 0x81];

const events = ['message', 'ping', 'pong', 'conclude'];

/** Every first byte of a frame, behind nothing or inside a message. */
function everyHead(title: string, deflate: boolean, inside: boolean): Scenario {
  return {
    title,
    covers: ['12.order'],
    async run(world) {
      for (let firstByte = 0; firstByte < 256; firstByte++) {
        const outcomes = seconds.map((second) => {
          const first = inside ? [0x01, 0x00] : [];
          return outcomeOf(world, [...first, firstByte, second], deflate);
        });
        await new Promise(process.nextTick);
        world.note(firstByte.toString(16), ...outcomes.map((outcome) => outcome.join()));
      }
    },
  };
}

/** What a Receiver makes of bytes; what it inflates ends there. */
function outcomeOf(world: World, bytes: number[], deflate: boolean): string[] {
  const outcome: string[] = [];
  const inflate = { decompress: () => outcome.push('inflate') };
  const extensions = deflate ? { 'permessage-deflate': inflate } : {};
  const receiver = new world.lib.module.Receiver({ extensions, maxPayload: 100 });
  receiver.on('error', ({ message }: Error) => outcome.push(message));
  for (const name of events) receiver.on(name, () => outcome.push(name));
  receiver.write(Buffer.from(bytes));
  return outcome;
}

export const orderScenarios: readonly Scenario[] = [
  everyHead('every head of a frame', false, false),
  everyHead('every head of a frame, inside a message', false, true),
  everyHead('every head of a frame, with the extension', true, false),
  everyHead('every head of a frame, inside a message, with the extension', true, true),
  {
    title: 'a length that is both too long and unsupported',
    covers: ['12.order', '12.length.huge'],
    run: (world) =>
      receiveByReceiver(world, ({ head }) => head(0x82, 127, 0x00, 0x20, 0, 0, 0, 0, 0, 0), {
        options: { maxPayload: 5 },
      }),
  },
  {
    title: 'too long a message in too many fragments',
    covers: ['12.order'],
    run: (world) =>
      receiveByReceiver(world, ({ frame }) => [frame(0x02, 'abc'), frame(0x80, 'def')], {
        options: { maxPayload: 5, maxFragments: 1 },
      }),
  },
  {
    title: 'malformed text in too many fragments',
    covers: ['12.order'],
    run: (world) =>
      receiveByReceiver(world, ({ frame }) => [frame(0x01), frame(0x80, Buffer.from([0xff]))], {
        options: { maxFragments: 1 },
      }),
  },
  {
    title: 'a close frame with a code that is not permitted and a malformed reason',
    covers: ['12.order'],
    run: (world) =>
      receiveByReceiver(world, ({ frame }) => frame(0x88, Buffer.from([0x00, 0x00, 0xff]))),
  },
];
