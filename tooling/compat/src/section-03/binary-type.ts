/** The property `binaryType`. */
import { loadAgain } from '../fresh.js';
import { masked } from '../frames.js';
import { dialManually, openManually } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const others = ['', 'Blob', 'buffer', 'nodeBuffer', 'text', 0, null, undefined, {}, ['blob']];

export const binaryTypeScenarios: readonly Scenario[] = [
  {
    title: 'binaryType before and after the opening handshake',
    covers: ['3.binaryType.initial'],
    run(world) {
      world.note('client', dialManually(world).websocket.binaryType);
      world.note('server', openManually(world).websocket.binaryType);
    },
  },
  {
    title: 'the values that binaryType takes',
    covers: ['3.binaryType.values'],
    run(world) {
      const { websocket } = openManually(world);
      for (const value of ['arraybuffer', 'fragments', 'blob', 'nodebuffer'] as any[]) {
        websocket.binaryType = value;
        world.note('binaryType', websocket.binaryType);
      }
    },
  },
  {
    title: 'values that binaryType does not take',
    covers: ['3.binaryType.ignored'],
    run(world) {
      const { websocket } = openManually(world);
      websocket.binaryType = 'arraybuffer';
      for (const value of others as any[]) {
        world.attempt('assignment', () => {
          websocket.binaryType = value;
        });
        world.note('binaryType', websocket.binaryType);
      }
    },
  },
  {
    title: 'loaded where there is no Blob',
    covers: ['3.binaryType.no-blob'],
    async run(world) {
      const { Blob } = globalThis;
      try {
        delete (globalThis as any).Blob;
        const { WebSocket } = await loadAgain(world.lib);
        const websocket = new (WebSocket as any)(null, undefined, {});
        for (const value of ['blob', 'fragments'] as any[]) {
          websocket.binaryType = value;
          world.note('binaryType', websocket.binaryType);
        }
      } finally {
        globalThis.Blob = Blob;
      }
    },
  },
  {
    title: 'binaryType changes between messages, and in the listener of one',
    covers: ['3.binaryType.at-once'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      const values = ['arraybuffer', 'fragments', 'nodebuffer'] as any[];
      websocket.on('message', (data, isBinary) => {
        world.note('message', data, isBinary);
        websocket.binaryType = values.shift();
      });
      await socket.receive(
        masked(0x82, 'a'),
        masked(0x82, 'b'),
        masked(0x82, 'c'),
        masked(0x82, 'd'),
      );
      websocket.binaryType = 'arraybuffer';
      await socket.receive(masked(0x82, 'e'));
    },
  },
  {
    title: 'binaryType changes between the fragments of a message',
    covers: ['3.binaryType.mid-message'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message']);
      for (const value of ['fragments', 'arraybuffer', 'nodebuffer'] as any[]) {
        await socket.receive(masked(0x02, 'begin'));
        websocket.binaryType = value;
        await socket.receive(masked(0x80, 'end'));
      }
    },
  },
  {
    title: 'binaryType changes between the fragments of a message in one chunk',
    covers: ['3.binaryType.mid-message'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      world.watch(websocket, 'websocket', ['message']);
      websocket.on('ping', () => {
        websocket.binaryType = 'fragments';
      });
      await socket.receive(masked(0x02, 'begin'), masked(0x89), masked(0x80, 'end'));
    },
  },
];
