/** The arguments of `close`. */
import { openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** Calls `close` on WebSockets that are open, and notes what becomes of them. */
async function closeEach(world: World, calls: readonly (readonly unknown[])[]): Promise<void> {
  for (const values of calls) {
    const { websocket, socket } = openManually(world);
    world.attempt(`close(${values.map(String).join()})`, () => {
      (websocket.close as any)(...values);
    });
    await turn();
    world.note('then', websocket.readyState, socket.take());
    websocket.terminate();
  }
}

const view = new DataView(new ArrayBuffer(4));

export const closeArgumentScenarios: readonly Scenario[] = [
  {
    title: 'no code',
    covers: ['8.close.no-code'],
    run: (world) =>
      closeEach(world, [
        [],
        [undefined],
        [undefined, 'reason'],
        [undefined, null],
        [undefined, {}],
      ]),
  },
  {
    title: 'codes at the edges of what is permitted',
    covers: ['8.close.code', '8.close.bad-code'],
    run: (world) =>
      closeEach(
        world,
        [
          0, 1, 999, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012,
          1013, 1014, 1015, 1016, 2000, 2999, 3000, 3999, 4000, 4999, 5000, 65_535, 66_536, -1000,
        ].map((code) => [code]),
      ),
  },
  {
    title: 'codes that are no numbers',
    covers: ['8.close.bad-code'],
    run: (world) =>
      closeEach(
        world,
        ['1000', '', null, true, false, 1000n, {}, [1000], new Number(1000), NaN, Infinity].map(
          (code) => [code],
        ),
      ),
  },
  {
    title: 'a symbol as code',
    covers: ['8.close.bad-code'],
    run(world) {
      const { websocket } = openManually(world);
      world.attempt('close', () => websocket.close(Symbol('code') as any));
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'codes that are not integers',
    covers: ['8.close.fraction', '8.close.bad-code'],
    run: (world) =>
      closeEach(
        world,
        [1000.5, 1003.9, 1007.1, 1014.5, 999.9, 2999.5, 3000.5, 4998.9, 4999.5].map((code) => [
          code,
          'reason',
        ]),
      ),
  },
  {
    title: 'fractions of the codes that never stand in a close frame',
    covers: ['8.close.fraction'],
    because: 'RFC 6455 section 7.4.1 forbids these codes on the wire, where the fraction is gone',
    expected: {
      ws: [
        ['returned', '880203ec'],
        ['returned', '880203ed'],
        ['returned', '880203ee'],
      ],
      hybi: [
        ['threw', ''],
        ['threw', ''],
        ['threw', ''],
      ],
    },
    compare: (entries) =>
      entries
        .filter(([what]) => what !== 'then')
        .map(([, outcome], index) => [outcome, (entries[2 * index + 1]?.[2] as string[])[1]]),
    run: (world) => closeEach(world, [[1004.5], [1005.5], [1006.5]]),
  },
  {
    title: 'reasons',
    covers: ['8.close.reason'],
    run: (world) =>
      closeEach(world, [
        [1000, 'reason'],
        [1000, 'Grüße 😀'],
        [1000, 'lone \ud800'],
        [1000, Buffer.from('buffer')],
        [1000, new Uint8Array([1, 2, 0xff])],
        [1000, Buffer.from('a part').subarray(2)],
        [1000, 'x'.repeat(123)],
        [1000, Buffer.alloc(123)],
      ]),
  },
  {
    title: 'reasons that are ignored',
    covers: ['8.close.no-reason'],
    run: (world) =>
      closeEach(world, [
        [1000, undefined],
        [1000, ''],
        [1000, 0],
        [1000, 5],
        [1000, true],
        [1000, 5n],
        [1000, {}],
        [1000, []],
        [1000, { length: 0 }],
        [1000, new ArrayBuffer(4)],
        [1000, view],
        [1000, new Map()],
        [1000, Buffer.alloc(0)],
        [1000, new Uint16Array(0)],
        [1000, () => {}],
      ]),
  },
  {
    title: 'a reason of null',
    covers: ['8.close.null-reason'],
    run: (world) => closeEach(world, [[1000, null]]),
  },
  {
    title: 'reasons that are too long',
    covers: ['8.close.long-reason'],
    run: (world) =>
      closeEach(world, [
        [1000, 'x'.repeat(124)],
        [1000, 'ü'.repeat(62)],
        [1000, Buffer.alloc(124)],
        [1000, new Uint16Array(62)],
      ]),
  },
  {
    title: 'reasons of other types',
    covers: ['8.close.other-view', '8.close.other-object'],
    run: (world) =>
      closeEach(world, [
        [1000, new Uint16Array(2)],
        [1000, new Float32Array(1)],
        [1000, new Uint8ClampedArray(2)],
        [1000, [1, 2]],
        [1000, { length: 2 }],
        [1000, (_one: unknown) => {}],
        [1000, new String('text')],
      ]),
  },
  {
    title: 'a WebSocket whose close threw still works',
    covers: ['8.close.throws-open'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['error', 'close']);
      world.attempt('code', () => websocket.close(1005));
      world.attempt('reason', () => websocket.close(1000, 'x'.repeat(124)));
      world.attempt('type', () => websocket.close(1000, [1] as any));
      world.attempt('null', () => websocket.close(1000, null as any));
      world.note('state', websocket.readyState);
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'a WebSocket sends and closes after a close that threw',
    covers: ['8.close.throws-open'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.attempt('close', () => websocket.close(1006, 'reason'));
      websocket.send('text');
      websocket.close(1000);
      await turn();
      world.note('wire', socket.take(), websocket.readyState);
    },
  },
];
