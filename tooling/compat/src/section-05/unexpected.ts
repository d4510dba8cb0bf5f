/** Answers with another status. */
import { ClientRequest, IncomingMessage } from 'node:http';
import { answeringServer, response } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

const unauthorized = response('401 Unauthorized', { 'Content-Length': '4' }, 'body');

export const unexpectedScenarios: readonly Scenario[] = [
  {
    title: 'no listener',
    covers: ['5.unexpected.error', '5.failed.states'],
    async run(world) {
      for (const status of [200, 204, 301, 302, 304, 400, 401, 404, 426, 500, 503, 999]) {
        const server = await answeringServer(world, () =>
          response(`${status} x`, { Location: '/elsewhere' }, 'a body that is not read'),
        );
        await dialAndEnd(world, [server.url]);
        await server.idle();
        world.note('requests', server.exchanges.length);
      }
    },
  },
  {
    title: 'a listener, and no more',
    covers: ['5.unexpected.listener', '5.unexpected.state'],
    async run(world) {
      const server = await answeringServer(world, () => unauthorized);
      const client = world.client(server.url);
      void noteEvents(world, client);
      const [request, message] = await world.next(client, 'unexpected-response');
      world.note('classes', request instanceof ClientRequest, message instanceof IncomingMessage);
      world.note('response', message.statusCode, message.headers, request.path);
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      world.note('body', Buffer.concat(chunks));
      for (let turns = 0; turns < 3; turns++) await turn();
      world.note('readyState', client.readyState, request.destroyed, request.aborted);
    },
  },
  {
    title: 'the number of arguments, and the socket',
    covers: ['5.unexpected.listener'],
    async run(world) {
      const server = await answeringServer(world, () => response('403 Forbidden', {}, 'endless'));
      const client = world.client(server.url);
      const args = await world.next(client, 'unexpected-response');
      world.note('arguments', args.length, client.readyState);
      world.note('connected', server.exchanges[0]?.socket.destroyed);
    },
  },
  {
    title: 'a listener that closes, at once or later',
    covers: ['5.unexpected.state', '5.early.error', '5.early.aborted'],
    async run(world) {
      for (const method of ['close', 'terminate'] as const) {
        for (const later of [false, true]) {
          const server = await answeringServer(world, () => response('401 x', {}, 'endless'));
          const client = world.client(server.url);
          const closed = noteEvents(world, client);
          client.on('unexpected-response', (request) => {
            const close = (): void => {
              client[method]();
              world.note(method, client.readyState, request.aborted);
            };
            if (later) setImmediate(close);
            else close();
          });
          await closed;
          await server.idle();
        }
      }
    },
  },
  {
    title: 'a listener that closes after it has read the body',
    covers: ['5.unexpected.state', '5.early.error'],
    async run(world) {
      const server = await answeringServer(world, () => unauthorized);
      const client = world.client(server.url);
      const closed = noteEvents(world, client);
      const [, message] = await world.next(client, 'unexpected-response');
      message.resume();
      await world.next(message, 'end');
      client.close();
      await closed;
    },
  },
  {
    title: 'a listener that destroys the request, or the response',
    covers: ['5.unexpected.listener', '5.error.passed-on'],
    async run(world) {
      for (const which of ['request', 'response']) {
        const server = await answeringServer(world, () => response('401 x', {}, 'endless'));
        const client = world.client(server.url);
        void noteEvents(world, client);
        const [request, message] = await world.next(client, 'unexpected-response');
        message.on('error', (error: Error) => world.note('response error', error));
        (which === 'request' ? request : message).destroy(new Error('mine'));
        await server.idle();
        for (let turns = 0; turns < 3; turns++) await turn();
        world.note(which, client.readyState);
      }
    },
  },
];
