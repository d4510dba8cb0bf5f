/** Headers, and how much of a frame is which write. */
import { zeroKey } from '../frames.js';
import { openClientManually, openManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const lengths = [0, 1, 125, 126, 127, 255, 256, 65_535, 65_536, 65_537, 70_000];

/** Sends messages one by one, each in a tick of its own, and notes the bytes of each. */
async function noteFrames(
  world: World,
  {
    websocket,
    socket,
  }: Pick<Awaited<ReturnType<typeof openClientManually>>, 'websocket' | 'socket'>,
): Promise<void> {
  for (const length of lengths) {
    for (const data of [Buffer.alloc(length, 'b'), 'a'.repeat(length)]) {
      await new Promise((resolve) => {
        websocket.send(data, resolve);
      });
      const bytes = socket.take();
      world.note(`${typeof data} of ${length}`, bytes.length, bytes.subarray(0, 14), bytes);
    }
  }
}

/** Notes the calls of a socket that make bytes leave. */
async function noteWrites(world: World, isServer: boolean): Promise<void> {
  const { websocket, socket } = isServer
    ? openManually(world)
    : await openClientManually(world, { generateMask: (key: Buffer) => key.fill(1) });
  const { write } = socket;
  socket.write = (...values: any[]): boolean => {
    const [chunk] = values as [Buffer | string];
    world.note(typeof chunk === 'string' ? 'string' : 'bytes', Buffer.from(chunk as string));
    return (write as any).apply(socket, values) as boolean;
  };
  for (const [what, data] of [
    ['text', 'text'],
    ['binary', Buffer.from('binary')],
    ['array', [1, 2, 3]],
    ['empty', ''],
  ] as const) {
    world.note(what);
    await new Promise((resolve) => {
      websocket.send(data as Buffer, resolve);
    });
  }
  world.note('ping');
  await new Promise((resolve) => {
    websocket.ping(Buffer.from('ping'), undefined, resolve as any);
  });
}

/** The bytes between two marks, in one. */
function joined(entries: readonly (readonly unknown[])[]): unknown {
  const bytes: Record<string, string> = {};
  let mark = '';
  for (const [what, value] of entries as [string, [string, string]][]) {
    if (value === undefined) mark = what;
    else bytes[mark] = (bytes[mark] ?? '') + value[1];
  }
  return bytes;
}

const because =
  'hybi writes a small frame in one piece, so the number and the type of the writes differ';

export const framingScenarios: readonly Scenario[] = [
  {
    title: 'messages of a server around the limits of the lengths',
    covers: ['13.length.7', '13.length.16', '13.length.64'],
    run: (world) => noteFrames(world, openManually(world)),
  },
  {
    title: 'messages of a client around the limits of the lengths',
    covers: ['13.length.7', '13.length.16', '13.length.64'],
    async run(world) {
      await noteFrames(world, await openClientManually(world, { generateMask: zeroKey }));
      const generateMask = (key: Buffer): void => key.writeUInt32BE(0x12345678) as unknown as void;
      await noteFrames(world, await openClientManually(world, { generateMask }));
    },
  },
  {
    title: 'lengths that no memory has',
    covers: ['13.length.64'],
    run(world) {
      const { Sender } = world.lib.module;
      for (const length of [2 ** 31, 2 ** 32, 2 ** 40, 2 ** 48 - 1]) {
        const [header] = Sender.frame({ length } as Buffer, { fin: true, opcode: 2 });
        world.note('header', length, header);
      }
    },
  },
  {
    title: 'the writes of a server',
    covers: ['13.writes.one', '13.writes.two', '13.writes.text'],
    because,
    run: (world) => noteWrites(world, true),
    compare: joined,
  },
  {
    title: 'the writes of a client',
    covers: ['13.writes.one', '13.writes.two'],
    because,
    run: (world) => noteWrites(world, false),
    compare: joined,
  },
];
