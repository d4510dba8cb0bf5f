/** `pause` and `resume`. */
import { closing, masked } from '../frames.js';
import { dialManually, openManually, receiveMany, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const pauseScenarios: readonly Scenario[] = [
  {
    title: 'pause and resume while CONNECTING and in CLOSED',
    covers: ['8.pause.connecting', '8.pause.closed'],
    async run(world) {
      const { websocket } = dialManually(world);
      for (const method of ['pause', 'resume'] as const) {
        world.attempt(method, () => websocket[method]());
        world.note('CONNECTING', websocket.isPaused);
      }
      const open = openManually(world);
      open.websocket.terminate();
      await turn();
      for (const method of ['pause', 'resume'] as const) {
        world.attempt(method, () => open.websocket[method]());
        world.note('CLOSED', open.websocket.isPaused);
      }
    },
  },
  {
    title: 'a WebSocket that is closed while paused stays so',
    covers: ['8.pause.closed'],
    async run(world) {
      const { websocket } = openManually(world);
      websocket.pause();
      websocket.terminate();
      await turn();
      websocket.resume();
      world.note('CLOSED', websocket.readyState, websocket.isPaused);
    },
  },
  {
    title: 'pause and resume, and what they do to the socket',
    covers: ['8.pause.socket'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message']);
      websocket.pause();
      world.note('paused', websocket.isPaused, socket.isPaused());
      await socket.receive(masked(0x81, 'hello'));
      world.note('a message waits');
      websocket.resume();
      world.note('resumed', websocket.isPaused, socket.isPaused());
      await turn();
    },
  },
  {
    title: 'pause and resume in CLOSING',
    covers: ['8.pause.socket'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message']);
      websocket.close();
      websocket.pause();
      world.note('paused', websocket.isPaused, socket.isPaused());
      await socket.receive(masked(0x81, 'hello'));
      websocket.resume();
      world.note('resumed', websocket.isPaused, socket.isPaused());
      await turn();
    },
  },
  {
    title: 'resume while messages wait for their turns',
    covers: ['8.pause.draining'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, { allowSynchronousEvents: false });
      await turn();
      const delivered = receiveMany(websocket, socket);
      world.note('chunk', websocket.isPaused, socket.isPaused());
      websocket.pause();
      world.note('paused', websocket.isPaused, socket.isPaused());
      websocket.resume();
      world.note('resumed', websocket.isPaused, socket.isPaused());
      await delivered;
      world.note('drained', websocket.isPaused, socket.isPaused());
    },
  },
  {
    title: 'pause while messages wait for their turns',
    covers: ['8.pause.draining', '8.pause.parsed'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, { allowSynchronousEvents: false });
      await turn();
      const delivered = receiveMany(websocket, socket);
      websocket.pause();
      await delivered;
      world.note('drained', websocket.isPaused, socket.isPaused());
      websocket.resume();
      world.note('resumed', websocket.isPaused, socket.isPaused());
    },
  },
  {
    title: 'pause in the listener of a message, with others in the same chunk',
    covers: ['8.pause.parsed'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message', 'ping']);
      websocket.once('message', () => {
        websocket.pause();
        world.note('paused');
      });
      await socket.receive(masked(0x81, 'one'), masked(0x81, 'two'), masked(0x89, 'ping'));
      await socket.receive(masked(0x81, 'three'));
      world.note('resume');
      websocket.resume();
      await turn();
    },
  },
  {
    title: 'the peer closes while paused',
    covers: ['8.pause.close-frame'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message', 'error', 'close']);
      websocket.pause();
      await socket.receive(masked(0x81, 'last'), masked(0x88, closing(1001, 'bye')));
      await socket.receiveEnd();
      world.note('paused', websocket.readyState, socket.take());
      websocket.resume();
      await turn();
      world.note('resumed', websocket.readyState, socket.take());
    },
  },
  {
    title: 'close while paused, and resume',
    covers: ['8.pause.own-close'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message', 'error', 'close']);
      websocket.pause();
      websocket.close(1000, 'mine');
      await socket.receive(masked(0x81, 'last'), masked(0x88, closing(1000, 'yours')));
      world.note('paused', websocket.readyState, socket.take());
      websocket.resume();
      await turn();
      await socket.receiveEnd();
      world.note('resumed', websocket.readyState, websocket.isPaused);
    },
  },
  {
    title: 'close while paused, and no resume',
    covers: ['8.pause.own-close-timer', '8.pause.socket-closed'],
    async run(world) {
      for (const arrived of [[], [masked(0x81, 'last'), masked(0x88, closing(1000, 'yours'))]]) {
        const { websocket, socket } = openManually(world, { closeTimeout: 5 });
        world.watch(websocket, 'websocket', ['message', 'error', 'close']);
        const closed = world.next(websocket, 'close');
        websocket.pause();
        websocket.close(1000, 'mine');
        if (arrived.length > 0) await socket.receive(...arrived);
        world.note('waiting', websocket.readyState);
        await closed;
      }
    },
  },
  {
    title: 'the socket closes while paused',
    covers: ['8.pause.socket-closed'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message', 'ping', 'error', 'close']);
      websocket.on('message', () => world.note('state', websocket.readyState));
      websocket.pause();
      await socket.receive(masked(0x81, 'one'), masked(0x89, 'ping'));
      await socket.receive(masked(0x81, 'two'), masked(0x81, 'cut').subarray(0, 7));
      socket.destroy();
      await turn();
      world.note('closed', websocket.readyState, socket.take());
    },
  },
  {
    title: 'the socket closes while paused, with bad bytes in its buffer',
    covers: ['8.pause.socket-closed'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message', 'error', 'close']);
      websocket.pause();
      await socket.receive(masked(0x81, 'one'), masked(0x83));
      socket.destroy();
      await turn();
      world.note('closed', websocket.readyState);
    },
  },
];
