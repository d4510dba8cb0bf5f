/** The event `redirect`. */
import { ClientRequest } from 'node:http';
import { follow, hops, noteRequests, secrets } from '../redirecting.js';
import { turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const eventScenarios: readonly Scenario[] = [
  {
    title: 'what a listener gets, and when',
    covers: ['6.event', '6.again.url'],
    async run(world) {
      const server = await hops(world, ['/there', '/further?a']);
      const finishRequest = (request: ClientRequest): void => {
        world.note('finishRequest', request.path);
        request.end();
      };
      await follow(world, server.url, { finishRequest }, (client) => {
        client.on('redirect', (...args: unknown[]) => {
          const [url, request] = args as [string, ClientRequest];
          world.note('redirect', args.length, url, client.url, client.readyState);
          world.note('request', request instanceof ClientRequest, request.path);
          world.note('ended', request.writableEnded, server.exchanges.length);
        });
      });
    },
  },
  {
    title: 'a listener that changes headers',
    covers: ['6.event.headers'],
    async run(world) {
      const server = await hops(world, ['/there']);
      await follow(world, server.url, { headers: { A: 'b', C: 'd' } }, (client) => {
        client.on('redirect', (_url, request) => {
          request.setHeader('X-Late', 'yes');
          request.removeHeader('a');
          request.setHeader('c', 'changed');
        });
      });
      noteRequests(world, server);
    },
  },
  {
    title: 'secrets with a listener',
    covers: ['6.event.keeps'],
    async run(world) {
      const other = await hops(world, [], { name: 'OTHER' });
      const server = await hops(world, [other.url]);
      for (const options of [{ headers: secrets }, { auth: 'user:pass' }]) {
        await follow(world, server.url, options, (client) => {
          client.on('redirect', () => {});
        });
      }
      noteRequests(world, server, other);
    },
  },
  {
    title: 'a listener that closes',
    covers: ['6.end'],
    async run(world) {
      for (const method of ['close', 'terminate'] as const) {
        const server = await hops(world, ['/there']);
        await follow(world, server.url, {}, (client) => {
          client.on('redirect', (_url, request) => {
            client[method]();
            world.note(method, client.readyState, request.destroyed);
          });
        });
        await server.idle();
        world.note('requests', server.exchanges.length);
      }
    },
  },
  {
    title: 'a listener that destroys the request',
    covers: ['6.end.destroy'],
    async run(world) {
      for (const error of [undefined, new Error('mine')]) {
        const server = await hops(world, ['/there']);
        await follow(world, server.url, {}, (client) => {
          client.on('redirect', (_url, request) => void request.destroy(error));
        });
        await server.idle();
      }
    },
  },
  {
    title: 'a listener that does both',
    covers: ['6.end', '6.end.destroy'],
    async run(world) {
      for (const first of ['destroy', 'close']) {
        const server = await hops(world, ['/there']);
        await follow(world, server.url, {}, (client) => {
          client.on('redirect', (_url, request) => {
            if (first === 'close') client.close();
            request.destroy(new Error('mine'));
            if (first === 'destroy') client.close();
          });
        });
        await server.idle();
        await turn();
      }
    },
  },
];
