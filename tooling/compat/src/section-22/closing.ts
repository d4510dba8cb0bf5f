/** Surprises at the end of connections. */
import { closing, masked, unmasked } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const closingScenarios: readonly Scenario[] = [
  {
    title: 'an error of the protocol, on the side that finds it',
    covers: ['22.2'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['error', 'close']);
      await socket.receive(masked(0x83));
      world.note('wire', socket.take());
      await socket.receive(masked(0x88, closing(1002)));
      await socket.receiveEnd();
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'an error of the socket',
    covers: ['22.8'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['error', 'close']);
      socket.destroy(new Error('reset'));
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'too many pongs that wait',
    covers: ['22.9'],
    async run(world) {
      const { websocket, socket } = openManually(world, { maxPendingAutoPongs: 1 });
      world.watch(websocket, 'websocket', ['ping', 'error', 'close']);
      socket.held = true;
      await socket.receive(masked(0x89, 'a'), masked(0x89, 'b'));
      await turn();
      world.note('state', websocket.readyState, socket.destroyed);
    },
  },
  {
    title: 'the close timer',
    covers: ['22.10'],
    run(world) {
      const timeouts: unknown[] = [];
      const { setTimeout } = globalThis;
      globalThis.setTimeout = ((task: () => void, ms: number, ...args: []) => {
        const timer = setTimeout(task, ms, ...args);
        timeouts.push(timer);
        world.note('timer', ms);
        return timer;
      }) as typeof setTimeout;
      try {
        const server = new world.lib.WebSocketServer({ noServer: true });
        const { closeTimeout } = server.options as { closeTimeout?: number };
        const { websocket } = openManually(world, { closeTimeout });
        websocket.close(1000);
      } finally {
        globalThis.setTimeout = setTimeout;
      }
      world.note('ref', ...timeouts.map((timer) => (timer as NodeJS.Timeout).hasRef()));
    },
  },
  {
    title: 'a bad code',
    covers: ['22.12'],
    run(world) {
      const { websocket } = openManually(world);
      world.attempt('close', () => websocket.close(999));
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'who ends first',
    covers: ['22.22'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      websocket.close(1000);
      await turn();
      world.note('sent', socket.ends);
      await socket.receive(unmasked(0x88, closing(1000)));
      world.note('exchanged', socket.ends, websocket.readyState);
    },
  },
];
