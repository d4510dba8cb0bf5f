/** Compressed messages that are corrupt, or too long once they are inflated. */
import { constants, deflateRawSync } from 'node:zlib';
import type { Scenario } from '../scenario.js';
import { receiveEverywhere } from './peers.js';
import type { Setup } from './peers.js';

function deflate(data: Buffer | string): Buffer {
  return deflateRawSync(data, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
}

function limited(maxPayload: number): Setup {
  return { deflate: true, options: { maxPayload } };
}

export const compressedScenarios: readonly Scenario[] = [
  {
    title: 'corrupt compressed data',
    covers: ['12.inflate', '12.close-frame', '12.status'],
    async run(world) {
      for (const hex of ['0ee30f00', 'ffff', '07', '62620300ffff']) {
        const data = Buffer.from(hex, 'hex');
        await receiveEverywhere(world, ({ frame }) => frame(0xc1, data), { deflate: true });
      }
    },
  },
  {
    title: 'corrupt data in a fragment, and a message behind it',
    covers: ['12.inflate', '12.deaf'],
    run: (world) =>
      receiveEverywhere(
        world,
        ({ frame }) =>
          Buffer.concat([
            frame(0x42, deflate('fine')),
            frame(0x80, Buffer.from('0ee30f00', 'hex')),
            frame(0x81, 'behind'),
          ]),
        { deflate: true },
      ),
  },
  {
    title: 'messages that are too long once they are inflated',
    covers: ['12.maxPayload.inflated', '12.maxPayload'],
    async run(world) {
      for (const length of [1001, 100_000]) {
        const data = deflate(Buffer.alloc(length));
        await receiveEverywhere(world, ({ frame }) => frame(0xc2, data), limited(1000));
      }
    },
  },
  {
    title: 'messages as long as maxPayload once they are inflated',
    covers: ['12.maxPayload.inflated', '12.maxPayload.equal'],
    run: (world) =>
      receiveEverywhere(
        world,
        ({ frame }) => [frame(0xc2, deflate(Buffer.alloc(1000))), frame(0x88)],
        limited(1000),
      ),
  },
  {
    title: 'fragments that are too long together once they are inflated',
    covers: ['12.maxPayload.inflated', '12.maxPayload.sum'],
    async run(world) {
      const data = deflate('x'.repeat(1200));
      const parts = [data.subarray(0, 3), data.subarray(3, 5), data.subarray(5)] as const;
      for (const maxPayload of [1199, 1200]) {
        await receiveEverywhere(
          world,
          ({ frame }) => [
            frame(0x41, parts[0]),
            frame(0x00, parts[1]),
            frame(0x80, parts[2]),
            frame(0x88),
          ],
          limited(maxPayload),
        );
      }
    },
  },
  {
    title: 'compressed data that is longer than maxPayload itself',
    covers: ['12.maxPayload.header'],
    run: (world) => receiveEverywhere(world, ({ head }) => head(0xc2, 11), limited(10)),
  },
  {
    title: 'malformed text that was compressed',
    covers: ['12.utf8.text'],
    run: (world) =>
      receiveEverywhere(world, ({ frame }) => frame(0xc1, deflate(Buffer.from('61ff', 'hex'))), {
        deflate: true,
      }),
  },
];
