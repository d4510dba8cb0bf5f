/** The events of a server. */
import * as http from 'node:http';
import { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { answerTo, madeUpRequest, manualServer, upgradeManually } from '../upgrades.js';
import { httpServer } from './modes.js';

const headers = {
  'Sec-WebSocket-Protocol': 'a',
  'Sec-WebSocket-Extensions': 'permessage-deflate',
};

export const eventScenarios: readonly Scenario[] = [
  {
    title: 'errors of an external server',
    covers: ['15.events.error', '15.events.error.thrown'],
    run(world) {
      const external = http.createServer();
      const server = new world.lib.WebSocketServer({ server: external });
      world.attempt('emit', () => external.emit('error', new Error('nobody listens')));
      world.watch(server, 'server', ['error']);
      world.attempt('emit', () => external.emit('error', new Error('somebody listens')));
    },
  },
  {
    title: 'the lines of the answer',
    covers: ['15.events.headers', '15.events.headers.lines'],
    run(world) {
      const server = manualServer(world, { perMessageDeflate: true });
      server.on('headers', (lines, given, ...more) => {
        world.note('headers', Array.isArray(lines), lines, given.url, more);
      });
      for (const changes of [{}, { headers }, { target: '/b', headers }]) {
        upgradeManually(server, changes);
      }
    },
  },
  {
    title: 'nothing is written before the event',
    covers: ['15.events.headers'],
    run(world) {
      const server = manualServer(world);
      const socket = new ManualSocket();
      server.on('headers', () => world.note('event', socket.take(), server.clients.size));
      server.handleUpgrade(madeUpRequest(), socket, Buffer.alloc(0), () => {});
      world.note('after', socket.take().toString());
    },
  },
  {
    title: 'lines that are changed',
    covers: ['15.events.headers.change'],
    async run(world) {
      const server = await world.server();
      server.on('headers', (lines) => {
        lines.push('Set-Cookie: a=1', 'X-Name: Zoë ☃', 5 as any);
        lines[0] = 'HTTP/1.1 101 Ready';
        lines.splice(2, 1, 'Connection: upgrade');
      });
      world.note('answer', await answerTo(world, server.port));
    },
  },
  {
    title: 'a line that holds another',
    covers: ['15.events.headers.change'],
    because: 'hybi lets nothing end a line of an answer, and answers 500 in its place',
    expected: {
      ws: [['first', 'HTTP/1.1 101 Switching Protocols', 'X-B: 2']],
      hybi: [['first', 'HTTP/1.1 500 Internal Server Error', undefined]],
    },
    run(world) {
      const server = manualServer(world);
      server.on('wsClientError', () => {});
      server.on('headers', (lines) => lines.push('X-A: 1\r\nX-B: 2'));
      const lines = upgradeManually(server).socket.take().toString().split('\r\n');
      world.note(
        'first',
        lines[0],
        lines.find((line) => line.startsWith('X-B')),
      );
    },
  },
  {
    title: 'a listener that throws',
    covers: ['15.events.headers'],
    run(world) {
      const server = manualServer(world);
      server.on('headers', () => {
        throw new Error('no idea');
      });
      world.attempt('upgrade', () => upgradeManually(server));
      world.note('clients', server.clients.size);
    },
  },
  {
    title: 'connection, after open and when the WebSocket is among the clients',
    covers: ['15.events.connection', '15.events.connection.order'],
    async run(world) {
      class Own extends world.lib.WebSocket {
        constructor(...args: any[]) {
          super(...(args as [null]));
          this.on('open', () => {
            world.note('open', server.clients.size);
            process.nextTick(() => world.note('tick'));
          });
        }
      }
      const server = await world.server({ WebSocket: Own });
      server.on('connection', (websocket, request, ...more) => {
        world.note('connection', websocket.readyState, server.clients.has(websocket));
        world.note('request', request instanceof http.IncomingMessage, request.url, more);
      });
      const tick = world.next(server, 'connection');
      await answerTo(world, server.port, { target: '/a?b' });
      await tick;
    },
  },
  {
    title: 'listeners of a subclass, and its emit',
    covers: ['15.events.connection', '15.events.listening'],
    async run(world) {
      class Own extends world.lib.WebSocketServer {
        override emit(name: any, ...args: any[]): boolean {
          world.note('emit', name, args.length);
          return super.emit(name, ...args);
        }
      }
      const external = http.createServer();
      new Own({ server: external });
      const { port } = await httpServer(world, external);
      await answerTo(world, port);
    },
  },
  {
    title: 'wsClientError',
    covers: ['15.events.wsClientError'],
    async run(world) {
      const server = await world.server();
      server.on('wsClientError', (error, socket, request, ...more: unknown[]) => {
        world.note('told', error, request.method, request.socket === socket, more);
        socket.end('HTTP/1.1 400 Told\r\n\r\n');
      });
      world.note('answer', await answerTo(world, server.port, { method: 'POST' }));
    },
  },
];
