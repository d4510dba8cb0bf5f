/** What is written. */
import { EventEmitter } from 'node:events';
import { answer, dialManually, turn } from '../manual-socket.js';
import { unmasked, zeroKey } from '../frames.js';
import type { Scenario } from '../scenario.js';
import { noting, openStream, readAll, streamOver } from './streams.js';

const chunks = [
  ['text', undefined],
  ['6162', 'hex'],
  [Buffer.from('bytes'), undefined],
  [new Uint8Array([1, 2]), undefined],
  ['', undefined],
  [Buffer.alloc(0), undefined],
  ['ü', 'latin1'],
] as const;

export const writingScenarios: readonly Scenario[] = [
  {
    title: 'chunks of many kinds, with decodeStrings and without',
    covers: ['17.write.binary', '17.write.text', '17.write.send'],
    async run(world) {
      for (const decodeStrings of [undefined, true, false]) {
        const options = decodeStrings === undefined ? {} : { decodeStrings };
        const { stream, socket } = await openStream(world, options);
        for (const [chunk, encoding] of chunks) {
          stream.write(chunk, encoding as BufferEncoding, noting(world, 'write'));
          await turn();
          world.note('sent', socket.take());
        }
        world.attempt('no chunk', () => stream.write(null));
        socket.destroy();
        await turn();
      }
    },
  },
  {
    title: 'chunks that are none',
    covers: ['17.forced', '17.write.send'],
    async run(world) {
      const { stream, socket } = await openStream(world, { writableObjectMode: true });
      for (const chunk of [5, {}, undefined, true]) {
        world.attempt('write', () => stream.write(chunk, noting(world, 'write')));
      }
      await turn();
      world.note('sent', socket.take());
      socket.destroy();
      await turn();
    },
  },
  {
    title: 'many chunks, and a socket that is slow',
    covers: ['17.write.send'],
    async run(world) {
      // With such a key a frame is one write.
      const generateMask = (key: Buffer): void => void key.fill(1);
      const { stream, socket } = await openStream(
        world,
        { writableHighWaterMark: 4 },
        { generateMask },
      );
      socket.held = true;
      for (const chunk of ['ab', 'cd', 'ef']) {
        world.note('write', stream.write(chunk, noting(world, chunk)), stream.writableLength);
      }
      await turn();
      world.note('a turn later', stream.writableLength, socket.take());
      socket.release();
      await turn();
      world.note('released', stream.writableLength, socket.take());
      socket.destroy();
      await turn();
    },
  },
  {
    title: 'corked writes',
    covers: ['17.write.send'],
    async run(world) {
      const { stream, socket } = await openStream(world);
      stream.cork();
      for (const chunk of ['a', 'b', 'c']) stream.write(chunk);
      await turn();
      world.note('corked', socket.take());
      stream.uncork();
      await turn();
      world.note('uncorked', socket.take());
      socket.destroy();
      await turn();
    },
  },
  {
    title: 'writes before the websocket is open',
    covers: ['17.write.connecting', '17.end.connecting'],
    async run(world) {
      for (const ends of [false, true]) {
        const { websocket, socket } = dialManually(world, { generateMask: zeroKey });
        const stream = streamOver(world, websocket);
        readAll(world, stream);
        websocket.on('open', () => world.note('open'));
        stream.write('one', noting(world, 'one'));
        stream.write('two', noting(world, 'two'));
        if (ends) stream.end('three', noting(world, 'end'));
        await turn();
        world.note('waiting', stream.writableLength);
        await answer(socket);
        await turn();
        world.note('sent', socket.take(), websocket.readyState);
        const closed = world.closeOf(websocket);
        await socket.receive(unmasked(0x88));
        socket.push(null);
        await closed;
        await turn();
      }
    },
  },
  {
    title: 'writes in CLOSING and in CLOSED',
    covers: ['17.write.late', '17.error.destroys'],
    async run(world) {
      const closing = await openStream(world);
      closing.websocket.close(1000);
      closing.stream.write('late', noting(world, 'write'));
      await turn();
      closing.socket.destroy();
      await turn();
      const closed = await openStream(world);
      readAll(world, closed.stream);
      closed.socket.destroy();
      await turn();
      closed.stream.write('late', noting(world, 'write'));
      closed.stream.write('later', noting(world, 'another write'));
      await turn();
    },
  },
  {
    title: 'a websocket that is an EventEmitter and nothing else',
    covers: ['17.emitter', '17.write.send', '17.write.connecting', '17.end.close'],
    async run(world) {
      const sent: ((error?: Error) => void)[] = [];
      const finishing = Object.assign(new EventEmitter(), {
        _writableState: { finished: false },
        writableFinished: false,
      });
      const fake = Object.assign(new EventEmitter(), {
        CONNECTING: 0,
        OPEN: 1,
        CLOSING: 2,
        CLOSED: 3,
        readyState: 0,
        isPaused: false,
        _socket: finishing,
        send: (data: unknown, callback: () => void) => {
          world.note('send', data);
          sent.push(callback);
        },
        pause: () => world.note('pause'),
        resume: () => world.note('resume'),
        close: (...values: unknown[]) => world.note('close', ...values),
        terminate: () => world.note('terminate'),
      });
      const stream = streamOver(world, fake);
      readAll(world, stream);
      stream.write('one', noting(world, 'one'));
      stream.end('two', noting(world, 'end'));
      world.note('connecting');
      fake.readyState = fake.OPEN;
      fake.emit('open');
      sent.shift()?.();
      await turn();
      sent.shift()?.();
      await turn();
      fake.emit('message', Buffer.from('hello'), true);
      await turn();
      finishing.emit('finish');
      fake.readyState = fake.CLOSED;
      fake.emit('close', 1000, Buffer.alloc(0));
      await turn();
    },
  },
];
