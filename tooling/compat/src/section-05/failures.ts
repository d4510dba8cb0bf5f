/** Opening handshakes that fail without an answer. */
import type { EventEmitter } from 'node:events';
import * as net from 'node:net';
import type { AddressInfo } from 'node:net';
import { answeringServer } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { dialManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** A port where nobody listens. */
async function closedPort(world: World): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await world.next(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await world.next(server, 'close');
  world.record.hide(`:${port}`, ':PORT');
  return port;
}

/** Dials by a socket that never answers; the request is handed out. */
function dialWithRequest(world: World) {
  let request: EventEmitter | undefined;
  const finishRequest = (each: EventEmitter): void => {
    request = each;
  };
  const dialed = dialManually(world, { finishRequest });
  return { ...dialed, request: request as EventEmitter };
}

export const failureScenarios: readonly Scenario[] = [
  {
    title: 'nobody listens',
    covers: ['5.error.passed-on', '5.failed.states'],
    async run(world) {
      const port = await closedPort(world);
      await dialAndEnd(world, [`ws://127.0.0.1:${port}`]);
      await dialAndEnd(world, [`wss://127.0.0.1:${port}`]);
      await dialAndEnd(world, ['ws+unix:/nowhere/a.sock:/']);
    },
  },
  {
    title: 'a name that is not found',
    covers: ['5.error.passed-on'],
    async run(world) {
      const lookup = (name: string, _options: object, callback: (error: Error) => void): void => {
        callback(Object.assign(new Error(`no ${name}`), { code: 'ENOTFOUND' }));
      };
      await dialAndEnd(world, ['ws://name.invalid', [], { lookup }]);
    },
  },
  {
    title: 'a server that does not speak TLS, and one that does not speak HTTP',
    covers: ['5.error.passed-on'],
    async run(world) {
      const server = net.createServer((socket) => {
        socket.on('error', () => {});
        socket.end('nonsense\r\n\r\n');
      });
      world.cleanUp(() => void server.close());
      server.listen(0, '127.0.0.1');
      await world.next(server, 'listening');
      const { port } = server.address() as AddressInfo;
      await dialAndEnd(world, [`ws://127.0.0.1:${port}`]);
      const secure = world.client(`wss://127.0.0.1:${port}`);
      const error = world.next(secure, 'close').catch((reason: Error) => [reason]);
      secure.on('error', (reason: Error & { code: string }) => world.note('code', reason.code));
      await error;
    },
  },
  {
    title: 'answers that are no HTTP',
    covers: ['5.error.passed-on'],
    async run(world) {
      for (const answer of [
        'nonsense\r\n\r\n',
        `HTTP/1.1 101 x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
        'HTTP/1.1 abc\r\n\r\n',
        'HTTP/1.1 200 x\r\nContent-Length: x\r\n\r\n',
        'HTTP/1.1 101 x\r\nA\u0000: b\r\n\r\n',
        '',
        'HTTP/1.1 101 Switching',
      ]) {
        const server = await answeringServer(world, ({ socket }) => {
          socket.end(answer, 'latin1');
        });
        await dialAndEnd(world, [server.url]);
        await server.idle();
      }
    },
  },
  {
    title: 'a request that fails twice',
    covers: ['5.error.first'],
    async run(world) {
      const { websocket, request } = dialWithRequest(world);
      const closed = noteEvents(world, websocket);
      request.emit('error', new Error('first'));
      request.emit('error', new Error('second'));
      await closed;
      request.emit('error', new Error('third'));
      world.note('at last', websocket.readyState);
    },
  },
  {
    title: 'the moment of close',
    covers: ['5.failed.close', '5.failed.states'],
    async run(world) {
      const { websocket, request } = dialWithRequest(world);
      websocket.on('error', () => {
        world.note('error', websocket.readyState);
        process.nextTick(() => world.note('next tick', websocket.readyState));
      });
      websocket.on('close', () => world.note('close', websocket.readyState));
      request.emit('error', new Error('failure'));
      world.note('emitted', websocket.readyState);
      await turn();
    },
  },
  {
    title: 'a listener that is added after error was awaited',
    covers: ['5.failed.close'],
    async run(world) {
      const server = await answeringServer(world, ({ socket }) => void socket.destroy());
      const client = world.client(server.url);
      await new Promise((resolve) => {
        client.once('error', resolve);
      });
      client.on('close', () => world.note('close'));
      for (let turns = 0; turns < 3; turns++) await turn();
      world.note('at last', client.readyState);
    },
  },
  {
    title: 'nobody listens for errors of the request',
    covers: ['5.failed.unheard'],
    async run(world) {
      const { websocket, request } = dialWithRequest(world);
      websocket.on('close', () => world.note('close'));
      world.attempt('error', () => request.emit('error', new Error('unheard')));
      world.note('state', websocket.readyState);
      websocket.close();
      websocket.terminate();
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'nobody listens for the error of a WebSocket that is closed',
    covers: ['5.failed.unheard'],
    async run(world) {
      const { websocket } = dialWithRequest(world);
      websocket.on('close', () => world.note('close'));
      const others = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      world.cleanUp(() => {
        for (const listener of others) process.on('uncaughtException', listener);
      });
      const uncaught = new Promise((resolve) => {
        process.once('uncaughtException', resolve);
      });
      websocket.close();
      world.note('uncaught', await uncaught);
      await turn();
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'an error listener that throws',
    covers: ['5.failed.unheard', '5.failed.close'],
    run(world) {
      const { websocket, request } = dialWithRequest(world);
      websocket.on('close', () => world.note('close'));
      websocket.on('error', () => {
        throw new Error('of the listener');
      });
      world.attempt('error', () => request.emit('error', new Error('failure')));
      world.note('state', websocket.readyState);
      websocket.removeAllListeners('error');
    },
  },
];
