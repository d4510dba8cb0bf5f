/** The states, and what leads from one to the next. */
import type { WebSocket } from 'ws';
import { closing, masked, unmasked, zeroKey } from '../frames.js';
import {
  ManualSocket,
  dialManually,
  openClientManually,
  openManually,
  turn,
} from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const events = ['open', 'message', 'ping', 'pong', 'error', 'close'];

/** Notes every event with the state in it. */
export function watchStates(world: World, label: string, websocket: WebSocket): void {
  for (const name of events) {
    websocket.on(name, (...values: unknown[]) => {
      world.note(`${label} ${name}`, websocket.readyState, ...values);
    });
  }
}

interface Side {
  readonly label: string;
  readonly websocket: WebSocket;
  readonly socket: ManualSocket;
  readonly frame: typeof masked;
}

/** A server's side and a client, one after the other. */
async function onBothSides(
  world: World,
  run: (side: Side) => Promise<void>,
  options: object = {},
): Promise<void> {
  const server = openManually(world, options);
  const client = await openClientManually(world, { generateMask: zeroKey, ...options });
  for (const side of [
    { label: 'server', frame: masked, ...server },
    { label: 'client', frame: unmasked, ...client },
  ]) {
    watchStates(world, side.label, side.websocket);
    for (const name of ['end', 'finish', 'close', 'error']) {
      side.socket.on(name, () => world.note(`socket ${name}`, side.websocket.readyState));
    }
    await run(side);
    await turn();
    world.note(`${side.label} at last`, side.websocket.readyState, side.socket.ends);
    world.note('sent', side.socket.take(), side.socket.destroyed);
  }
}

function onBoth(title: string, covers: string[], run: (side: Side, world: World) => unknown) {
  return {
    title,
    covers,
    run: (world: World) =>
      onBothSides(world, async (side) => {
        await run(side, world);
      }),
  };
}

export const stateScenarios: readonly Scenario[] = [
  {
    title: 'open on a socket',
    covers: ['11.open'],
    run(world) {
      const websocket: any = world.client(null, undefined, {});
      world.note('before', websocket.readyState);
      websocket.on('open', () =>
        world.note('open', websocket.readyState, websocket._socket !== null),
      );
      websocket.setSocket(new ManualSocket(), Buffer.alloc(0), {});
      world.note('after', websocket.readyState);
    },
  },
  {
    title: 'open of a client and of a server over a network',
    covers: ['11.open', '11.closed', '11.end', '11.end.client', '11.code.own'],
    async run(world) {
      const server = await world.server();
      const notes: Record<string, unknown[]> = { client: [], server: [] };
      const watch = (label: string, websocket: WebSocket): void => {
        for (const name of ['open', 'error', 'close']) {
          websocket.on(name, (...values: unknown[]) => {
            notes[label]?.push([name, websocket.readyState, ...values]);
          });
        }
      };
      const connection = world.next(server, 'connection');
      const client = world.client(server.address_);
      watch('client', client as WebSocket);
      const [remote] = await connection;
      notes['server']?.push(['connection', remote.readyState]);
      watch('server', remote);
      if (client.readyState !== 1) await world.next(client, 'open');
      const closed = Promise.all([world.closeOf(client), world.closeOf(remote)]);
      client.close(4000, 'bye');
      notes['client']?.push(['closing', client.readyState]);
      await closed;
      world.note('client', ...(notes['client'] ?? []));
      world.note('server', ...(notes['server'] ?? []));
    },
  },
  onBoth(
    'close',
    ['11.closing.close', '11.closed'],
    async ({ websocket, socket, frame }, world) => {
      websocket.close(1000);
      world.note('closing', websocket.readyState);
      await socket.receive(frame(0x81, 'still read'));
      await socket.receive(frame(0x88, closing(1000)));
      world.note('both have closed', websocket.readyState);
      socket.push(null);
    },
  ),
  onBoth('terminate', ['11.closing.terminate', '11.code.1006'], ({ websocket }, world) => {
    websocket.terminate();
    world.note('terminated', websocket.readyState);
  }),
  onBoth('the socket ends', ['11.closing.end', '11.fin', '11.code.1006'], ({ socket }) =>
    socket.receiveEnd(),
  ),
  onBoth(
    'the socket is closed',
    ['11.closing.socket-close', '11.closed', '11.code.1006'],
    ({ socket }) => void socket.destroy(),
  ),
  onBoth(
    'the socket fails',
    ['11.closing.socket-error', '11.closed', '11.code.1006'],
    ({ socket }) => void socket.destroy(new Error('read ECONNRESET')),
  ),
  onBoth('an error of the protocol', ['11.closing.protocol'], async ({ socket, frame }) => {
    await socket.receive(frame(0x83));
    socket.push(null);
  }),
  onBoth('the close frame of the peer', ['11.closing.peer'], async ({ socket, frame }) => {
    await socket.receive(frame(0x81, 'before'), frame(0x88, closing(1001, 'going')));
    socket.push(null);
  }),
  onBoth('a Blob that can not be read', ['11.closing.blob'], async ({ websocket, socket }) => {
    const arrayBuffer = (): Promise<never> => Promise.reject(new Error('unreadable'));
    websocket.send(Object.assign(new Blob(['x']), { arrayBuffer }) as any);
    await turn();
    await turn();
    socket.push(null);
  }),
  {
    title: 'an opening handshake that fails, and one that is given up',
    covers: ['11.closing.failed', '11.closed', '11.code.1006'],
    async run(world) {
      for (const fail of [
        ({ socket }: ReturnType<typeof dialManually>) =>
          void socket.push('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
        ({ socket }: ReturnType<typeof dialManually>) =>
          void socket.push(
            'HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
          ),
        ({ socket }: ReturnType<typeof dialManually>) => void socket.destroy(new Error('refused')),
        ({ websocket }: ReturnType<typeof dialManually>) => websocket.close(),
        ({ websocket }: ReturnType<typeof dialManually>) => websocket.terminate(),
      ]) {
        const dialed = dialManually(world);
        const { websocket } = dialed;
        watchStates(world, 'client', websocket);
        const closed = world.closeOf(websocket);
        await turn();
        world.note('dialing', websocket.readyState);
        fail(dialed);
        await closed;
        world.note('closed', websocket.readyState);
      }
    },
  },
];
