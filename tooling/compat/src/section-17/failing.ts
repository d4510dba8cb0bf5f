/** How a stream ends that fails, or is destroyed. */
import type { Duplex } from 'node:stream';
import { unmasked } from '../frames.js';
import { dialManually, openClientManually, turn } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';
import { noting, openStream, readAll, streamOver } from './streams.js';

const refusal = 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n';

/** A stream over a client whose opening handshake is refused. */
async function refused(
  world: World,
  deed: (stream: Duplex, websocket: any) => void,
  onError: (stream: Duplex) => void = () => {},
): Promise<void> {
  const { websocket, socket } = dialManually(world);
  const stream = streamOver(world, websocket);
  websocket.on('close', (code) => world.note('websocket close', code));
  deed(stream, websocket);
  websocket.once('error', () => onError(stream));
  await turn();
  const closed = world.closeOf(stream);
  socket.push(refusal);
  await closed;
  world.note('state', websocket.readyState);
}

export const failingScenarios: readonly Scenario[] = [
  {
    title: 'destroy, with an error and without',
    covers: ['17.destroy.terminates', '17.destroy.close'],
    async run(world) {
      for (const error of [undefined, new Error('enough')]) {
        const { stream, websocket, socket } = await openStream(world);
        stream.write('x', noting(world, 'write'));
        stream.destroy(error);
        world.note('destroyed', websocket.readyState, stream.closed);
        await turn();
        await turn();
        world.note('at last', websocket.readyState, socket.destroyed, stream.closed);
      }
    },
  },
  {
    title: 'destroy after end, in CLOSED, and twice',
    covers: ['17.destroy.terminates', '17.destroy.close'],
    async run(world) {
      const ended = await openStream(world);
      ended.stream.end();
      ended.stream.destroy();
      ended.stream.destroy(new Error('too late'));
      await turn();
      await turn();
      const closed = await openStream(world);
      closed.socket.destroy();
      await turn();
      closed.stream.destroy(new Error('late'));
      await turn();
    },
  },
  {
    title: 'destroy while connecting',
    covers: ['17.destroy.terminates', '17.destroy.close', '17.error.further'],
    async run(world) {
      for (const error of [undefined, new Error('enough')]) {
        const { websocket } = dialManually(world);
        const stream = streamOver(world, websocket);
        const closed = world.closeOf(stream);
        stream.destroy(error);
        world.note('destroyed', websocket.readyState);
        await closed;
        world.note('closed', websocket.readyState);
      }
    },
  },
  {
    title: 'a signal',
    covers: ['17.duplex', '17.destroy.terminates'],
    async run(world) {
      const controller = new AbortController();
      const { websocket } = await openStream(world, { signal: controller.signal });
      controller.abort();
      world.note('aborted', websocket.readyState);
      await turn();
      await turn();
    },
  },
  {
    title: 'an error of the protocol',
    covers: ['17.error.destroys', '17.error.frame', '17.destroy.close'],
    async run(world) {
      const { stream, websocket, socket } = await openStream(world);
      readAll(world, stream);
      websocket.on('error', () => world.note('websocket error', stream.destroyed));
      await socket.receive(unmasked(0x81, 'before'), unmasked(0x83));
      world.note('sent', socket.take(), websocket.readyState, socket.destroyed);
      socket.push(null);
      await turn();
      await turn();
    },
  },
  {
    title: 'an opening handshake that fails',
    covers: ['17.error.destroys', '17.end.failed'],
    async run(world) {
      await refused(world, () => {});
      await refused(world, (stream) => void stream.end());
      await refused(
        world,
        () => {},
        (stream) => void stream.end(),
      );
      await refused(world, (stream) => void stream.resume());
    },
  },
  {
    title: 'an error while the stream is destroyed',
    covers: ['17.error.further'],
    async run(world) {
      const header = 'Sec-WebSocket-Extensions: permessage-deflate';
      const { websocket, socket } = await openClientManually(world, {}, [header]);
      const stream = streamOver(world, websocket);
      websocket.on('error', () => world.note('websocket error', stream.destroyed));
      const closed = world.closeOf(stream);
      // Corrupt: its error comes a trip to a thread after it arrived.
      socket.push(unmasked(0xc2, Buffer.from('0ee30f00', 'hex')));
      stream.destroy();
      await closed;
    },
  },
  {
    title: 'an error that nobody listens for',
    covers: ['17.unheard'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      const stream = world.lib.module.createWebSocketStream(websocket as any);
      stream.on('close', () => world.note('stream close'));
      const uncaught = nextUncaught(world, socket);
      await socket.receive(unmasked(0x83));
      socket.push(null);
      world.note('uncaught', await uncaught, stream.destroyed);
      world.attempt('emit', () => {
        const other = world.lib.module.createWebSocketStream(websocket as any);
        other.emit('error', new Error('own'));
      });
    },
  },
  {
    title: 'how many listeners a stream has of its own',
    covers: ['17.unheard'],
    async run(world) {
      const { websocket } = await openClientManually(world);
      const stream = world.lib.module.createWebSocketStream(websocket as any);
      world.note('stream', stream.listenerCount('error'), stream.listenerCount('end'));
      for (const name of ['open', 'message', 'error', 'close', 'ping', 'pong', 'upgrade']) {
        world.note(name, websocket.listenerCount(name));
      }
    },
  },
];

/** The next error that nothing catches. */
function nextUncaught(world: World, socket: ManualSocket): Promise<unknown> {
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  world.cleanUp(() => {
    socket.destroy();
    process.removeAllListeners('uncaughtException');
    for (const each of listeners) process.on('uncaughtException', each);
  });
  return new Promise((resolve) => {
    process.once('uncaughtException', resolve);
  });
}
