/** The event `message`. */
import { masked, unmasked } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const types = ['nodebuffer', 'arraybuffer', 'fragments', 'blob'] as any[];
const deflate = ['Sec-WebSocket-Extensions: permessage-deflate'];

/** Lets binary messages of several shapes arrive, and notes them. */
async function receiveBinary(world: World, binaryType: any): Promise<void> {
  const { websocket, socket } = openManually(world);
  websocket.binaryType = binaryType;
  websocket.on('message', (...values: unknown[]) => {
    world.note('message', values.length, ...values);
  });
  await socket.receive(masked(0x82, 'whole'));
  await socket.receive(masked(0x82));
  await socket.receive(masked(0x02, 'one'), masked(0x00, 'two'), masked(0x80, 'three'));
  await socket.receive(masked(0x02), masked(0x00, 'middle'), masked(0x80));
  await socket.receive(masked(0x02), masked(0x80));
  await socket.receive(masked(0x02, 'one'), masked(0x89, 'ping'), masked(0x80, 'two'));
  const long = masked(0x82, Buffer.alloc(100_000, 'long '));
  for (let at = 0; at < long.length; at += 40_000) {
    await socket.receive(long.subarray(at, at + 40_000));
  }
}

export const messageScenarios: readonly Scenario[] = [
  {
    title: 'texts, with every binaryType',
    covers: ['9.message.text', '9.buffers.view'],
    async run(world) {
      for (const binaryType of types) {
        const { websocket, socket } = openManually(world);
        websocket.binaryType = binaryType;
        websocket.on('message', (...values: unknown[]) => {
          world.note('message', values.length, ...values);
        });
        await socket.receive(masked(0x81, 'Grüße'), masked(0x81));
        await socket.receive(masked(0x01, 'a'), masked(0x00), masked(0x80, 'b'));
        await socket.receive(masked(0x01), masked(0x80));
      }
    },
  },
  {
    title: 'compressed texts, with every binaryType',
    covers: ['9.message.text'],
    async run(world) {
      for (const binaryType of types) {
        const { websocket, socket } = await openClientManually(world, {}, deflate);
        websocket.binaryType = binaryType;
        world.watch(websocket, 'client', ['message']);
        const pong = world.next(websocket, 'pong');
        // "Hello" in one frame and in two, from RFC 7692 section 7.2.3.
        await socket.receive(Buffer.from('c107f248cdc9c90700', 'hex'));
        await socket.receive(Buffer.from('4103f248cd', 'hex'));
        await socket.receive(Buffer.from('8004c9c90700', 'hex'), unmasked(0x8a));
        await pong;
      }
    },
  },
  {
    title: 'binary messages as Buffers',
    covers: ['9.message.nodebuffer', '9.buffers.view'],
    run: (world) => receiveBinary(world, 'nodebuffer'),
  },
  {
    title: 'binary messages as ArrayBuffers',
    covers: ['9.message.arraybuffer'],
    run: (world) => receiveBinary(world, 'arraybuffer'),
  },
  {
    title: 'binary messages as fragments',
    covers: ['9.message.fragments', '9.message.fragments.empty'],
    run: (world) => receiveBinary(world, 'fragments'),
  },
  {
    title: 'binary messages as Blobs',
    covers: ['9.message.blob'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.binaryType = 'blob' as any;
      const blobs: Blob[] = [];
      websocket.on('message', (data: any, isBinary) => {
        blobs.push(data as Blob);
        world.note('message', data instanceof Blob, isBinary, data.size, data.type);
      });
      await socket.receive(masked(0x82, 'whole'), masked(0x82));
      await socket.receive(masked(0x02, 'one'), masked(0x00), masked(0x80, 'two'));
      for (const blob of blobs) world.note('contents', await blob.arrayBuffer());
    },
  },
  {
    title: 'compressed binary messages, in every form',
    covers: ['9.message.fragments.inflated', '9.message.arraybuffer', '9.message.nodebuffer'],
    async run(world) {
      for (const binaryType of types.slice(0, 3)) {
        const { websocket, socket } = await openClientManually(world, {}, deflate);
        websocket.binaryType = binaryType;
        world.watch(websocket, 'client', ['message']);
        const pong = world.next(websocket, 'pong');
        await socket.receive(Buffer.from('c207f248cdc9c90700', 'hex'));
        // Two frames, of which the first ends with an empty block, then an empty message.
        await socket.receive(Buffer.from('420bf248cdc9c907000000ffff', 'hex'));
        await socket.receive(Buffer.from('8005f200110000', 'hex'));
        await socket.receive(Buffer.from('c20100', 'hex'), unmasked(0x8a));
        await pong;
      }
    },
  },
  {
    title: 'an ArrayBuffer is no part of the memory of others',
    covers: ['9.message.arraybuffer', '9.buffers.kept'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.binaryType = 'arraybuffer';
      const messages: ArrayBuffer[] = [];
      websocket.on('message', (data) => {
        new Uint8Array(data as ArrayBuffer).fill(0xff);
        messages.push(data as ArrayBuffer);
      });
      await socket.receive(masked(0x82, 'one'), masked(0x82, 'two'), masked(0x82, 'three'));
      world.note('messages', ...messages);
    },
  },
  {
    title: 'messages that are kept',
    covers: ['9.buffers.kept'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const kept: unknown[] = [];
      websocket.on('message', (data) => {
        kept.push(data);
        websocket.send(data);
      });
      const key = Buffer.from([1, 2, 3, 4]);
      for (let round = 0; round < 20; round++) {
        const frame = masked(0x82, Buffer.alloc(50 * round + 5, round));
        const at = frame.indexOf(Buffer.alloc(4));
        key.copy(frame, at);
        // In pieces too: then the payload is put together in other memory.
        await socket.receive(frame.subarray(0, 3 * round));
        await socket.receive(frame.subarray(3 * round));
      }
      await turn();
      world.note('kept', ...kept);
      world.note('sent', socket.take());
    },
  },
  {
    title: 'the chunk of the socket behind a masked message',
    covers: ['9.buffers.in-place', '9.buffers.view'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const chunks: Buffer[] = [];
      socket.prependListener('data', (chunk: Buffer) => {
        chunks.push(chunk);
      });
      world.watch(websocket, 'websocket', ['message', 'ping', 'pong']);
      const payload = Buffer.from('69676f686e', 'hex');
      for (const opcode of [0x81, 0x82, 0x89, 0x8a]) {
        await socket.receive(Buffer.from([opcode, 0x85, 1, 2, 3, 4]), payload);
      }
      const text = Buffer.from('hello hello hello hello hello hello').map((byte, at) => {
        return byte ^ ((at & 3) + 1);
      });
      await socket.receive(Buffer.from([0x81, 0x80 | text.length, 1, 2, 3, 4]), Buffer.from(text));
      world.note('chunks', ...chunks);
    },
  },
];
