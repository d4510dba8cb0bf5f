/** How a server lives with what is around it. */
import { EventEmitter } from 'node:events';
import * as http from 'node:http';
import type * as net from 'node:net';
import { Duplex } from 'node:stream';
import { closing, masked } from '../frames.js';
import { ManualSocket, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { madeUpRequest, manualServer } from '../upgrades.js';

export const serverScenarios: readonly Scenario[] = [
  {
    title: 'port and address',
    covers: ['21.options.port', '21.bind'],
    async run(world) {
      const server = await world.server({ host: undefined });
      const { address, family } = server.address() as net.AddressInfo;
      world.note('bound', server.options.port, address, family);
      world.note('none', manualServer(world).options.port);
    },
  },
  {
    title: 'an external server that others listen to as well',
    covers: ['21.external'],
    async run(world) {
      const external = http.createServer();
      const names = ['listening', 'upgrade', 'error', 'close', 'request', 'connection'];
      for (const name of names) external.on(name, () => {});
      const counts = (): number[] => names.map((name) => external.listenerCount(name));
      world.note('before', counts());
      const servers = [1, 2].map(() => new world.lib.WebSocketServer({ server: external }));
      world.note('between', counts());
      for (const server of servers) {
        server.close();
        world.note('after', counts(), external.eventNames());
      }
      await turn();
      world.note('later', counts());
    },
  },
  {
    title: 'an external server that is only an emitter',
    covers: ['21.external'],
    run(world) {
      const emitter: any = new EventEmitter();
      const server = new world.lib.WebSocketServer({ server: emitter });
      server.on('connection', (websocket) => world.note('connection', websocket.readyState));
      emitter.emit('upgrade', madeUpRequest(), new ManualSocket(), Buffer.alloc(0));
      for (const websocket of server.clients) websocket.terminate();
      server.close();
      world.note('names', emitter.eventNames());
    },
  },
  {
    title: 'a Duplex without the methods of a network socket',
    covers: ['21.duplex', '21.duplex.called'],
    async run(world) {
      class Plain extends Duplex {
        override _read(): void {}
        override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
          done();
        }
      }
      class Timed extends Plain {
        setTimeout(...args: unknown[]): void {
          world.note('setTimeout', ...args);
        }
        setNoDelay(...args: unknown[]): void {
          world.note('setNoDelay', ...args);
        }
      }
      for (const duplex of [new Plain(), new Timed()]) {
        manualServer(world).handleUpgrade(madeUpRequest(), duplex, Buffer.alloc(0), (one: any) => {
          world.watch(one, 'websocket', ['message']);
        });
        duplex.push(masked(0x81, 'hi'));
        await turn();
      }
    },
  },
  {
    title: 'nothing in messages, pings and reasons',
    covers: ['21.empty'],
    async run(world) {
      for (const end of [masked(0x88), masked(0x88, closing(1000))]) {
        const { websocket, socket } = openManually(world);
        const events = ['message', 'ping', 'pong', 'close'];
        world.watch(websocket, 'websocket', events);
        await socket.receive(masked(0x81), masked(0x82), masked(0x89), masked(0x8a), end);
        await socket.receiveEnd();
        await turn();
      }
      const { websocket } = openManually(world);
      world.watch(websocket, 'websocket', ['close']);
      websocket.terminate();
      await turn();
    },
  },
];
