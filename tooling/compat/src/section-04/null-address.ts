/** The WebSocket that does not dial. */
import { masked } from '../frames.js';
import { ManualSocket, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { timerDelays } from '../timer-delays.js';
import type { World } from '../world.js';

/** No end of the scenario terminates it: without a socket, `ws` has nothing to terminate. */
function make(world: World, ...rest: unknown[]): any {
  return Reflect.construct(world.lib.WebSocket, [null, ...rest]);
}

function open(world: World, options: unknown): { websocket: any; socket: ManualSocket } {
  const websocket: any = world.client(null, undefined, options);
  const socket = new ManualSocket();
  websocket.setSocket(socket, Buffer.alloc(0), {});
  return { websocket, socket };
}

/** The time after which the timer of a closing handshake would go off. */
function closeDelay(world: World, options: unknown): number[] {
  const { websocket } = open(world, options);
  return timerDelays(() => websocket.close());
}

export const nullAddressScenarios: readonly Scenario[] = [
  {
    title: 'a null address without options',
    covers: ['4.null-address.options'],
    run(world) {
      world.attempt('nothing', () => make(world));
      world.attempt('undefined', () => make(world, undefined, undefined));
      world.attempt('null', () => make(world, undefined, null));
      world.attempt('options second', () => make(world, { autoPong: true }));
      world.attempt('protocols', () => make(world, ['a b'], {}));
    },
  },
  {
    title: 'a null address with options',
    covers: ['4.null-address', '4.null-address.state'],
    async run(world) {
      const websocket: any = world.client(null, undefined, {});
      await turn();
      world.note('before', websocket.readyState, websocket.url);
      world.note('before', websocket._socket, websocket._isServer, websocket.eventNames());
      world.watch(websocket, 'websocket', ['open', 'message']);
      websocket.setSocket(new ManualSocket(), masked(0x81, 'head'), {});
      world.note('after', websocket.readyState, websocket.url);
      await turn();
    },
  },
  {
    title: 'autoPong with a null address',
    covers: ['4.null-address.read', '4.options.undefined'],
    async run(world) {
      const given: unknown[] = [
        {},
        { autoPong: true },
        { autoPong: undefined },
        { autoPong: 1 },
        { autoPong: 0 },
        Object.create({ autoPong: true }),
      ];
      for (const options of given) {
        const { socket } = open(world, options);
        await socket.receive(masked(0x89, 'ping'));
        world.note('answer', socket.take());
      }
    },
  },
  {
    title: 'maxPendingAutoPongs with a null address',
    covers: ['4.null-address.read', '4.options.undefined'],
    async run(world) {
      for (const maxPendingAutoPongs of [undefined, 2, -1, 0, '2', 2 ** 32 + 1, null]) {
        const { websocket, socket } = open(world, { autoPong: true, maxPendingAutoPongs });
        socket.held = true;
        await socket.receive(...Array.from({ length: 70 }, () => masked(0x89)));
        world.note(String(maxPendingAutoPongs), websocket.readyState);
      }
    },
  },
  {
    title: 'closeTimeout with a null address',
    covers: ['4.null-address.read', '4.options.undefined'],
    run(world) {
      for (const options of [{}, { closeTimeout: 1234 }, { closeTimeout: 0 }]) {
        world.note('delay', closeDelay(world, options));
      }
      world.note('undefined', closeDelay(world, { closeTimeout: undefined }));
      world.note('null', closeDelay(world, { closeTimeout: null }));
    },
  },
  {
    title: 'other options with a null address',
    covers: ['4.null-address.read'],
    run(world) {
      const read: string[] = [];
      const options = new Proxy({} as Record<string, unknown>, {
        get(target, name) {
          read.push(String(name));
          return target[String(name)];
        },
      });
      const websocket = make(world, undefined, options);
      world.note('protocols', websocket.protocol, websocket.extensions);
      world.note('of ours', read.includes('protocolVersion'), read.includes('perMessageDeflate'));
    },
  },
];
