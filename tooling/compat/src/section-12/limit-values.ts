/** What values of the limits mean, and the limits on sockets that a scenario holds. */
import { masked } from '../frames.js';
import { openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const names = ['maxPayload', 'maxFragments', 'maxBufferedChunks'] as const;
const values = [5, '5', 5.9, 2 ** 32 + 5, 2 ** 31, -1, 0, NaN, Infinity, null, undefined, '', 'x'];

/** Six bytes, six fragments, and a frame in seven chunks: more than five of each. */
const traffic: { readonly [name in (typeof names)[number]]: readonly Buffer[] } = {
  maxPayload: [masked(0x82, 'abcdef')],
  maxFragments: Array.from({ length: 6 }, (_, index) => masked([2, 0, 0, 0, 0, 0x80][index] ?? 0)),
  maxBufferedChunks: [masked(0x82, Buffer.alloc(7)).subarray(0, 6)].concat(
    Array.from({ length: 7 }, () => Buffer.alloc(1)),
  ),
};

async function tryValue(world: World, name: (typeof names)[number], value: unknown): Promise<void> {
  const { websocket, socket } = openManually(world, {}, { [name]: value });
  world.watch(websocket, `${name} ${String(value)}`, ['message', 'error']);
  for (const chunk of traffic[name]) await socket.receive(Buffer.from(chunk));
  world.note('sent', socket.take());
}

export const limitValueScenarios: readonly Scenario[] = [
  ...names.map((name) => ({
    title: `values of ${name}, given to setSocket`,
    covers: ['12.limits.int32', '12.limits.off'],
    async run(world: World) {
      for (const value of values) await tryValue(world, name, value);
    },
  })),
  ...names.map((name) => ({
    title: `values of ${name}, given to a Receiver`,
    covers: ['12.limits.int32', '12.limits.off'],
    async run(world: World) {
      for (const value of values) {
        const receiver = new world.lib.module.Receiver({ isServer: true, [name]: value });
        world.watch(receiver, `${name} ${String(value)}`, ['message', 'error']);
        for (const chunk of traffic[name]) receiver.write(Buffer.from(chunk));
        await turn();
      }
    },
  })),
  {
    title: 'values of maxPayload, given to a server and to a client',
    covers: ['12.limits.int32', '12.limits.off'],
    async run(world) {
      for (const maxPayload of ['5', 2 ** 31, Infinity, null]) {
        for (const role of ['server', 'client'] as const) {
          const { client, remote } = await world.pair({ [role]: { maxPayload } });
          const [from, to] = role === 'server' ? [client, remote] : [remote, client];
          to.on('error', (error) => world.note(`${role} error`, error));
          to.on('message', (data) => {
            world.note(`${role} message`, data);
            to.close();
          });
          const closed = world.closeOf(to);
          from.send('abcdef');
          await closed;
        }
      }
    },
  },
  {
    title: 'chunks that wait, over a socket',
    covers: ['12.maxBufferedChunks', '12.close-frame', '12.status'],
    async run(world) {
      for (const count of [3, 4]) {
        const { websocket, socket } = openManually(world, {}, { maxBufferedChunks: 3 });
        world.watch(websocket, 'websocket', ['message', 'error', 'close']);
        await socket.receive(masked(0x82, Buffer.alloc(count)).subarray(0, 6));
        for (let i = 0; i < count; i++) await socket.receive(Buffer.from([i]));
        world.note('sent', socket.take());
      }
    },
  },
];
