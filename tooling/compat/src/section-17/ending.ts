/** How a stream ends that does not fail. */
import { pipeline } from 'node:stream';
import { closing, unmasked } from '../frames.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { noting, openStream, readAll } from './streams.js';
import type { Streamed } from './streams.js';

/** The peer closes with 1000, and then its side of the socket. */
async function closeByPeer({ socket }: Pick<Streamed, 'socket'>): Promise<void> {
  await socket.receive(unmasked(0x88, closing(1000)));
  socket.push(null);
  await turn();
}

export const endingScenarios: readonly Scenario[] = [
  {
    title: 'end, and a peer that answers',
    covers: ['17.end.close', '17.end.finish', '17.both', '17.both.close', '17.close.end'],
    async run(world) {
      const streamed = await openStream(world);
      const { stream, socket } = streamed;
      readAll(world, stream);
      stream.on('close', () => process.nextTick(() => world.note('a tick after close')));
      stream.end('last', noting(world, 'end'));
      await turn();
      world.note('sent', socket.take());
      await closeByPeer(streamed);
    },
  },
  {
    title: 'end without anything written',
    covers: ['17.end.close', '17.end.finish', '17.both'],
    async run(world) {
      const streamed = await openStream(world);
      streamed.stream.resume();
      streamed.stream.end();
      await turn();
      world.note('sent', streamed.socket.take(), streamed.websocket.readyState);
      await closeByPeer(streamed);
    },
  },
  {
    title: 'end while a write is not done',
    covers: ['17.end.close'],
    async run(world) {
      // With such a key a frame is one write.
      const generateMask = (key: Buffer): void => void key.fill(1);
      const streamed = await openStream(world, {}, { generateMask });
      const { stream, socket } = streamed;
      stream.resume();
      socket.held = true;
      stream.write('slow', noting(world, 'write'));
      stream.end();
      await turn();
      world.note('held', socket.take(), streamed.websocket.readyState);
      socket.release();
      await turn();
      world.note('released', socket.take(), streamed.websocket.readyState);
      await closeByPeer(streamed);
    },
  },
  {
    title: 'finish waits for the socket',
    covers: ['17.end.finish'],
    async run(world) {
      const streamed = await openStream(world);
      const { stream, socket } = streamed;
      stream.resume();
      stream.end();
      await turn();
      world.note('close frame is out', stream.writableFinished, socket.take());
      socket.held = true;
      await socket.receive(unmasked(0x88));
      world.note('answered', stream.writableFinished, socket.writableFinished);
      socket.push(null);
      await turn();
    },
  },
  {
    title: 'the peer closes, then end',
    covers: ['17.close.end', '17.both', '17.both.close'],
    async run(world) {
      const streamed = await openStream(world);
      streamed.stream.resume();
      await closeByPeer(streamed);
      world.note('closed');
      streamed.stream.end(noting(world, 'end'));
      process.nextTick(() => world.note('a tick after end'));
      await turn();
    },
  },
  {
    title: 'the peer closes, and nothing is half open',
    covers: ['17.close.end', '17.both'],
    async run(world) {
      const streamed = await openStream(world, { allowHalfOpen: false });
      streamed.stream.resume();
      await closeByPeer(streamed);
      await turn();
    },
  },
  {
    title: 'the peer closes, and the stream is read later',
    covers: ['17.close.end', '17.both'],
    async run(world) {
      const streamed = await openStream(world);
      const { stream, socket } = streamed;
      await socket.receive(unmasked(0x81, 'unread'));
      await closeByPeer(streamed);
      stream.end();
      await turn();
      world.note('ended, not read', stream.readableLength);
      readAll(world, stream);
      await turn();
    },
  },
  {
    title: 'the peer ends without a close frame',
    covers: ['17.close.end', '17.both'],
    async run(world) {
      const { stream, socket } = await openStream(world);
      stream.resume();
      await socket.receiveEnd();
      await turn();
      stream.end();
      await turn();
    },
  },
  {
    title: 'piped into itself',
    covers: ['17.close.end', '17.both', '17.end.close'],
    async run(world) {
      const streamed = await openStream(world);
      const { stream, socket } = streamed;
      pipeline(stream, stream, noting(world, 'pipeline'));
      await socket.receive(unmasked(0x81, 'echo'));
      world.note('sent', socket.take());
      await closeByPeer(streamed);
      await turn();
      world.note('sent', socket.take());
    },
  },
  {
    title: 'write after end, and end twice',
    covers: ['17.end.close'],
    async run(world) {
      const streamed = await openStream(world);
      const { stream, socket } = streamed;
      stream.resume();
      stream.end(noting(world, 'end'));
      stream.end(noting(world, 'another end'));
      await turn();
      world.note('sent', socket.take());
      await closeByPeer(streamed);
      stream.end(noting(world, 'a late end'));
      await turn();
    },
  },
];
