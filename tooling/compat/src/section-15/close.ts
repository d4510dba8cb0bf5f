/** The end of a server, and of its clients. */
import * as http from 'node:http';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import { manualServer, upgradeManually } from '../upgrades.js';
import { httpServer, listenerCounts } from './modes.js';

export const closeScenarios: readonly Scenario[] = [
  {
    title: 'clients: who is in it',
    covers: ['15.clientTracking', '15.clients.removed'],
    async run(world) {
      const server = manualServer(world);
      world.note('at first', server.clients);
      const { socket } = upgradeManually(server, {}, (websocket) => {
        websocket.on('close', () => world.note('close', server.clients.size));
      });
      world.note('open', server.clients.size);
      socket.destroy();
      world.note('destroyed', server.clients.size);
      await turn();
      world.note('closed', server.clients.size);
      for (const clientTracking of [false, 0, null]) {
        const without = manualServer(world, { clientTracking });
        upgradeManually(without, {}, (websocket) => {
          world.note('without', 'clients' in without, websocket.listenerCount('close'));
        });
      }
    },
  },
  {
    title: 'without clients',
    covers: ['15.close.callback', '15.close.next-tick'],
    async run(world) {
      for (const options of [{}, { clientTracking: false }]) {
        const server = manualServer(world, options);
        world.watch(server, 'server', ['close']);
        server.close((...args) => world.note('callback', ...args));
        process.nextTick(() => world.note('tick'));
        world.note('returned', server.listenerCount('close'));
        await turn();
        world.note('after', server.listenerCount('close'));
      }
    },
  },
  {
    title: 'a callback that is none',
    covers: ['15.close.callback'],
    async run(world) {
      const server = manualServer(world);
      world.attempt('string', () => server.close('x' as any));
      world.attempt('null', () => server.close(null as any));
      await turn();
    },
  },
  {
    title: 'with clients',
    covers: ['15.close.last-client', '15.close.connections', '15.close.again'],
    async run(world) {
      const server = manualServer(world);
      world.watch(server, 'server', ['close']);
      const sockets = [0, 1].map(
        () =>
          upgradeManually(server, {}, (websocket) => {
            websocket.on('close', () => {
              world.note('client', server.clients.size);
              process.nextTick(() => world.note('tick'));
            });
          }).socket,
      );
      server.close((...args) => world.note('first callback', ...args));
      server.close((...args) => world.note('second callback', ...args));
      server.close();
      await turn();
      for (const websocket of server.clients) world.note('state', websocket.readyState);
      for (const socket of sockets) {
        socket.destroy();
        await turn();
      }
    },
  },
  {
    title: 'with clients that are not tracked',
    covers: ['15.close.next-tick', '15.close.connections'],
    async run(world) {
      const server = manualServer(world, { clientTracking: false });
      world.watch(server, 'server', ['close']);
      const opened: any[] = [];
      upgradeManually(server, {}, (websocket) => opened.push(websocket));
      server.close();
      await turn();
      world.note('state', opened[0].readyState);
      opened[0].terminate();
    },
  },
  {
    title: 'of an external server',
    covers: [
      '15.close.listeners',
      '15.close.external',
      '15.address.closed',
      '15.close.connections',
    ],
    async run(world) {
      const external = await httpServer(world);
      world.note('before', listenerCounts(external));
      const server = new world.lib.WebSocketServer({ server: external });
      world.note('between', listenerCounts(external));
      const client = world.client(`ws://127.0.0.1:${external.port}`);
      await world.next(client, 'open');
      server.close((...args) => world.note('callback', ...args));
      world.note('after', listenerCounts(external), external.listening, server.address());
      await turn();
      world.note('state', client.readyState);
      const closed = world.next(server, 'close');
      client.close();
      await closed;
      world.note('closed', external.listening, server.clients.size);
    },
  },
  {
    title: 'of the internal server',
    covers: ['15.close.port', '15.close.connections', '15.close.listeners'],
    async run(world) {
      const server = await world.server();
      const connection = world.next(server, 'connection');
      const client = world.client(server.address_);
      const [websocket] = await connection;
      world.watch(server, 'server', ['close']);
      server.close((...args) => world.note('callback', ...args));
      world.note('address', server.address());
      await turn();
      world.note('state', websocket.readyState);
      const echo = world.next(client, 'message');
      websocket.send('still here');
      world.note('message', ...(await echo));
      const closed = world.next(server, 'close');
      client.close(1000);
      await closed;
      const late = world.client(server.address_);
      const [error] = await world.next(late, 'error');
      world.note('late', error.code);
    },
  },
  {
    title: 'of the internal server, with an HTTP connection that stays',
    covers: ['15.close.port'],
    async run(world) {
      const server = await world.server();
      const peer = await world.tcp(server.port, 'GET / HTTP/1.1\r\nHost: a\r\n');
      await turn();
      world.watch(server, 'server', ['close']);
      server.close();
      await turn();
      world.note('still open');
      const closed = world.next(server, 'close');
      peer.socket.destroy();
      await closed;
    },
  },
  {
    title: 'before it listens',
    covers: ['15.close.port'],
    async run(world) {
      const server = new world.lib.WebSocketServer({ port: 0 });
      world.watch(server, 'server', ['listening', 'close', 'error']);
      const closed = world.next(server, 'close');
      server.close((...args) => world.note('callback', ...args));
      await closed;
      world.note('address', server.address());
    },
  },
  {
    title: 'once more',
    covers: ['15.close.closed'],
    async run(world) {
      for (const options of [{ noServer: true }, { server: http.createServer() }]) {
        const server = new world.lib.WebSocketServer(options);
        server.close();
        await turn();
        world.watch(server, 'server', ['close']);
        server.close((...args) => world.note('callback', ...args));
        process.nextTick(() => world.note('tick'));
        world.note('returned');
        await turn();
        server.close();
        await turn();
      }
    },
  },
  {
    title: 'in a close listener',
    covers: ['15.close.closed'],
    async run(world) {
      const server = manualServer(world);
      server.once('close', () => {
        world.note('close');
        server.close((...args) => world.note('callback', ...args));
      });
      server.close();
      await turn();
    },
  },
];
