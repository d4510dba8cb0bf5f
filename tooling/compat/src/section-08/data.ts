/** What can be sent. */
import { openManually, turn } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const methods = ['send', 'ping', 'pong'] as const;

/** Sends each of the values by each method, and notes what comes out. */
async function sendAll(world: World, values: readonly unknown[]): Promise<void> {
  const { websocket, socket } = openManually(world);
  for (const value of values) {
    for (const method of methods) {
      world.attempt(method, () => websocket[method](value as any));
      // A tick later: the writes of one tick leave together.
      await turn();
      world.note(typeof value, socket.take());
    }
  }
}

function bytes(): ArrayBuffer {
  return new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
}

function shared(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(4);
  new Uint8Array(memory).set([1, 2, 3, 4]);
  return memory;
}

async function written(socket: ManualSocket, length: number): Promise<Buffer> {
  let all = Buffer.alloc(0);
  // Blobs are read by the runtime, in turns of its own.
  for (let turns = 0; all.length < length && turns < 1000; turns++) {
    await turn();
    all = Buffer.concat([all, socket.take()]);
  }
  return all;
}

export const dataScenarios: readonly Scenario[] = [
  {
    title: 'numbers',
    covers: ['8.data.number'],
    run: (world) => sendAll(world, [0, -0, 1, 3.25, NaN, -Infinity, 1e21, 2 ** 53]),
  },
  {
    title: 'falsy values',
    covers: ['8.data.falsy'],
    run: (world) => sendAll(world, [undefined, null, false, '', 0n]),
  },
  {
    title: 'strings',
    covers: ['8.data.utf8'],
    run: (world) =>
      sendAll(world, [
        'text',
        'Grüße, 世界 😀',
        'lone \ud800 and \udc00',
        '\ud83d',
        'x'.repeat(125),
        'ü'.repeat(62),
        '\u0000\u007f\u0080\u07ff\u0800\uffff',
      ]),
  },
  {
    title: 'long strings',
    covers: ['8.data.utf8'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const lengths = [41, 42, 43, 125, 126, 5461, 16_384, 16_385, 65_535, 65_536, 70_000];
      for (const length of lengths) {
        for (const character of ['x', 'ü', '\ud800']) {
          websocket.send(character.repeat(length));
          await turn();
          world.note(String(length), socket.take());
        }
      }
    },
  },
  {
    title: 'bytes in every form',
    covers: ['8.data.bytes'],
    run: (world) =>
      sendAll(world, [
        Buffer.from('buffer'),
        Buffer.alloc(0),
        Buffer.from('a part of it').subarray(2, 6),
        bytes(),
        shared(),
        new Uint8Array(bytes(), 2, 3),
        new Uint8Array(shared(), 1, 2),
        new Uint16Array(bytes(), 2, 2),
        new Float64Array([1.5]),
        new BigInt64Array([-1n]),
        new DataView(bytes(), 3, 4),
        new Uint8ClampedArray([300, 1]),
      ]),
  },
  {
    title: 'long bytes',
    covers: ['8.data.bytes'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      for (const length of [125, 126, 16_384, 16_385, 65_535, 65_536, 300_000]) {
        const data = Buffer.alloc(length, 'abc');
        websocket.send(data);
        websocket.send(new Uint8Array(data.buffer, data.byteOffset, length), { binary: false });
        await turn();
        world.note(String(length), socket.take(), data);
      }
    },
  },
  {
    title: 'Blobs and Files',
    covers: ['8.data.blob'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const file = new (await import('node:buffer')).File(['file'], 'name.txt');
      for (const data of [new Blob(['blob']), file, new Blob([]), new Blob(['x', bytes()])]) {
        for (const method of methods) {
          websocket[method](data as any);
          world.note(method, await written(socket, 2 + data.size));
        }
      }
    },
  },
  {
    title: 'objects that pass for a Blob',
    covers: ['8.data.blob', '8.data.refused'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const alike = {
        arrayBuffer: () => Promise.resolve(bytes()),
        size: 8,
        stream() {},
        type: '',
        [Symbol.toStringTag]: 'Blob',
      };
      websocket.send(alike as any);
      world.note('alike', await written(socket, 10));
      world.attempt('tag', () => websocket.send({ ...alike, [Symbol.toStringTag]: 'Bob' } as any));
    },
  },
  {
    title: 'what Buffer.from takes',
    covers: ['8.data.from'],
    run: (world) =>
      sendAll(world, [
        [],
        [1, 2, 300, -1, 'x', '7'],
        { length: 2, 0: 65, 1: 66 },
        { length: 0 },
        Buffer.from('json').toJSON(),
        { type: 'Buffer', data: [1, 2] },
        { valueOf: () => 'value' },
        { valueOf: () => Buffer.from('of a buffer') },
        { valueOf: () => [9, 8] },
        { [Symbol.toPrimitive]: () => 'primitive' },
        new String('string object'),
        { toString: () => 'date', [Symbol.toPrimitive]: (hint: string) => hint },
      ]),
  },
  {
    title: 'a Date',
    covers: ['8.data.from'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.send(new Date(86_400_000) as any);
      await turn();
      world.note('date', socket.take());
    },
  },
  {
    title: 'data that has no bytes',
    covers: ['8.data.refused'],
    run: (world) =>
      sendAll(world, [
        true,
        {},
        1n,
        Symbol('symbol'),
        new Map(),
        new Number(5),
        { valueOf: () => 5 },
        { length: 'two' },
        Promise.resolve(),
      ]),
  },
  {
    title: 'functions, which are data for send only',
    covers: ['8.data.refused'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.attempt('send', () => websocket.send((() => {}) as any));
      world.attempt('send', () => websocket.send(class {} as any));
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'a send that threw leaves no trace',
    covers: ['8.data.refused', '8.send.fragments'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.send('begin', { fin: false });
      world.attempt('continuation', () => websocket.send({} as any, { fin: true }));
      websocket.send('end');
      world.attempt('first', () => websocket.send(true as any, { fin: false }));
      websocket.send('whole');
      await turn();
      world.note('wire', socket.take());
    },
  },
];
