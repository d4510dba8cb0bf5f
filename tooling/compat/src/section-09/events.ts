/** The events and their arguments, messages apart. */
import http from 'node:http';
import type { WebSocket } from 'ws';
import { answeringServer, redirectTo, response } from '../answering-server.js';
import { closing, masked } from '../frames.js';
import { answer, dialManually, openClientManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const clientEvents = ['upgrade', 'unexpected-response', 'redirect'];

/** Notes the number of the arguments too, and of which class they are. */
function watchArguments(world: World, websocket: WebSocket, names: readonly string[]): void {
  for (const name of names) {
    websocket.on(name as 'open', (...values: unknown[]) => {
      world.note(name, websocket.readyState, values.length, values.map(classOf), ...values);
    });
  }
}

function classOf(value: unknown): string {
  if (value instanceof http.IncomingMessage) return 'IncomingMessage';
  return value instanceof http.ClientRequest ? 'ClientRequest' : typeof value;
}

export const eventScenarios: readonly Scenario[] = [
  {
    title: 'upgrade and open of a client',
    covers: ['9.open', '9.upgrade'],
    async run(world) {
      const { websocket, socket } = dialManually(world);
      watchArguments(world, websocket, ['open', 'upgrade', 'error', 'close', 'message']);
      await turn();
      await answer(socket, ['X-Header: value'], Buffer.from('810568656c6c6f', 'hex'));
      world.note('state', websocket.readyState);
    },
  },
  {
    title: 'what can be read in a listener for upgrade',
    covers: ['9.upgrade'],
    async run(world) {
      const { websocket, socket } = dialManually(world);
      websocket.on('upgrade', (response) => {
        world.note('upgrade', response.statusCode, response.headers.upgrade);
        world.note('socket', response.socket === (socket as unknown), websocket.protocol);
      });
      await turn();
      await answer(socket);
    },
  },
  {
    title: 'open of a server',
    covers: ['9.open', '9.client-only'],
    async run(world) {
      const { server } = await world.pair();
      const names = ['open', 'message', 'close', ...clientEvents];
      class Watched extends (world.lib.WebSocket as any) {
        constructor(...values: unknown[]) {
          super(...values);
          watchArguments(world, this as any, names);
        }
      }
      server.options.WebSocket = Watched as any;
      const client = world.client(server.address_);
      await world.next(client, 'open');
      const closed = world.next(client, 'close');
      client.send('hello');
      client.close(1000, 'bye');
      await closed;
    },
  },
  {
    title: 'open of a WebSocket that is given its socket',
    covers: ['9.open'],
    run(world) {
      const websocket: any = new world.lib.WebSocket(null as unknown as string, undefined, {});
      watchArguments(world, websocket, ['open']);
      const { socket } = openManually(world);
      void socket;
      const other = dialManually(world).socket;
      world.attempt('setSocket', () => websocket.setSocket(other, Buffer.alloc(0), {}));
      world.note('state', websocket.readyState);
      websocket.terminate();
    },
  },
  {
    title: 'close with a reason, without one, and without a code',
    covers: ['9.close'],
    async run(world) {
      for (const payload of [closing(1000, 'bye'), closing(4000), '', undefined]) {
        const { websocket, socket } = openManually(world);
        watchArguments(world, websocket, ['close', 'error']);
        const closed = world.next(websocket, 'close');
        if (payload !== undefined) await socket.receive(masked(0x88, payload));
        await socket.receiveEnd();
        await closed;
      }
    },
  },
  {
    title: 'pings and pongs, with data and without',
    covers: ['9.ping', '9.pong', '9.buffers.view'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      watchArguments(world, websocket, ['ping', 'pong']);
      for (const opcode of [0x89, 0x8a]) {
        await socket.receive(masked(opcode));
        await socket.receive(masked(opcode, 'hello'), masked(opcode, Buffer.alloc(125, 7)));
      }
    },
  },
  {
    title: 'an answer other than 101',
    covers: ['9.unexpected-response'],
    async run(world) {
      const teapot = response("418 I'm a teapot", { 'X-Header': 'value', 'Content-Length': '4' });
      const { url } = await answeringServer(world, () => `${teapot}body`);
      const client = world.client(`${url}/path`);
      watchArguments(world, client, [...clientEvents, 'open', 'error', 'close']);
      const [request, answered] = await world.next(client, 'unexpected-response');
      world.note('request', request.path, request.method);
      world.note('response', answered.statusCode, answered.headers['x-header']);
      const closed = new Promise((resolve) => client.on('close', resolve));
      client.terminate();
      await closed;
    },
  },
  {
    title: 'a redirect that is followed',
    covers: ['9.redirect'],
    async run(world) {
      const server = await world.server();
      world.record.hide(`:${server.port}`, ':SECOND');
      const there = redirectTo(`${server.address_}/there`);
      const first = await answeringServer(world, () => there, { name: 'FIRST' });
      const client = world.client(`${first.url}/here`, { followRedirects: true });
      client.on('redirect', (...values: any[]) => {
        const [url, request] = values;
        world.note('redirect', values.length, url);
        world.note('request', classOf(request), request.path, request.headersSent);
      });
      await world.next(client, 'open');
      world.note('open', client.readyState);
    },
  },
  {
    title: 'the error of bad bytes',
    covers: ['9.error'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.on('error', (...values: unknown[]) => {
        const [error] = values as [Error];
        world.note('error', values.length, error, Object.keys(error), error instanceof Error);
      });
      await socket.receive(masked(0x83));
    },
  },
  {
    title: 'bad bytes, and then a Blob that can not be read',
    covers: ['9.error.once'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      watchArguments(world, websocket, ['error', 'close']);
      let refuse: (error: Error) => void = () => {};
      const blob = new Blob(['blob']);
      blob.arrayBuffer = () => new Promise((_resolve, reject) => (refuse = reject));
      websocket.send(blob as any, (...values: unknown[]) => world.note('callback', ...values));
      await socket.receive(masked(0x83));
      refuse(new Error('unreadable'));
      await turn();
      world.note('state', websocket.readyState, socket.ends);
    },
  },
  {
    title: 'a Blob that can not be read, and then bad bytes',
    covers: ['9.error.once', '9.error'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      watchArguments(world, websocket, ['error', 'close']);
      const blob = new Blob(['blob']);
      blob.arrayBuffer = () => Promise.reject(new Error('unreadable'));
      websocket.send(blob as any, (...values: unknown[]) => world.note('callback', ...values));
      websocket.send('behind', (...values: unknown[]) => world.note('behind', ...values));
      await turn();
      world.note('failed', websocket.readyState, socket.ends, socket.take());
      await socket.receive(masked(0x83));
      world.note('bad bytes', websocket.readyState, socket.ends, socket.take());
    },
  },
  {
    title: 'bad bytes twice',
    covers: ['9.error.once'],
    async run(world) {
      const { websocket, socket } = await openClientManually(world);
      watchArguments(world, websocket, ['error', 'close']);
      await socket.receive(Buffer.from('8300', 'hex'), Buffer.from('8300', 'hex'));
      await socket.receive(Buffer.from('8300', 'hex'));
      world.note('state', websocket.readyState);
    },
  },
];
