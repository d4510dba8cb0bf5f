/** The option handleProtocols. */
import type { Scenario } from '../scenario.js';
import { manualServer, upgradeManually } from '../upgrades.js';

const asks = (protocols: string | null) => ({ headers: { 'Sec-WebSocket-Protocol': protocols } });

export const handleProtocolsScenarios: readonly Scenario[] = [
  {
    title: 'its arguments',
    covers: ['15.handleProtocols', '15.handleProtocols.asked', '15.handleProtocols.any'],
    run(world) {
      const server = manualServer(world);
      server.options.handleProtocols = function (this: unknown, ...args: any[]) {
        const [protocols, request, ...more] = args;
        world.note('asked', protocols, request.url, this === server.options, more);
        return 'other';
      };
      for (const protocols of ['b, a', 'a', null]) {
        const { socket } = upgradeManually(server, asks(protocols), (websocket) => {
          world.note('protocol', websocket.protocol);
        });
        world.note('answer', socket.take().toString());
      }
    },
  },
  {
    title: 'falsy returns',
    covers: ['15.handleProtocols.falsy'],
    run(world) {
      for (const none of [false, '', undefined, null, 0]) {
        const server = manualServer(world, { handleProtocols: () => none });
        const { socket } = upgradeManually(server, asks('a'), (websocket) => {
          world.note('protocol', websocket.protocol);
        });
        world.note('answer', socket.take().toString());
      }
    },
  },
  {
    title: 'without it',
    covers: ['15.handleProtocols.unset'],
    run(world) {
      const server = manualServer(world);
      for (const protocols of ['b, a', 'a', null]) {
        const { socket } = upgradeManually(server, asks(protocols), (websocket) => {
          world.note('protocol', websocket.protocol);
        });
        world.note('answer', socket.take().toString());
      }
    },
  },
  {
    title: 'one that throws',
    covers: ['15.handleProtocols'],
    run(world) {
      const server = manualServer(world, {
        handleProtocols() {
          throw new Error('no idea');
        },
      });
      world.attempt('upgrade', () => upgradeManually(server, asks('a')));
      world.note('clients', server.clients.size);
    },
  },
];
