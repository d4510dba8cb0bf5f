/** What becomes of the memory that is given to `send`. */
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const content = 'something that is long enough';

/** The forms of data that have memory, each made anew. */
function forms(length = content.length): readonly (readonly [string, any])[] {
  const bytes = (): Buffer => Buffer.from(content.padEnd(length, '.'));
  const { buffer } = new Uint8Array(bytes());
  const around = new Uint8Array(length + 20).fill(7);
  around.set(bytes(), 10);
  return [
    ['Buffer', bytes()],
    ['Uint8Array', new Uint8Array(bytes())],
    ['part of a Uint8Array', around.subarray(10, 10 + length)],
    ['DataView', new DataView(buffer.slice(0))],
    ['ArrayBuffer', buffer],
    ['array', [...bytes()]],
    ['string', bytes().toString()],
  ];
}

function snapshot(data: any): unknown {
  return ArrayBuffer.isView(data) || data instanceof ArrayBuffer || Array.isArray(data)
    ? structuredClone(data)
    : data;
}

function watchMemory(world: World, what: string, data: any): () => void {
  const before = snapshot(data);
  return () => {
    world.note(what, snapshot(data));
    world.note(`${what} is as before`, sameBytes(snapshot(data), before));
  };
}

function sameBytes(one: unknown, other: unknown): boolean {
  return Buffer.from(one as Uint8Array).equals(Buffer.from(other as Uint8Array));
}

function key(target: Buffer): void {
  target.writeUInt32BE(0xdeadbeef);
}

export const memoryScenarios: readonly Scenario[] = [
  {
    title: 'messages of a client',
    covers: ['13.memory.unchanged', '13.memory.temporary'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: key });
      for (const length of [content.length, 20_000]) {
        for (const [what, data] of forms(length)) {
          const note = watchMemory(world, what, data);
          await new Promise((resolve) => {
            websocket.send(data, resolve);
          });
          note();
          world.note('sent', socket.take());
        }
      }
    },
  },
  {
    title: 'pings and pongs of a client',
    covers: ['13.memory.unchanged', '13.memory.temporary'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: key });
      for (const [what, data] of forms()) {
        const note = watchMemory(world, what, data);
        websocket.ping(data);
        websocket.pong(data);
        await turn();
        note();
        world.note('sent', socket.take());
      }
    },
  },
  {
    title: 'a SharedArrayBuffer',
    covers: ['13.memory.temporary'],
    because: 'ws masks shared memory in place; hybi changes no memory that it is given',
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: key });
      for (let i = 0; i < 2; i++) {
        const shared = new SharedArrayBuffer(4);
        Buffer.from(shared).write('text');
        await new Promise((resolve) => {
          websocket.send(shared, resolve);
        });
        world.note('sent', socket.take(), Buffer.from(shared).toString() === 'text');
      }
    },
    compare: (entries) => entries.map(([, [, sent] = [], isUnchanged]: any) => [sent, isUnchanged]),
    expected: {
      ws: Array(2).fill(['8284deadbeefaac8c69b', false]),
      hybi: Array(2).fill(['8284deadbeefaac8c69b', true]),
    },
  },
  {
    title: 'a Blob, twice',
    covers: ['13.memory.temporary'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: key });
      const blob = new Blob([content]);
      for (let i = 0; i < 2; i++) {
        await new Promise((resolve) => {
          websocket.send(blob as any, resolve);
        });
        world.note('sent', socket.take());
      }
      world.note('text', await blob.text());
    },
  },
  {
    title: 'the reason of a close frame',
    covers: ['13.memory.unchanged'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world, { generateMask: key });
      const reason = Buffer.from('reason');
      websocket.close(1000, reason);
      await turn();
      world.note('reason', reason, socket.take());
    },
  },
  {
    title: 'long messages without a mask',
    covers: ['13.memory.by-reference'],
    because: 'hybi copies up to 16 KiB into the write of the header: that costs less',
    async run(world) {
      const server = openManually(world);
      const client = await openClientManually(world);
      for (const { websocket, socket } of [server, client]) {
        const chunks: Buffer[] = [];
        const { write } = socket;
        socket.write = (...values: any[]): boolean => {
          chunks.push(values[0] as Buffer);
          return (write as any).apply(socket, values) as boolean;
        };
        for (const length of [10, 20_000]) {
          const data = Buffer.alloc(length, 'x');
          await new Promise((resolve) => {
            websocket.send(data, { mask: false }, resolve);
          });
          const found = chunks.some(({ buffer, byteOffset }) => {
            return buffer === data.buffer && byteOffset === data.byteOffset;
          });
          world.note('by reference', length, found);
        }
      }
    },
    compare: (entries) => entries.map(([, length, found]) => [length, found]),
    expected: {
      ws: [
        [10, true],
        [20_000, true],
        [10, true],
        [20_000, true],
      ],
      hybi: [
        [10, false],
        [20_000, true],
        [10, false],
        [20_000, true],
      ],
    },
  },
];
