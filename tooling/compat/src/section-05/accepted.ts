/** Answers with status 101 that are accepted. */
import { answeringServer, switching } from '../answering-server.js';
import { dialAndEnd } from '../client-events.js';
import { unmasked } from '../frames.js';
import { openClientManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const acceptedScenarios: readonly Scenario[] = [
  {
    title: 'permessage-deflate listed twice',
    covers: ['5.check.twice'],
    async run(world) {
      for (const extensions of [
        'permessage-deflate, permessage-deflate',
        'permessage-deflate; client_no_context_takeover, permessage-deflate',
        'permessage-deflate, permessage-deflate; client_no_context_takeover',
        'permessage-deflate, permessage-deflate; unknown',
      ]) {
        const changes = { 'Sec-WebSocket-Extensions': extensions };
        const server = await answeringServer(world, (exchange) => switching(exchange, changes));
        world.note(extensions);
        await dialAndEnd(world, [server.url]);
      }
    },
  },
  {
    title: 'which of two lists of parameters counts',
    covers: ['5.check.twice'],
    async run(world) {
      const bare = 'permessage-deflate';
      const limited = 'permessage-deflate; client_no_context_takeover';
      for (const lists of [
        [bare, limited],
        [limited, bare],
      ]) {
        const header = `Sec-WebSocket-Extensions: ${lists.join(', ')}`;
        const options = { generateMask: (key: Buffer) => key.fill(0) };
        const { websocket, socket } = await openClientManually(world, options, [header]);
        for (const text of ['repeated text', 'repeated text']) {
          await new Promise((resolve) => {
            websocket.send(text, resolve);
          });
        }
        // Without context takeover a message so short is not compressed.
        world.note(header, socket.take().toString('latin1').split('repeated text').length);
      }
    },
  },
  {
    title: 'Connection in other words',
    covers: ['5.check.connection'],
    async run(world) {
      for (const connection of ['upgrade', 'UPGRADE', 'keep-alive, Upgrade', 'x, upgrade, y']) {
        const changes = { Connection: connection };
        const server = await answeringServer(world, (exchange) => switching(exchange, changes));
        await dialAndEnd(world, [server.url]);
      }
    },
  },
  {
    title: 'subprotocols and parameters that are acceptable',
    covers: ['5.check.protocol.other', '5.check.extensions.invalid'],
    async run(world) {
      const changes = {
        'Sec-WebSocket-Protocol': 'b',
        'Sec-WebSocket-Extensions':
          'permessage-deflate; server_no_context_takeover; server_max_window_bits=9; ' +
          'client_max_window_bits="12"',
      };
      const server = await answeringServer(world, (exchange) => switching(exchange, changes));
      const client = await dialAndEnd(world, [server.url, ['a', 'b']]);
      world.note('properties', client.protocol, client.extensions);
    },
  },
  {
    title: 'a frame in the same segment as the answer',
    covers: ['5.upgrade.first'],
    async run(world) {
      const server = await answeringServer(world, (exchange) => {
        const frames = Buffer.concat([unmasked(0x81, 'hi'), unmasked(0x88, '\x03\xe8')]);
        return switching(exchange) + frames.toString('latin1');
      });
      await dialAndEnd(world, [server.url], (client) => {
        client.removeAllListeners('open');
        client.on('open', () => {
          world.note('open');
          void turn().then(() => client.terminate());
        });
      });
    },
  },
];
