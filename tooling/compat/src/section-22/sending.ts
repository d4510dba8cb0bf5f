/** Surprises of messages. */
import { masked } from '../frames.js';
import { openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const sendingScenarios: readonly Scenario[] = [
  {
    title: 'nothing, as null and as a string',
    covers: ['22.21'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      for (const nothing of [null, '', undefined, false, 0]) {
        websocket.send(nothing as any);
        await turn();
        world.note(String(nothing), socket.take());
      }
    },
  },
  {
    title: 'a string by the stream',
    covers: ['22.18'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const stream = world.lib.module.createWebSocketStream(websocket);
      world.cleanUp(() => void stream.on('error', () => {}).destroy());
      stream.write('text');
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'limits that are none',
    covers: ['22.11'],
    async run(world) {
      const message = masked(0x82, Buffer.alloc(5));
      for (const maxPayload of [2 ** 31, Infinity, 2 ** 32 + 4]) {
        const { websocket, socket } = openManually(world, {}, { maxPayload });
        world.watch(websocket, 'websocket', ['message', 'error']);
        await socket.receive(message);
      }
    },
  },
];
