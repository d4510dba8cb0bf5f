/** What arrives, and how fast. */
import { Duplex } from 'node:stream';
import { closing, unmasked } from '../frames.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { openStream, readAll, streamOver } from './streams.js';

const messages = [
  unmasked(0x81, 'text'),
  unmasked(0x82, Buffer.from([1, 2, 3])),
  unmasked(0x81),
  unmasked(0x82),
  unmasked(0x01, 'frag'),
  unmasked(0x80, 'ment'),
  unmasked(0x82, Buffer.from('e282', 'hex')),
  unmasked(0x82, Buffer.from('ac', 'hex')),
];

export const readingScenarios: readonly Scenario[] = [
  {
    title: 'what the stream is',
    covers: ['17.duplex', '17.forced'],
    async run(world) {
      for (const options of [
        undefined,
        {},
        { readableHighWaterMark: 5, writableHighWaterMark: 6, allowHalfOpen: false },
        { highWaterMark: 7, encoding: 'hex' as const, defaultEncoding: 'hex' as const },
        { autoDestroy: true, emitClose: true, objectMode: true, writableObjectMode: true },
        { readableObjectMode: true, writableObjectMode: true },
      ]) {
        const { stream } = await openStream(world, options);
        world.note('Duplex', stream instanceof Duplex, stream.constructor.name);
        const { readableObjectMode, writableObjectMode, allowHalfOpen, readableEncoding } = stream;
        world.note(
          'modes',
          readableObjectMode,
          writableObjectMode,
          allowHalfOpen,
          readableEncoding,
        );
        world.note('high water marks', stream.readableHighWaterMark, stream.writableHighWaterMark);
        stream.on('error', () => {});
        stream.destroy();
        await turn();
      }
    },
  },
  {
    title: 'functions in the options',
    covers: ['17.forced', '17.duplex'],
    async run(world) {
      const { stream, socket } = await openStream(world, {
        read: () => world.note('own read'),
        write: () => world.note('own write'),
        final: () => world.note('own final'),
        destroy: () => world.note('own destroy'),
        construct: (done) => {
          world.note('own construct');
          done();
        },
      });
      readAll(world, stream);
      await socket.receive(unmasked(0x82, 'in'));
      stream.write('out');
      await turn();
      world.note('sent', socket.take());
      stream.end();
      await turn();
      await socket.receive(unmasked(0x88));
      socket.push(null);
      await turn();
    },
  },
  {
    title: 'messages in byte mode',
    covers: ['17.read.buffers', '17.read.bytes', '17.close.end'],
    async run(world) {
      const { stream, socket } = await openStream(world);
      readAll(world, stream);
      await socket.receive(...messages, unmasked(0x88, closing(1000)));
      socket.push(null);
      await turn();
    },
  },
  {
    title: 'messages that nobody has read yet, in byte mode',
    covers: ['17.read.bytes'],
    async run(world) {
      const { stream, socket } = await openStream(world);
      await socket.receive(...messages);
      world.note('length', stream.readableLength);
      world.note('read', stream.read(3), stream.read(), stream.read());
      socket.destroy();
      await turn();
    },
  },
  {
    title: 'messages with an encoding',
    covers: ['17.read.buffers'],
    async run(world) {
      for (const encoding of ['utf8', 'hex'] as const) {
        const { stream, socket } = await openStream(world, { encoding });
        readAll(world, stream);
        await socket.receive(...messages, unmasked(0x88));
        socket.push(null);
        await turn();
      }
    },
  },
  {
    title: 'messages in object mode',
    covers: ['17.read.objects'],
    async run(world) {
      const { stream, socket } = await openStream(world, { readableObjectMode: true });
      readAll(world, stream);
      await socket.receive(...messages, unmasked(0x88));
      socket.push(null);
      await turn();
    },
  },
  {
    title: 'binary messages in other forms',
    covers: ['17.read.objects', '17.read.buffers'],
    async run(world) {
      for (const readableObjectMode of [true, false]) {
        const { stream, socket, websocket } = await openStream(world, { readableObjectMode });
        websocket.binaryType = 'arraybuffer';
        readAll(world, stream);
        await socket.receive(unmasked(0x82, 'x'));
        socket.destroy();
        await turn();
      }
    },
  },
  {
    title: 'a reader that is slow',
    covers: ['17.read.pause', '17.read.resume'],
    async run(world) {
      const { stream, socket, websocket } = await openStream(world, { readableHighWaterMark: 4 });
      for (const text of ['abc', 'd', 'e']) {
        await socket.receive(unmasked(0x81, text));
        world.note('paused', websocket.isPaused, stream.readableLength);
      }
      for (const size of [1, 2, undefined, undefined]) {
        world.note('read', stream.read(size), websocket.isPaused, stream.readableLength);
        await turn();
        world.note('a turn later', websocket.isPaused, stream.readableLength);
      }
      socket.destroy();
      await turn();
    },
  },
  {
    title: 'calls of pause and resume',
    covers: ['17.read.pause', '17.read.resume'],
    async run(world) {
      const { stream, socket, websocket } = await openStream(world, { readableHighWaterMark: 2 });
      for (const method of ['pause', 'resume'] as const) {
        const original = websocket[method];
        websocket[method] = () => {
          world.note(method);
          original.call(websocket);
        };
      }
      readAll(world, stream);
      await socket.receive(unmasked(0x81, 'a'), unmasked(0x81, 'bcd'));
      stream.pause();
      await socket.receive(unmasked(0x81, 'efg'), unmasked(0x81, 'hij'));
      await socket.receive(unmasked(0x81, 'klm'));
      stream.resume();
      await turn();
      socket.destroy();
      await turn();
    },
  },
  {
    title: 'a stream over a server and its clients, over a network',
    covers: ['17.duplex', '17.read.bytes', '17.write.binary'],
    async run(world) {
      const { client, remote } = await world.pair();
      const echo = world.lib.module.createWebSocketStream(remote as any);
      echo.pipe(echo);
      const stream = streamOver(world, client);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      const closed = world.closeOf(stream);
      const data = Buffer.alloc(300_000, 'some data, ');
      const echoed = new Promise<void>((resolve) => {
        stream.on('data', () => {
          if (Buffer.concat(chunks).length === data.length) resolve();
        });
      });
      stream.write(data);
      await echoed;
      stream.end();
      await closed;
      world.note('echoed', Buffer.concat(chunks));
    },
    because: 'when the stream drains is up to the network',
    compare: (entries) => entries.filter(([what]) => what !== 'stream drain'),
  },
];
