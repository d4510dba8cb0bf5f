/** Whose listeners a WebSocket has. */
import { masked } from '../frames.js';
import { openClientManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { manualServer, upgradeManually } from '../upgrades.js';

const names = ['open', 'message', 'ping', 'pong', 'error', 'close', 'upgrade', 'redirect'];

function counts(websocket: any): unknown {
  return names.map((name) => `${name} ${websocket.listeners(name).length}`);
}

export const listenerScenarios: readonly Scenario[] = [
  {
    title: 'of a client',
    covers: ['21.listeners'],
    async run(world) {
      const { websocket } = await openClientManually(world);
      world.note('open', counts(websocket), websocket.eventNames());
      const listener = (): void => {};
      for (const name of names) websocket.on(name, listener);
      world.note(
        'same',
        names.every((name) => websocket.listeners(name)[0] === listener),
      );
      world.note('added', counts(websocket));
    },
  },
  {
    title: 'of a client that dials',
    covers: ['21.listeners'],
    run(world) {
      for (const options of [{}, { followRedirects: true, handshakeTimeout: 1000 }]) {
        const client = world.client('ws://example.test', {
          ...options,
          createConnection: () => new (class extends Object {})() as never,
          agent: { addRequest() {} },
        });
        const listener = (): void => {};
        client.on('open', listener);
        world.note('dialing', counts(client), client.listeners('open')[0] === listener);
      }
    },
  },
  {
    title: 'of the clients of a server',
    covers: ['21.listeners', '21.listeners.close'],
    run(world) {
      for (const clientTracking of [true, false]) {
        upgradeManually(manualServer(world, { clientTracking }), {}, (websocket) => {
          world.note('tracked', clientTracking, counts(websocket), websocket.eventNames());
        });
      }
    },
  },
  {
    title: 'after the end',
    covers: ['21.listeners'],
    async run(world) {
      const opened: any[] = [];
      const { socket } = upgradeManually(
        manualServer(world, { clientTracking: false }),
        {},
        (one) => opened.push(one),
      );
      await socket.receive(masked(0x88));
      await socket.receiveEnd();
      await turn();
      world.note('closed', opened[0].readyState, counts(opened[0]));
    },
  },
  {
    title: 'accessors and constants',
    covers: ['21.accessors'],
    run(world) {
      const { WebSocket } = world.lib;
      const shape = ({ get, set, ...others }: PropertyDescriptor): unknown => ({
        get: typeof get,
        set: typeof set,
        ...others,
      });
      for (const name of [
        ...['binaryType', 'bufferedAmount', 'extensions', 'isPaused', 'onclose', 'onerror'],
        ...['onmessage', 'onopen', 'protocol', 'readyState', 'url'],
        ...['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'],
      ]) {
        const own = Object.getOwnPropertyDescriptor(WebSocket.prototype, name);
        const onClass = Object.getOwnPropertyDescriptor(WebSocket, name);
        world.note(name, own && shape(own), onClass && shape(onClass));
      }
    },
  },
];
