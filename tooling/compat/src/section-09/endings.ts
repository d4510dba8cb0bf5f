/** What comes when a connection ends, and what does not come any more. */
import { closing, masked, unmasked } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const names = ['message', 'ping', 'pong', 'error', 'close'];

export const endingScenarios: readonly Scenario[] = [
  {
    title: 'messages after a local close',
    covers: ['9.closing'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', names);
      websocket.on('message', () => world.note('state', websocket.readyState));
      websocket.close(1000, 'mine');
      await socket.receive(masked(0x81, 'one'), masked(0x89, 'ping'), masked(0x8a, 'pong'));
      await socket.receive(masked(0x82, 'two'), masked(0x88, closing(1000, 'yours')));
      await socket.receiveEnd();
      await turn();
      world.note('closed', websocket.readyState, socket.take());
    },
  },
  {
    title: 'a local close in the listener of a message, with others in the same chunk',
    covers: ['9.closing'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      world.watch(websocket, 'websocket', names);
      websocket.once('message', () => websocket.close(1000));
      await socket.receive(
        unmasked(0x81, 'one'),
        unmasked(0x81, 'two'),
        unmasked(0x89, 'ping'),
        unmasked(0x88, closing(1001)),
        unmasked(0x81, 'three'),
      );
      await socket.receiveEnd();
      await turn();
      world.note('closed', websocket.readyState);
    },
  },
  {
    title: 'frames behind the close frame of the peer, good and bad',
    covers: ['9.closing.behind'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', names);
      await socket.receive(
        masked(0x81, 'before'),
        masked(0x88, closing(1000, 'bye')),
        masked(0x81, 'behind'),
        masked(0x83, 'bad'),
      );
      world.note('state', websocket.readyState, socket.take());
      await socket.receive(masked(0x81, 'later'), masked(0x83), masked(0x88, closing(4000)));
      await socket.receiveEnd();
      await turn();
      world.note('closed', websocket.readyState, socket.take());
    },
  },
  {
    title: 'an error of the socket',
    covers: ['9.socket-errors'],
    async run(world) {
      const client = await openClientManually(world);
      const server = openManually(world);
      for (const { websocket, socket } of [client, server]) {
        world.watch(websocket, 'websocket', names);
        const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
        socket.destroy(reset);
        await turn();
        world.note('closed', websocket.readyState);
      }
    },
  },
  {
    title: 'a write that fails',
    covers: ['9.socket-errors'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', names);
      socket.held = true;
      websocket.send('text');
      socket.release(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      await turn();
      world.note('closed', websocket.readyState);
    },
  },
  {
    title: 'a peer that resets its connection',
    covers: ['9.socket-errors'],
    async run(world) {
      const { websocket, peer } = await world.rawPeer();
      world.watch(websocket, 'websocket', names);
      const closed = world.next(websocket, 'close');
      peer.socket.resetAndDestroy();
      await closed;
    },
  },
  {
    title: 'an error of the protocol, step by step',
    covers: ['9.protocol-error', '9.protocol-error.code', '9.protocol-error.answer'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', names);
      websocket.on('error', () => {
        world.note('in error', websocket.readyState, socket.take(), socket.ends);
      });
      await socket.receive(masked(0x81, 'good'), masked(0x83), masked(0x81, 'behind'));
      world.note('failed', websocket.readyState, socket.take(), socket.ends);
      await socket.receive(masked(0x88, closing(1002)), masked(0x81, 'later'));
      world.note('answered', websocket.readyState);
      await socket.receiveEnd();
      await turn();
      world.note('closed', websocket.readyState, socket.take());
    },
  },
  {
    title: 'an error of the protocol seen by the peer',
    covers: ['9.protocol-error.peer', '9.protocol-error.code'],
    async run(world) {
      const { client, remote } = await world.pair();
      const lists: unknown[][] = [[], []];
      const [ofClient = [], ofServer = []] = lists;
      const events = ['error', 'close'] as const;
      for (const name of events) {
        client.on(name, (...values: any[]) => ofClient.push([name, ...values]));
        remote.on(name, (...values: any[]) => ofServer.push([name, ...values]));
      }
      const closed = Promise.all([world.next(client, 'close'), closedWithError(remote)]);
      (client as any)._socket.write(masked(0x81, Buffer.from([0xff])));
      await closed;
      world.note('client', ...ofClient);
      world.note('server', ...ofServer);
    },
  },
  {
    title: 'an error of the protocol after a local close',
    covers: ['9.protocol-error', '9.protocol-error.code'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', names);
      websocket.close(1000);
      await socket.receive(masked(0x81, 'good'), masked(0x83));
      world.note('failed', websocket.readyState, socket.take(), socket.ends);
      await socket.receiveEnd();
      await turn();
      world.note('closed', websocket.readyState);
    },
  },
  {
    title: 'a listener for error that terminates, closes and sends',
    covers: ['9.protocol-error'],
    async run(world) {
      for (const method of ['terminate', 'close', 'send'] as const) {
        const { websocket, socket } = openManually(world);
        world.watch(websocket, 'websocket', names);
        websocket.on('error', () => {
          world.attempt(method, () => (websocket[method] as any)(4000));
          world.note('state', websocket.readyState);
        });
        await socket.receive(masked(0x83));
        await socket.receiveEnd();
        await turn();
        world.note('closed', websocket.readyState, socket.take());
      }
    },
  },
];

/** Waits for `close` although `error` comes first. */
function closedWithError(websocket: { on: (name: string, listener: () => void) => unknown }) {
  return new Promise<void>((resolve) => void websocket.on('close', resolve));
}
