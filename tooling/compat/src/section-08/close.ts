/** What `close` does in each state. */
import { closing, masked } from '../frames.js';
import { dialManually, openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const closeScenarios: readonly Scenario[] = [
  {
    title: 'close while OPEN, on either side',
    covers: ['8.close.open'],
    async run(world) {
      const client = await openClientManually(world, {
        generateMask: (key: Buffer) => key.fill(0),
      });
      const server = openManually(world);
      for (const { websocket, socket } of [client, server]) {
        world.watch(websocket, 'websocket', ['error', 'close']);
        world.attempt('close', () => websocket.close(1000, 'done'));
        world.note('state', websocket.readyState);
        await turn();
        world.note('wire', socket.take(), socket.ends, websocket.readyState);
      }
    },
  },
  {
    title: 'close behind messages that wait',
    covers: ['8.close.open'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      socket.held = true;
      websocket.send('one');
      websocket.send('two');
      websocket.close(3000);
      await turn();
      socket.release();
      await turn();
      world.note('wire', socket.take());
    },
  },
  {
    title: 'close behind a Blob that is read',
    covers: ['8.close.open'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const sent = new Promise((resolve) => {
        websocket.send(new Blob(['blob']) as any, resolve);
      });
      websocket.close(1001, 'later');
      world.note('closing', websocket.readyState, websocket.bufferedAmount, socket.take());
      await sent;
      await turn();
      world.note('sent', websocket.bufferedAmount, socket.take());
    },
  },
  {
    title: 'close while CONNECTING',
    covers: ['8.close.connecting'],
    async run(world) {
      const { websocket } = dialManually(world);
      world.watch(websocket, 'websocket', ['open', 'error', 'close']);
      world.attempt('close', () => websocket.close(99, {} as any));
      world.note('state', websocket.readyState);
      world.attempt('close', () => websocket.close());
      process.nextTick(() => world.note('a tick later'));
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'close in CLOSED, with any arguments',
    covers: ['8.close.closed'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['error', 'close']);
      websocket.terminate();
      await turn();
      world.attempt('close', () => websocket.close());
      world.attempt('close', () => websocket.close(99, null as any));
      await turn();
      world.note('state', websocket.readyState, socket.ends, socket.take());
    },
  },
  {
    title: 'close in CLOSING, before and after the close frame of the peer',
    covers: ['8.close.closing', '8.close.closing.ended'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.close(1000);
      await turn();
      world.attempt('close', () => websocket.close(99, null as any));
      world.note('before', websocket.readyState, socket.ends, socket.take());
      await socket.receive(masked(0x88, closing(1000)));
      world.note('exchanged', socket.ends);
      world.attempt('close', () => websocket.close(1000));
      world.note('after', websocket.readyState, socket.ends, socket.take());
    },
  },
  {
    title: 'close in CLOSING while the own close frame is not written yet',
    covers: ['8.close.closing', '8.close.closing.ended'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      socket.held = true;
      websocket.close(1000);
      await socket.receive(masked(0x88, closing(1000)));
      websocket.close();
      world.note('received', socket.ends);
      socket.release();
      await turn();
      world.note('written', socket.ends);
      websocket.close();
      world.note('after', socket.ends);
    },
  },
  {
    title: 'close in CLOSING after an error of the protocol',
    covers: ['8.close.closing.ended'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['error']);
      await socket.receive(Buffer.from('83', 'hex'), Buffer.from('80', 'hex'), Buffer.alloc(4));
      world.note('failed', socket.ends, websocket.readyState, socket.take());
      websocket.close();
      world.note('after', socket.ends);
    },
  },
  {
    title: 'close, and a peer that does not answer',
    covers: ['8.close.timer'],
    async run(world) {
      const { websocket, socket } = openManually(world, { closeTimeout: 5 });
      world.watch(websocket, 'websocket', ['error', 'close']);
      const closed = world.next(websocket, 'close');
      websocket.close(1000);
      world.note('closing', websocket.readyState);
      await closed;
      world.note('closed', websocket.readyState, socket.destroyed, socket.ends);
    },
  },
];
