/** The class `Receiver`. */
import { Writable } from 'node:stream';
import { closing, masked, unmasked } from '../frames.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const events = ['message', 'ping', 'pong', 'conclude', 'error', 'finish', 'close'];

function made(world: World, options?: object): any {
  const receiver = new world.lib.module.Receiver(options);
  world.watch(receiver, 'receiver', events);
  return receiver;
}

const conversation = Buffer.concat([
  unmasked(0x81, 'text'),
  unmasked(0x82, 'binary'),
  unmasked(0x89, 'ping'),
  unmasked(0x02, 'frag'),
  unmasked(0x8a),
  unmasked(0x80, 'ment'),
  unmasked(0x81),
]);

export const receiverScenarios: readonly Scenario[] = [
  {
    title: 'what a Receiver is',
    covers: ['18.receiver.writable'],
    run(world) {
      const { Receiver } = world.lib.module;
      const receiver = new Receiver();
      world.note('Writable', receiver instanceof Writable, Receiver.name, receiver.writable);
      world.note('high water mark', receiver.writableHighWaterMark, receiver.writableObjectMode);
    },
  },
  {
    title: 'a conversation, whole and by bytes, with callbacks',
    covers: ['18.receiver.writable', '18.receiver.message', '18.receiver.control'],
    async run(world) {
      for (const size of [conversation.length, 1, 7]) {
        const receiver = made(world);
        for (let at = 0; at < conversation.length; at += size) {
          const chunk = Buffer.from(conversation.subarray(at, at + size));
          const more = receiver.write(chunk, (error: unknown) => world.note('written', error));
          world.note('more', more);
        }
        receiver.end();
        await world.closeOf(receiver);
      }
    },
  },
  {
    title: 'events while write runs, and one for each turn',
    covers: ['18.receiver.synchronous'],
    async run(world) {
      for (const allowSynchronousEvents of [undefined, true, false, null, 0, 1]) {
        const receiver = made(world, { allowSynchronousEvents });
        receiver.write(Buffer.from(conversation));
        receiver.write(unmasked(0x82, 'more'));
        world.note('write returned', allowSynchronousEvents);
        for (let turns = 0; turns < 8; turns++) {
          await turn();
          world.note('a turn');
        }
        receiver.end();
        await world.closeOf(receiver);
      }
    },
  },
  {
    title: 'each binaryType, and some that are none',
    covers: ['18.receiver.binary-type'],
    async run(world) {
      for (const binaryType of ['nodebuffer', 'arraybuffer', 'fragments', 'blob', '', undefined]) {
        const receiver = made(world, { binaryType });
        const blobs: Blob[] = [];
        receiver.on('message', (data: unknown) => {
          if (data instanceof Blob) blobs.push(data);
        });
        receiver.write(Buffer.from(conversation));
        receiver.write(unmasked(0x82));
        receiver.end();
        await world.closeOf(receiver);
        for (const blob of blobs) world.note('blob', Buffer.from(await blob.arrayBuffer()));
      }
    },
  },
  {
    title: 'extensions of many forms',
    covers: ['18.receiver.extensions'],
    async run(world) {
      const { PerMessageDeflate } = world.lib.module;
      const extension = new PerMessageDeflate();
      extension.accept([{}]);
      world.cleanUp(() => extension.cleanup());
      const own = {
        decompress(data: Buffer, fin: boolean, callback: any) {
          world.note('decompress', data, fin);
          setImmediate(callback, null, Buffer.from(String(data).toUpperCase()));
        },
      };
      const compressed = unmasked(0xc1, Buffer.from('4a0400', 'hex'));
      for (const extensions of [
        undefined,
        null,
        {},
        { 'permessage-deflate': extension },
        { 'permessage-deflate': own },
        { other: own },
      ]) {
        const receiver = made(world, { extensions });
        receiver.write(Buffer.from(compressed));
        receiver.write(unmasked(0x81, 'plain'));
        receiver.end();
        await world.closeOf(receiver);
      }
    },
  },
  {
    title: 'an extension that fails',
    covers: ['18.receiver.extensions', '18.receiver.error'],
    async run(world) {
      const own = {
        decompress(_data: Buffer, _fin: boolean, callback: any) {
          setImmediate(callback, Object.assign(new Error('no'), { code: 'OWN' }));
        },
      };
      const receiver = made(world, { extensions: { 'permessage-deflate': own } });
      receiver.write(unmasked(0xc1, 'x'));
      receiver.write(unmasked(0x81, 'plain'));
      await world.closeOf(receiver);
    },
  },
  {
    title: 'masked frames for both values of isServer',
    covers: ['18.receiver.is-server'],
    async run(world) {
      for (const isServer of [undefined, false, true, 1]) {
        for (const frame of [masked(0x81, 'masked'), unmasked(0x81, 'unmasked')]) {
          const receiver = made(world, { isServer });
          receiver.write(Buffer.from(frame));
          receiver.end();
          await world.closeOf(receiver);
        }
      }
    },
  },
  {
    title: 'no limits',
    covers: ['18.receiver.no-limits'],
    async run(world) {
      const receiver = made(world);
      const empty = Array.from({ length: 20_000 }, () => unmasked(0x00));
      receiver.write(Buffer.concat([unmasked(0x02), ...empty, unmasked(0x80, 'end')]));
      receiver.write(unmasked(0x82).subarray(0, 1));
      receiver.write(Buffer.from([127, 0, 0, 0, 1, 0, 0, 0, 0]));
      receiver.write(Buffer.alloc(10));
      await turn();
      world.note('more than the default of a WebSocket is announced');
      receiver.end();
      await world.closeOf(receiver);
    },
  },
  {
    title: 'malformed text',
    covers: ['18.receiver.utf8', '18.receiver.error'],
    async run(world) {
      for (const skipUTF8Validation of [undefined, false, true]) {
        const receiver = made(world, { skipUTF8Validation });
        const bytes = unmasked(0x81, Buffer.from([0xff]));
        receiver.write(bytes, (error: unknown) => world.note('written', error));
        receiver.end();
        await world.closeOf(receiver);
      }
    },
  },
  {
    title: 'close frames',
    covers: ['18.receiver.conclude'],
    async run(world) {
      for (const payload of ['', closing(1000), closing(4000, 'reason')]) {
        const receiver = made(world);
        receiver.write(unmasked(0x88, payload), (error: unknown) => world.note('written', error));
        world.note('ends', receiver.writableEnded);
        await world.closeOf(receiver);
        receiver.on('error', () => {});
        receiver.write(unmasked(0x81, 'late'), (error: unknown) => world.note('late', error));
        await turn();
      }
    },
  },
  {
    title: 'chunks that are queued behind a close frame',
    covers: ['18.receiver.discards'],
    async run(world) {
      const receiver = made(world, { allowSynchronousEvents: false });
      const note = (error: unknown): void => world.note('written', error);
      receiver.write(unmasked(0x81, 'text'), note);
      receiver.write(Buffer.concat([unmasked(0x88, closing(1001)), unmasked(0x83)]), note);
      receiver.write(unmasked(0x81, 'behind'), note);
      receiver.write(unmasked(0x83), note);
      world.note('queued', receiver.writableLength);
      await world.closeOf(receiver);
    },
  },
  {
    title: 'what comes after an error',
    covers: ['18.receiver.error'],
    async run(world) {
      for (const allowSynchronousEvents of [true, false]) {
        const receiver = made(world, { allowSynchronousEvents });
        const note = (error: unknown): void => world.note('written', error);
        receiver.write(unmasked(0x81, 'text'), note);
        receiver.write(unmasked(0x83), note);
        await world.closeOf(receiver);
        world.note('state', receiver.destroyed, receiver.errored);
        receiver.write(unmasked(0x81, 'late'), note);
        await turn();
      }
    },
  },
  {
    title: 'a chunk that is queued behind an error',
    covers: ['18.receiver.error'],
    because: 'ws reads what was queued behind the bad bytes; hybi is deaf after an error',
    async run(world) {
      const receiver = made(world, { allowSynchronousEvents: false });
      receiver.write(unmasked(0x81, 'text'));
      receiver.write(unmasked(0x83));
      receiver.write(unmasked(0x81, 'behind'));
      await world.closeOf(receiver);
      await turn();
    },
    compare: (entries) => entries.map(([what]) => what),
    expected: {
      ws: ['receiver message', 'receiver error', 'receiver close', 'receiver message'],
      hybi: ['receiver message', 'receiver error', 'receiver close'],
    },
  },
];
