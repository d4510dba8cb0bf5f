/** The 101 answer. */
import type { Scenario } from '../scenario.js';
import { answerTo, manualServer, upgradeManually } from '../upgrades.js';

const deflate = { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits=10' };
const protocols = { 'Sec-WebSocket-Protocol': 'b, a' };

export const acceptanceScenarios: readonly Scenario[] = [
  {
    title: 'nothing but what must be there',
    covers: ['16.success', '16.success.only'],
    async run(world) {
      const server = await world.server();
      world.note('13', await answerTo(world, server.port));
      const headers = { 'Sec-WebSocket-Version': '8', Origin: 'http://a.test', Cookie: 'a=1' };
      world.note('8', await answerTo(world, server.port, { headers }));
      world.note('asked', await answerTo(world, server.port, { headers: { ...deflate } }));
    },
  },
  {
    title: 'with a subprotocol, with an extension, with both',
    covers: ['16.success.protocol', '16.success.extensions', '16.success.only'],
    async run(world) {
      const server = await world.server({ perMessageDeflate: true });
      for (const headers of [protocols, deflate, { ...deflate, ...protocols }]) {
        world.note('answer', await answerTo(world, server.port, { headers }));
      }
    },
  },
  {
    title: 'subprotocols that handleProtocols makes up',
    covers: ['16.success.protocol'],
    run(world) {
      const server = manualServer(world);
      for (const chosen of ['other', 'two words', 'ä', '☃', 'a, b', 5, ['a'], true, {}]) {
        server.options.handleProtocols = () => chosen as string;
        const { socket } = upgradeManually(server, { headers: protocols }, (websocket) => {
          world.note('protocol', websocket.protocol);
        });
        world.note('answer', socket.take().toString());
      }
    },
  },
  {
    title: 'a subprotocol that would end its line',
    covers: ['16.success.protocol'],
    because: 'hybi lets nothing end a line of an answer, and answers 500 in its place',
    expected: {
      ws: [['first', 'HTTP/1.1 101 Switching Protocols', 'X-B: 2']],
      hybi: [['first', 'HTTP/1.1 500 Internal Server Error', undefined]],
    },
    run(world) {
      const server = manualServer(world, { handleProtocols: () => 'a\r\nX-B: 2' });
      server.on('wsClientError', () => {});
      const { socket } = upgradeManually(server, { headers: protocols });
      const lines = socket.take().toString().split('\r\n');
      world.note(
        'first',
        lines[0],
        lines.find((line) => line.startsWith('X-B')),
      );
    },
  },
];
