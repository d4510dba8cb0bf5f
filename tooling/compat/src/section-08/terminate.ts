/** `terminate`. */
import { closing, masked } from '../frames.js';
import { dialManually, openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const terminateScenarios: readonly Scenario[] = [
  {
    title: 'terminate while OPEN',
    covers: ['8.terminate.open', '8.terminate.code', '8.terminate.closed'],
    async run(world) {
      const client = await openClientManually(world);
      const server = openManually(world);
      for (const { websocket, socket } of [client, server]) {
        world.watch(websocket, 'websocket', ['error', 'close']);
        websocket.terminate();
        world.note('terminated', websocket.readyState, socket.destroyed);
        await turn();
        world.note('closed', websocket.readyState, socket.take(), socket.ends);
        world.attempt('terminate', () => websocket.terminate());
        await turn();
        world.note('still', websocket.readyState);
      }
    },
  },
  {
    title: 'terminate while CONNECTING',
    covers: ['8.terminate.connecting'],
    async run(world) {
      const { websocket, socket } = dialManually(world);
      world.watch(websocket, 'websocket', ['open', 'error', 'close']);
      websocket.terminate();
      world.note('terminated', websocket.readyState);
      await turn();
      world.note('closed', websocket.readyState, socket.destroyed);
    },
  },
  {
    title: 'terminate in CLOSING, without the close frame of the peer',
    covers: ['8.terminate.code'],
    async run(world) {
      const { websocket } = openManually(world);
      world.watch(websocket, 'websocket', ['error', 'close']);
      websocket.close(1000, 'bye');
      websocket.terminate();
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'terminate when the close frame of the peer has arrived',
    covers: ['8.terminate.peer-code'],
    async run(world) {
      for (const payload of [closing(4001, 'reason'), '']) {
        const { websocket, socket } = openManually(world);
        world.watch(websocket, 'websocket', ['error', 'close']);
        socket.held = true;
        await socket.receive(masked(0x88, payload));
        world.note('received', websocket.readyState);
        websocket.terminate();
        await turn();
        world.note('closed', websocket.readyState);
      }
    },
  },
  {
    title: 'terminate in the listener of a message',
    covers: ['8.terminate.open', '8.terminate.code'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message', 'error', 'close']);
      websocket.once('message', () => {
        websocket.send('sent before');
        websocket.terminate();
        world.note('terminated', websocket.readyState);
      });
      await socket.receive(masked(0x81, 'one'), masked(0x81, 'two'), masked(0x88, closing(1000)));
      world.note('closed', websocket.readyState, socket.take());
    },
  },
  {
    title: 'terminate after a failed opening handshake',
    covers: ['8.terminate.failed'],
    async run(world) {
      const { websocket } = dialManually(world);
      world.watch(websocket, 'websocket', ['open', 'error', 'close']);
      websocket.on('error', () => {
        world.attempt('terminate', () => websocket.terminate());
        world.attempt('close', () => websocket.close());
        world.note('in error', websocket.readyState);
      });
      websocket.close();
      world.attempt('terminate', () => websocket.terminate());
      await turn();
      world.attempt('terminate', () => websocket.terminate());
      await turn();
      world.note('at last', websocket.readyState);
    },
  },
];
