/** `send`, `ping` and `pong` in the states in which they can not send. */
import type { EventEmitter } from 'node:events';
import { masked } from '../frames.js';
import { dialManually, openManually, turn } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const methods = ['send', 'ping', 'pong'] as const;

async function closeManually(world: World, websocket: EventEmitter, socket: ManualSocket) {
  const closed = world.next(websocket, 'close');
  await socket.receive(masked(0x88));
  await socket.receiveEnd();
  await closed;
}

export const stateScenarios: readonly Scenario[] = [
  {
    title: 'send, ping and pong while CONNECTING',
    covers: ['8.connecting'],
    async run(world) {
      const { websocket } = dialManually(world);
      for (const method of methods) {
        for (const data of ['text', undefined, {}, Buffer.alloc(200)] as any[]) {
          world.attempt(method, () => {
            websocket[method](data, undefined as any, (...values: unknown[]) => {
              world.note('callback', ...values);
            });
          });
        }
      }
      await turn();
      world.note('state', websocket.readyState, websocket.bufferedAmount);
    },
  },
  {
    title: 'send, ping and pong on a WebSocket that has no socket yet',
    covers: ['8.connecting'],
    run(world) {
      const websocket: any = new world.lib.WebSocket(null as unknown as string, undefined, {});
      for (const method of methods) world.attempt(method, () => websocket[method]('text'));
    },
  },
  {
    title: 'send, ping and pong in CLOSING and in CLOSED',
    covers: ['8.late.no-throw', '8.late.amount', '8.late.callback'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const late = (): void => {
        for (const method of methods) {
          world.attempt(method, () => {
            websocket[method]('text', undefined as any, (...values: unknown[]) => {
              world.note(`callback of ${method}`, ...values);
            });
          });
          world.note('bufferedAmount', websocket.readyState, websocket.bufferedAmount);
        }
      };
      websocket.close();
      late();
      await turn();
      await closeManually(world, websocket, socket);
      late();
      await turn();
      world.note('on the wire', socket.take());
    },
  },
  {
    title: 'when the callback of a late send is called',
    covers: ['8.late.callback'],
    async run(world) {
      const { websocket } = openManually(world);
      websocket.terminate();
      process.nextTick(() => world.note('a tick before'));
      websocket.send('late', () => world.note('callback'));
      process.nextTick(() => world.note('a tick behind'));
      void Promise.resolve().then(() => world.note('a promise'));
      world.note('the call is over');
      await turn();
    },
  },
  {
    title: 'callbacks in other places in CLOSING',
    covers: ['8.late.callback'],
    async run(world) {
      const { websocket } = openManually(world);
      websocket.close();
      const callback = (...values: unknown[]): void => world.note('callback', ...values);
      websocket.send('text', callback);
      websocket.ping(callback);
      websocket.pong('data', callback as any);
      websocket.ping('data', true, callback);
      await turn();
      world.note('bufferedAmount', websocket.bufferedAmount);
    },
  },
  {
    title: 'data of all sorts in CLOSING and after a failed opening handshake',
    covers: ['8.late.converted', '8.late.amount'],
    async run(world) {
      const failed = dialManually(world).websocket;
      const error = world.next(failed, 'error');
      failed.close();
      await error;
      const { websocket } = openManually(world);
      websocket.close();
      const values: any[] = [true, {}, 1n, 0n, Symbol('s'), null, [1], 'x'.repeat(200), new Map()];
      for (const data of values) {
        for (const method of methods) {
          if (method !== 'ping' || typeof data !== 'function') {
            world.attempt(method, () => websocket[method](data));
            world.attempt(`${method} failed`, () => failed[method](data));
          }
        }
        world.note('bufferedAmount', websocket.bufferedAmount, failed.bufferedAmount);
      }
      world.attempt('a function', () => websocket.send((() => {}) as any));
    },
  },
];
