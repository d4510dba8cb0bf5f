/** `Sender.frame`. */
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { countingKey } from './wire.js';

/** Notes the chunks of a frame, and which of them is the data itself. */
function noteFrame(world: World, data: Buffer | string, options: object): void {
  const before = Buffer.from(data as string);
  const chunks = world.lib.module.Sender.frame(data as Buffer, options as any) as Buffer[];
  const isData = chunks.map((chunk) => {
    return Buffer.isBuffer(data) && chunk.buffer === data.buffer && chunk.length === data.length;
  });
  world.note('frame', options, chunks, isData);
  if (Buffer.isBuffer(data)) world.note('data is as before', before.equals(data));
}

const data = (length = 5): Buffer => Buffer.alloc(length, 'abc');

export const frameScenarios: readonly Scenario[] = [
  {
    title: 'the function',
    covers: ['18.frame.options'],
    run(world) {
      const { Sender } = world.lib.module;
      world.note('frame', Sender.frame.length, Sender.name, Object.hasOwn(Sender, 'frame'));
    },
  },
  {
    title: 'unmasked frames',
    covers: ['18.frame.unmasked', '18.frame.options', '18.frame.data'],
    run(world) {
      for (const length of [0, 5, 125, 126, 300, 65_535, 65_536]) {
        for (const readOnly of [true, false]) {
          noteFrame(world, data(length), { fin: true, opcode: 2, readOnly });
          noteFrame(world, data(length).toString(), { fin: true, opcode: 1, readOnly });
        }
      }
    },
  },
  {
    title: 'the bits of the first byte',
    covers: ['18.frame.options'],
    run(world) {
      for (const options of [
        { opcode: 1 },
        { opcode: 0, fin: true },
        { opcode: 2, rsv1: true },
        { opcode: 2, rsv1: 1, fin: 'yes' },
        { opcode: 8, fin: true, rsv1: false, unknown: true },
        { opcode: 15, fin: true, mask: false },
      ]) {
        noteFrame(world, data(), options);
      }
    },
  },
  {
    title: 'masked frames of data that is read-only',
    covers: ['18.frame.read-only', '18.frame.options'],
    run(world) {
      for (const length of [0, 1, 5, 126, 3000, 65_536]) {
        const options = { fin: true, opcode: 2, mask: true, readOnly: true };
        noteFrame(world, data(length), { ...options, generateMask: countingKey });
        noteFrame(world, data(length).toString(), { ...options, generateMask: countingKey });
        noteFrame(world, data(length), {
          ...options,
          mask: 1,
          readOnly: 1,
          generateMask: countingKey,
        });
      }
    },
  },
  {
    title: 'masked frames of data that may be changed',
    covers: ['18.frame.in-place', '18.frame.options', '18.frame.data'],
    run(world) {
      for (const length of [0, 1, 5, 126, 3000, 65_536]) {
        for (const readOnly of [false, undefined]) {
          const options = { fin: true, opcode: 2, mask: true, readOnly };
          noteFrame(world, data(length), { ...options, generateMask: countingKey });
          noteFrame(world, data(length).toString(), { ...options, generateMask: countingKey });
        }
      }
    },
  },
  {
    title: 'keys of zeros',
    covers: ['18.frame.zero-key', '18.frame.data'],
    run(world) {
      const generateMask = (key: Buffer): void => void key.fill(0);
      for (const readOnly of [true, false]) {
        for (const length of [0, 5, 300]) {
          const options = { fin: true, opcode: 1, mask: true, readOnly, generateMask };
          noteFrame(world, data(length), options);
          noteFrame(world, data(length).toString(), options);
        }
      }
    },
  },
  {
    title: 'maskBuffer, with generateMask and without',
    covers: ['18.frame.options'],
    run(world) {
      const maskBuffer = Buffer.alloc(4);
      const generateMask = (key: Buffer): void => {
        world.note('is maskBuffer', key === maskBuffer, key.length);
        countingKey(key);
      };
      const options = { fin: true, opcode: 2, mask: true, readOnly: true };
      noteFrame(world, data(), { ...options, maskBuffer, generateMask });
      noteFrame(world, data(), { ...options, generateMask });
      world.note('maskBuffer', maskBuffer);
      const { Sender } = world.lib.module;
      const [chunk] = Sender.frame(data(), { ...options, maskBuffer } as any) as Buffer[];
      world.note('the key is in maskBuffer', chunk?.subarray(2, 6).equals(maskBuffer));
    },
  },
];
