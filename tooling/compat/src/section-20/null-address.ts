/** `new WebSocket(null, undefined, options)`, as test tools make WebSockets without a network. */
import { duplexPair } from 'node:stream';
import { masked, unmasked } from '../frames.js';
import { ManualSocket, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const nothing = Buffer.alloc(0);
const options = { autoPong: true, closeTimeout: 30_000 };

export const nullAddressScenarios: readonly Scenario[] = [
  {
    title: 'what it is before setSocket',
    covers: ['20.null', '20.null.isServer', '20.socket.null', '20.sender.null'],
    run(world) {
      const websocket: any = new (world.lib.WebSocket as any)(null, undefined, {});
      const { readyState, url, protocol, extensions, binaryType } = websocket;
      world.note('state', { readyState, url, protocol, extensions, binaryType });
      world.note('members', websocket._socket, websocket._sender, websocket._isServer);
      world.attempt('send', () => websocket.send('early'));
      world.note('names', websocket.eventNames());
    },
  },
  {
    title: 'setSocket as a server, and as a client',
    covers: ['20.null.setSocket', '20.null.isServer'],
    async run(world) {
      for (const isServer of [true, false]) {
        const websocket: any = world.client(null, undefined, options);
        world.watch(websocket, 'websocket', ['open', 'message', 'ping', 'error', 'close']);
        websocket._isServer = isServer;
        const socket = new ManualSocket();
        const frame = isServer ? masked : unmasked;
        websocket.setSocket(socket, frame(0x81, 'head'), { maxPayload: 4, generateMask });
        websocket.send('hi');
        await turn();
        world.note('wire', socket.take());
        await socket.receive(frame(0x89, 'ping'), frame(0x82, '1234'), frame(0x82, '12345'));
        world.note('wire', socket.take());
      }
    },
  },
  {
    title: 'arguments of setSocket',
    covers: ['20.null.setSocket'],
    async run(world) {
      for (const limits of [{}, { maxPayload: 0 }, { maxPayload: Infinity }, { maxPayload: '3' }]) {
        const websocket: any = world.client(null, undefined, options);
        world.watch(websocket, 'websocket', ['message', 'error']);
        const socket = new ManualSocket();
        world.attempt('setSocket', () => websocket.setSocket(socket, nothing, limits));
        await socket.receive(masked(0x82, '1234'));
      }
    },
  },
  {
    title: 'two of them on a pair of Duplexes',
    covers: ['20.null.both', '20.null.isServer'],
    async run(world) {
      const [left, right] = duplexPair();
      const server: any = world.client(null, undefined, options);
      const client: any = world.client(null, undefined, options);
      client._isServer = false;
      const sides: [any, unknown[]][] = [
        [server, []],
        [client, []],
      ];
      for (const [side, seen] of sides) {
        for (const name of ['message', 'pong', 'close']) {
          side.on(name, (...args: unknown[]) => seen.push([name, ...args]));
        }
      }
      server.setSocket(left, nothing, { maxPayload: 0 });
      client.setSocket(right, nothing, { maxPayload: 0 });
      const closed = Promise.all([world.next(server, 'close'), world.next(client, 'close')]);
      client.send('to the server');
      server.send(Buffer.from('to the client'));
      client.ping('a');
      const pong = world.next(client, 'pong');
      await pong;
      client.close(1000, 'done');
      await closed;
      for (const [, seen] of sides) world.note('seen', ...seen);
    },
  },
];

function generateMask(key: Buffer): void {
  key.fill(7);
}
