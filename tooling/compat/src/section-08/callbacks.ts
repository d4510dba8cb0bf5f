/** The callbacks of `send`, `ping` and `pong`. */
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const callbackScenarios: readonly Scenario[] = [
  {
    title: 'callbacks of frames that are written',
    covers: ['8.callback.success', '8.callback.order'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      socket.held = true;
      const callback = (name: string) => {
        return (...values: unknown[]): void => world.note(name, values.length, ...values);
      };
      websocket.send('a', callback('text'));
      websocket.send(Buffer.alloc(20_000), callback('binary'));
      websocket.ping('b', true, callback('ping'));
      websocket.pong('c', true, callback('pong'));
      websocket.send(null as any, {}, callback('empty'));
      await turn();
      world.note('held');
      socket.release();
      await turn();
      world.note('written');
    },
  },
  {
    title: 'callbacks when all is written at once',
    covers: ['8.callback.success', '8.callback.order'],
    async run(world) {
      const { client } = await world.pair();
      await new Promise<void>((resolve) => {
        client.send('a', (...values: unknown[]) => world.note('a', ...values));
        client.ping('b', true, (...values: unknown[]) => world.note('b', ...values));
        client.send('c', {}, (...values: unknown[]) => {
          world.note('c', ...values);
          resolve();
        });
        world.note('calls are over');
      });
    },
  },
  {
    title: 'callbacks of compressed messages and of Blobs',
    covers: ['8.callback.success', '8.callback.order'],
    async run(world) {
      const { client } = await world.pair({ server: { perMessageDeflate: { threshold: 0 } } });
      const note =
        (name: string) =>
        (...values: unknown[]) =>
          world.note(name, ...values);
      await new Promise<void>((resolve) => {
        client.send('compressed', note('text'));
        client.send(new Blob(['blob']) as any, note('blob'));
        client.ping('ping', true, note('ping'));
        client.send('not', { compress: false }, (...values: unknown[]) => {
          note('last')(...values);
          resolve();
        });
      });
    },
  },
  {
    title: 'a write that fails, and what waited behind it',
    covers: ['8.callback.error', '8.callback.order'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['error', 'close']);
      socket.held = true;
      for (const name of ['a', 'b', 'c']) {
        websocket.send(name, (...values: unknown[]) => world.note(name, ...values));
      }
      await turn();
      const closed = world.next(websocket, 'close');
      socket.release(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      await closed;
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'terminate while writes wait',
    covers: ['8.callback.error', '8.callback.order'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      world.watch(websocket, 'websocket', ['error', 'close']);
      socket.held = true;
      for (const name of ['a', 'b', 'c']) {
        // Bytes of a client: a frame of them is one write for both.
        websocket.send(Buffer.from(name), (...values: unknown[]) => world.note(name, ...values));
      }
      websocket.terminate();
      world.note('terminated', websocket.readyState);
      await turn();
      world.note('the write under way ends');
      socket.release();
      await turn();
    },
  },
  {
    title: 'the connection is lost while a Blob is read',
    covers: ['8.callback.error'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      let finish: (value: ArrayBuffer) => void = () => {};
      const blob = new Blob(['blob']);
      blob.arrayBuffer = () => new Promise((resolve) => (finish = resolve as any));
      websocket.send(blob as any, (...values: unknown[]) => world.note('blob', ...values));
      websocket.send('text', (...values: unknown[]) => world.note('behind', ...values));
      const closed = world.next(websocket, 'close');
      socket.destroy();
      await closed;
      finish(new ArrayBuffer(4));
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'what is no function in the place of a callback',
    covers: ['8.callback.success'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      for (const value of [undefined, null] as any[]) {
        world.attempt('send', () => websocket.send('text', {}, value));
        world.attempt('ping', () => websocket.ping('ping', false, value));
        world.attempt('options', () => websocket.send('text', value));
      }
      await turn();
      world.note('wire', socket.take());
    },
  },
];
