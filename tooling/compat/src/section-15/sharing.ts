/** Several servers on one HTTP server. */
import type { Scenario } from '../scenario.js';
import { answerTo, openingRequest } from '../upgrades.js';
import { httpServer } from './modes.js';

export const sharingScenarios: readonly Scenario[] = [
  {
    title: 'two servers with different paths',
    covers: ['15.shared', '15.handleUpgrade.every'],
    async run(world) {
      const external = await httpServer(world);
      const { WebSocketServer } = world.lib;
      const first = new WebSocketServer({ server: external, path: '/first' });
      new WebSocketServer({ server: external, path: '/second' });
      first.on('connection', (websocket) => {
        world.watch(websocket, 'websocket', ['error', 'close']);
      });
      const peer = await world.tcp(external.port, openingRequest({ target: '/first' }));
      world.note('answer', (await peer.readAll()).toString());
      const closed = new Promise((resolve) => {
        for (const websocket of first.clients) websocket.on('close', resolve);
        if (first.clients.size === 0) resolve(undefined);
      });
      peer.socket.destroy();
      await closed;
    },
  },
  {
    title: 'two servers with the same path',
    covers: ['15.shared', '15.handleUpgrade.twice'],
    async run(world) {
      const external = await httpServer(world);
      const { WebSocketServer } = world.lib;
      new WebSocketServer({ server: external });
      const thrown = new Promise((resolve) => {
        const [listener] = external.listeners('upgrade') as ((...args: any[]) => void)[];
        external.on('upgrade', (...args) => {
          world.attempt('second', () => listener?.(...args));
          resolve(undefined);
        });
      });
      world.note('answer', await answerTo(world, external.port));
      await thrown;
    },
  },
  {
    title: 'servers without a server',
    covers: ['15.shared.noServer', '15.noServer'],
    async run(world) {
      const external = await httpServer(world);
      const servers = ['/chat', '/news'].map((path) => {
        const server = new world.lib.WebSocketServer({ noServer: true });
        server.on('connection', (websocket) => websocket.send(path));
        return [path, server] as const;
      });
      external.on('upgrade', (request, socket, head) => {
        const server = new Map(servers).get(request.url ?? '');
        if (server === undefined) socket.destroy();
        else {
          server.handleUpgrade(request, socket, head, (websocket) => {
            server.emit('connection', websocket, request);
          });
        }
      });
      for (const path of ['/chat', '/news']) {
        const client = world.client(`ws://127.0.0.1:${external.port}${path}`);
        world.note('message', ...(await world.next(client, 'message')));
      }
      for (const [, server] of servers) world.note('clients', server.clients.size);
    },
  },
];
