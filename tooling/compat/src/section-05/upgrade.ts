/** The event `upgrade`. */
import { IncomingMessage } from 'node:http';
import { answeringServer, response, switching } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { unmasked } from '../frames.js';
import { answer, dialManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const upgradeScenarios: readonly Scenario[] = [
  {
    title: 'upgrade, open and what came behind the answer',
    covers: ['5.upgrade.first'],
    async run(world) {
      const { websocket, socket } = dialManually(world);
      void noteEvents(world, websocket);
      websocket.on('upgrade', (...args: unknown[]) => {
        const [message] = args as [IncomingMessage];
        world.note('arguments', args.length, message instanceof IncomingMessage);
        world.note('response', message.statusMessage, message.headers.custom);
        world.note('socket', websocket._socket, websocket.protocol);
      });
      await turn();
      await answer(socket, ['Custom: yes'], unmasked(0x81, 'hello'));
      await turn();
    },
  },
  {
    title: 'upgrade of answers that are refused',
    covers: ['5.upgrade.first', '5.check.failure'],
    async run(world) {
      for (const changes of [
        { Upgrade: 'h2c' },
        { 'Sec-WebSocket-Accept': 'x' },
        { 'Sec-WebSocket-Protocol': 'x' },
        { 'Sec-WebSocket-Extensions': 'x' },
      ]) {
        const server = await answeringServer(world, (exchange) => switching(exchange, changes));
        await dialAndEnd(world, [server.url], (client) => {
          client.on('upgrade', (message) => world.note('headers', Object.keys(message.headers)));
        });
        await server.idle();
      }
    },
  },
  {
    title: 'a listener of upgrade that closes',
    covers: ['5.upgrade.closed', '5.early.state'],
    async run(world) {
      for (const method of ['close', 'terminate'] as const) {
        // The second answer would be refused.
        for (const changes of [{}, { Upgrade: 'h2c' }] as Record<string, string>[]) {
          const server = await answeringServer(world, (exchange) => switching(exchange, changes));
          await dialAndEnd(world, [server.url], (client) => {
            client.on('upgrade', () => {
              client[method]();
              world.note(method, client.readyState);
            });
          });
          await server.idle();
        }
      }
    },
  },
  {
    title: 'answers that are no upgrade for Node',
    covers: ['5.check.connection'],
    async run(world) {
      for (const changes of [
        { Connection: null },
        { Connection: 'close' },
        { Upgrade: null },
        { Connection: 'keep-alive, Upgrade' },
        { Connection: 'upgrade, close' },
      ]) {
        const server = await answeringServer(world, (exchange) => {
          exchange.socket.end(switching(exchange, changes));
        });
        await dialAndEnd(world, [server.url]);
      }
    },
  },
  {
    title: 'an answer in pieces, and one after others',
    covers: ['5.upgrade.first'],
    async run(world) {
      const { websocket, socket } = dialManually(world);
      const open = world.next(websocket, 'open');
      void noteEvents(world, websocket);
      await turn();
      await socket.receive(Buffer.from(response('103 Early Hints', { Link: '<a>' })));
      await socket.receive(Buffer.from(response('100 Continue')));
      void answer(socket);
      await open;
    },
  },
];
