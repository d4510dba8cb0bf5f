/** The arguments of `ping` and `pong`. */
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const methods = ['ping', 'pong'] as const;

export const pingScenarios: readonly Scenario[] = [
  {
    title: 'the callback in every place',
    covers: ['8.ping.callback'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      for (const method of methods) {
        const call = websocket[method].bind(websocket) as (...values: unknown[]) => void;
        const callback = (...values: unknown[]): void => world.note('callback', ...values);
        const other = (): void => world.note('another callback');
        for (const values of [
          [callback],
          ['data', callback],
          ['data', true, callback],
          [callback, true],
          [callback, true, other],
          ['data', callback, other],
          [undefined, undefined, callback],
          [null, null, callback],
          [],
        ]) {
          call(...values);
          await turn();
          world.note(method, values.length, socket.take().length);
        }
      }
    },
  },
  {
    title: 'masked and not',
    covers: ['8.ping.mask', '8.ping.mask.option'],
    async run(world) {
      const generateMask = (key: Buffer): void => void key.set([1, 2, 3, 4]);
      const client = await openClientManually(world, { generateMask });
      const server = openManually(world, {}, { generateMask });
      for (const { websocket, socket } of [client, server]) {
        for (const method of methods) {
          for (const mask of [undefined, true, false, null, 0, 1, 'yes'] as any[]) {
            websocket[method]('hello', mask);
            await turn();
            world.note(method, mask, socket.take());
          }
        }
      }
    },
  },
  {
    title: 'a mask is for one frame only',
    covers: ['8.ping.mask.option', '8.send.mask.option'],
    async run(world) {
      const generateMask = (key: Buffer): void => void key.set([1, 2, 3, 4]);
      const { websocket, socket } = await openClientManually(world, { generateMask });
      websocket.ping('a', false);
      websocket.ping('b');
      websocket.send('c', { mask: false });
      websocket.send('d');
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'data of 125 bytes and of more',
    covers: ['8.ping.limit'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const values: any[] = [
        'x'.repeat(125),
        'x'.repeat(126),
        'ü'.repeat(62),
        'ü'.repeat(63),
        Buffer.alloc(125),
        Buffer.alloc(126),
        new Uint16Array(62),
        new Uint16Array(63),
        new ArrayBuffer(126),
        Array.from({ length: 126 }, () => 1),
        new Blob(['x'.repeat(126)]),
        new Blob(['ü'.repeat(63)]),
        10 ** 20,
      ];
      for (const method of methods) {
        for (const data of values) {
          world.attempt(method, () => {
            websocket[method](data, undefined, () => world.note('callback'));
          });
          await turn();
          world.note('wire', socket.take(), websocket.bufferedAmount);
        }
      }
    },
  },
];
