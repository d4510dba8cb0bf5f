/** Surprises of servers. */
import { httpServer } from '../section-15/modes.js';
import type { Scenario } from '../scenario.js';
import { manualServer, openingRequest, upgradeManually } from '../upgrades.js';

export const serverScenarios: readonly Scenario[] = [
  {
    title: 'the message of verifyClient',
    covers: ['22.13'],
    run(world) {
      const server = manualServer(world);
      server.options.verifyClient = (_info: unknown, verdict: any) =>
        verdict(false, 403, 'Not you');
      world.note('answer', upgradeManually(server).socket.take().toString());
    },
  },
  {
    title: 'another path',
    covers: ['22.14'],
    run(world) {
      const server = manualServer(world, { path: '/chat' });
      server.on('wsClientError', (error) => world.note('told', error));
      world.note('answer', upgradeManually(server).socket.take().toString());
    },
  },
  {
    title: 'a version in hexadecimal',
    covers: ['22.15'],
    run(world) {
      const headers = { 'Sec-WebSocket-Version': '0x0d' };
      const { socket } = upgradeManually(manualServer(world), { headers });
      world.note('answer', socket.take().toString());
    },
  },
  {
    title: 'two servers on one HTTP server',
    covers: ['22.20'],
    async run(world) {
      const external = await httpServer(world);
      const first = new world.lib.WebSocketServer({ server: external, path: '/first' });
      new world.lib.WebSocketServer({ server: external, path: '/second' });
      const connection = world.next(first, 'connection');
      const peer = await world.tcp(external.port, openingRequest({ target: '/first' }));
      const [websocket] = await connection;
      const closed = world.next(websocket, 'close');
      const answer = (await peer.readAll()).toString();
      world.note('answers', ...(answer.match(/HTTP\/1.1 \d+/g) ?? []));
      peer.socket.destroy();
      await closed;
    },
  },
  {
    title: 'a subprotocol that was not offered',
    covers: ['22.23'],
    run(world) {
      const server = manualServer(world, { handleProtocols: () => 'other' });
      const headers = { 'Sec-WebSocket-Protocol': 'a' };
      const { socket } = upgradeManually(server, { headers }, (websocket) => {
        world.note('protocol', websocket.protocol);
      });
      world.note('answer', socket.take().toString());
    },
  },
  {
    title: 'limits and extensions',
    covers: ['22.25'],
    run(world) {
      const server = manualServer(world, { perMessageDeflate: true });
      world.note('limits', server.options.maxBufferedChunks, server.options.maxFragments);
      const headers = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };
      upgradeManually(server, { headers }, (websocket) => {
        world.note('extensions', websocket.extensions);
      });
    },
  },
];
