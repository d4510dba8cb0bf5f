/** The close timer. */
import { closing, masked } from '../frames.js';
import { openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** Notes the timers that are set for at least so long, and gives them out. */
function watchTimers(world: World, least: number): NodeJS.Timeout[] {
  const { setTimeout: original } = globalThis;
  const timers: NodeJS.Timeout[] = [];
  const replacement = (callback: any, delay: any, ...values: any[]): NodeJS.Timeout => {
    const timer = original(callback, delay, ...values);
    if (delay >= least) {
      world.note('timer', delay, timer.hasRef());
      timers.push(timer);
    }
    return timer;
  };
  globalThis.setTimeout = replacement as typeof setTimeout;
  world.cleanUp(() => {
    globalThis.setTimeout = original;
  });
  return timers;
}

const isOver = (timer: any): unknown => timer._destroyed;
const rare = 29_000;

const deeds: Record<string, (side: ReturnType<typeof openManually>) => unknown> = {
  close: ({ websocket }) => websocket.close(1000),
  'close twice': ({ websocket }) => {
    websocket.close(1000);
    websocket.close(1000);
  },
  'the peer closes': ({ socket }) => socket.receive(masked(0x88, closing(1000))),
  'the peer answers': async ({ websocket, socket }) => {
    websocket.close(1000);
    await socket.receive(masked(0x88, closing(1000)));
  },
  'bad bytes': ({ socket }) => socket.receive(masked(0x83)),
  'a Blob': async ({ websocket }) => {
    const arrayBuffer = (): Promise<never> => Promise.reject(new Error('unreadable'));
    websocket.on('error', () => {});
    websocket.send(Object.assign(new Blob(['x']), { arrayBuffer }) as any);
    await turn();
    await turn();
  },
  'the peer ends': ({ socket }) => socket.receiveEnd(),
  terminate: ({ websocket }) => websocket.terminate(),
};

export const timerScenarios: readonly Scenario[] = [
  {
    title: 'what arms the close timer, and that the end of the socket clears it',
    covers: [
      '11.timer.close',
      '11.timer.echo',
      '11.timer.error',
      '11.timer.blob',
      '11.timer.ref',
      '11.timer.cleared',
      '11.timer.terminate',
    ],
    async run(world) {
      const timers = watchTimers(world, rare);
      for (const [name, deed] of Object.entries(deeds)) {
        const side = openManually(world);
        world.watch(side.websocket, 'websocket', ['error', 'close']);
        world.note(name);
        timers.length = 0;
        await deed(side);
        await turn();
        world.note('timers', timers.length, ...timers.map(isOver));
        side.socket.destroy();
        await turn();
        world.note('closed', side.websocket.readyState, ...timers.map(isOver));
      }
    },
  },
  {
    title: 'the close timer of a client and of a server over a network',
    covers: ['11.timer.default', '11.timer.close', '11.timer.echo'],
    async run(world) {
      for (const closeTimeout of [undefined, 40_000]) {
        const options = closeTimeout === undefined ? {} : { closeTimeout };
        const { client, remote } = await world.pair({ client: options, server: options });
        const timers = watchTimers(world, rare);
        const closed = Promise.all([world.closeOf(client), world.closeOf(remote)]);
        client.close();
        await closed;
        world.note('timers', timers.length, ...timers.map(isOver));
      }
    },
  },
  {
    title: 'the close timer expires',
    covers: ['11.timer.expiry', '11.timer.default'],
    async run(world) {
      const server = openManually(world, { closeTimeout: 3 });
      const client = await openClientManually(world, { closeTimeout: 3 });
      for (const { websocket, socket } of [server, client]) {
        world.watch(websocket, 'websocket', ['error', 'close']);
        const closed = world.closeOf(websocket);
        websocket.close(1000);
        await closed;
        world.note('destroyed', socket.destroyed, socket.ends);
      }
    },
  },
  {
    title: 'the close timer expires after the peer has closed, or sent bad bytes',
    covers: ['11.timer.expiry', '11.timer.echo', '11.timer.error'],
    async run(world) {
      for (const bytes of [masked(0x88, closing(1001, 'bye')), masked(0x83)]) {
        const { websocket, socket } = openManually(world, { closeTimeout: 3 });
        world.watch(websocket, 'websocket', ['error', 'close']);
        const closed = world.closeOf(websocket);
        await socket.receive(Buffer.from(bytes));
        await closed;
        world.note('destroyed', socket.destroyed, socket.ends);
      }
    },
  },
  {
    title: 'a program that does nothing but wait for the close timer',
    covers: ['11.timer.ref'],
    run(world) {
      const timers = watchTimers(world, rare);
      const { websocket } = openManually(world);
      websocket.close();
      world.note('keeps the process alive', ...timers.map((timer) => timer.hasRef()));
    },
  },
];
