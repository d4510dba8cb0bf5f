/** Malformed text. */
import { closing } from '../frames.js';
import type { Scenario } from '../scenario.js';
import { receiveByReceiver, receiveEverywhere } from './peers.js';
import type { Framing } from './peers.js';

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** Overlong, surrogates, past the last code point, cut short, stray, and two that are fine. */
const sequences = [
  'c0af',
  'c1bf',
  'e08080',
  'e09fbf',
  'eda080',
  'edbfbf',
  'f0808080',
  'f08fbfbf',
  'f4908080',
  'f5808080',
  'c3',
  'e282',
  'f09f98',
  '80',
  '61ff',
  'ce78',
  'f09f9880',
  'efbfbf',
];

function asText({ frame }: Framing, hex: string): Buffer {
  return frame(0x81, bytes(hex));
}

function asReason({ frame }: Framing, hex: string): Buffer {
  return frame(0x88, Buffer.concat([closing(1000), bytes(hex)]));
}

const long = Buffer.alloc(200, 'x');

export const utf8Scenarios: readonly Scenario[] = [
  {
    title: 'malformed text',
    covers: ['12.utf8.text', '12.close-frame', '12.code', '12.prefix', '12.status'],
    run: (world) => receiveEverywhere(world, (framing) => asText(framing, 'ceba61ff')),
  },
  {
    title: 'a malformed close reason',
    covers: ['12.utf8.reason', '12.close-frame', '12.code', '12.prefix', '12.status'],
    run: (world) => receiveEverywhere(world, (framing) => asReason(framing, 'ceba61ff')),
  },
  {
    title: 'text of many kinds',
    covers: ['12.utf8.text'],
    async run(world) {
      for (const hex of sequences) {
        await receiveByReceiver(world, (framing) => asText(framing, hex));
      }
    },
  },
  {
    title: 'long text of many kinds',
    covers: ['12.utf8.text'],
    async run(world) {
      for (const hex of sequences) {
        await receiveByReceiver(world, ({ frame }) =>
          frame(0x81, Buffer.concat([long, bytes(hex)])),
        );
      }
    },
  },
  {
    title: 'close reasons of many kinds',
    covers: ['12.utf8.reason'],
    async run(world) {
      for (const hex of sequences) {
        await receiveByReceiver(world, (framing) => asReason(framing, hex));
        const longer = Buffer.alloc(50, 'x').toString('hex') + hex;
        await receiveByReceiver(world, (framing) => asReason(framing, longer));
      }
    },
  },
  {
    title: 'malformed text and a malformed reason, unchecked',
    covers: ['12.utf8.skip'],
    run: (world) =>
      receiveEverywhere(
        world,
        (framing) => [
          asText(framing, 'ff'),
          framing.frame(0x01, bytes('c3')),
          framing.frame(0x80, bytes('c3')),
          asReason(framing, 'ff'),
        ],
        { options: { skipUTF8Validation: true } },
      ),
  },
  {
    title: 'binary messages are not checked',
    covers: ['12.utf8.text'],
    run: (world) =>
      receiveEverywhere(world, ({ frame }) => [frame(0x82, bytes('ff')), frame(0x88)]),
  },
  {
    title: 'fragments that are cut inside a character',
    covers: ['12.utf8.message'],
    run: (world) =>
      receiveEverywhere(world, ({ frame }) => [
        frame(0x01, bytes('f0')),
        frame(0x00, bytes('9f98')),
        frame(0x89),
        frame(0x00),
        frame(0x80, bytes('80')),
        frame(0x88),
      ]),
  },
  {
    title: 'a message that ends inside a character',
    covers: ['12.utf8.message'],
    run: (world) =>
      receiveEverywhere(world, ({ frame }) => [
        frame(0x01, bytes('f09f')),
        frame(0x80, bytes('98')),
      ]),
  },
  {
    title: 'a bad byte in the first fragment, and a ping behind it',
    covers: ['12.utf8.end'],
    because: 'section 0: hybi reports malformed text at its first bad byte',
    async run(world) {
      const { Receiver } = world.lib.module;
      const receiver = new Receiver();
      world.watch(receiver, 'Receiver', ['ping', 'error']);
      receiver.write(Buffer.from('0102ff618900', 'hex'));
      await new Promise(setImmediate);
      world.note('before the end');
      receiver.write(Buffer.from('800162', 'hex'));
      await new Promise(setImmediate);
    },
    compare: (entries) => entries.map(([what]) => what),
    expected: {
      ws: ['Receiver ping', 'before the end', 'Receiver error'],
      hybi: ['Receiver error', 'before the end'],
    },
  },
];
