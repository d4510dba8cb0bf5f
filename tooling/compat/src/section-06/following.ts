/** Which answers are redirects, and where they lead. */
import { answeringServer, redirectTo, response, switching } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { follow, hops, noteRequests } from '../redirecting.js';
import type { Scenario } from '../scenario.js';

const statuses = [300, 301, 302, 303, 304, 305, 306, 307, 308, 350, 399];

export const followingScenarios: readonly Scenario[] = [
  {
    title: 'every status',
    covers: ['6.status', '6.again.url'],
    async run(world) {
      for (const status of statuses) {
        const server = await answeringServer(world, (exchange) =>
          exchange.index === 0 ? redirectTo('/there?a', `${status} x`) : switching(exchange),
        );
        world.note('status', status);
        await follow(world, `${server.url}/here`);
        world.note('targets', ...server.exchanges.map(({ target }) => target));
        await server.idle();
      }
    },
  },
  {
    title: 'answers that are no redirects',
    covers: ['6.none'],
    async run(world) {
      for (const [status, headers, options] of [
        ['302 Found', {}, {}],
        ['302 Found', { Location: '' }, {}],
        ['200 OK', { Location: '/' }, {}],
        ['400 Bad', { Location: '/' }, {}],
        ['299 x', { Location: '/' }, {}],
        ['302 Found', { Location: '/' }, { followRedirects: false }],
      ] as [string, Record<string, string>, object][]) {
        const server = await answeringServer(world, () => response(status, headers));
        await follow(world, server.url, options);
        const client = world.client(server.url, [], { followRedirects: true, ...options });
        void noteEvents(world, client);
        const [, message] = await world.next(client, 'unexpected-response');
        world.note('unexpected-response', message.statusCode, client.readyState);
      }
    },
  },
  {
    title: 'as many redirects as are allowed, and one more',
    covers: ['6.count', '6.count.zero'],
    async run(world) {
      for (const [options, redirects] of [
        [{}, 10],
        [{}, 11],
        [{ maxRedirects: 2 }, 2],
        [{ maxRedirects: 2 }, 3],
        [{ maxRedirects: 0 }, 0],
        [{ maxRedirects: 0 }, 1],
      ] as [object, number][]) {
        const server = await answeringServer(world, (exchange) =>
          exchange.index < redirects ? redirectTo('/') : switching(exchange),
        );
        await follow(world, server.url, options);
        world.note('requests', server.exchanges.length);
        await server.idle();
      }
    },
  },
  {
    title: 'relative addresses',
    covers: ['6.location'],
    async run(world) {
      const locations = ['/b?c', 'd', '?e', '../f', './g/h', '//127.0.0.1:PORT/i', '.'];
      const server = await answeringServer(world, (exchange) => {
        const location = locations[exchange.index]?.replace('PORT', String(server.port));
        return location === undefined ? switching(exchange) : redirectTo(location);
      });
      await follow(world, `${server.url}/a/here?x`);
      world.note('targets', ...server.exchanges.map(({ target }) => target));
    },
  },
  {
    title: 'http for ws',
    covers: ['6.location.mapped', '6.again.url'],
    async run(world) {
      const there = await hops(world, [], { name: 'THERE' });
      const server = await hops(world, [there.url.replace('ws:', 'http:')]);
      await follow(world, server.url.replace('ws:', 'http:'));
    },
  },
  {
    title: 'https for wss, to nobody',
    covers: ['6.location.mapped'],
    async run(world) {
      for (const location of ['https://host/a', 'wss://host/b', '//host/c']) {
        const server = await hops(world, [location]);
        let redirected = false;
        const finishRequest = (request: any): void => {
          world.note('request', request.protocol, request.host, request.path);
          if (redirected) request.destroy(new Error('seen'));
          redirected = true;
          request.end();
        };
        await follow(world, server.url, { finishRequest });
      }
    },
  },
  {
    title: 'addresses that are none',
    covers: ['6.location.invalid', '6.location.address'],
    async run(world) {
      for (const location of [
        'ws://',
        'http://[',
        'ws://host:70000',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'ftp://host/',
        '/there#part',
        '#part',
        'ws://host/#part',
      ]) {
        const server = await hops(world, [location]);
        await follow(world, server.url, {}, (client) => {
          client.on('error', (error) => {
            world.note('class', error instanceof SyntaxError, client.url);
            process.nextTick(() => world.note('next tick', client.readyState));
          });
        });
        world.note('requests', server.exchanges.length);
        await server.idle();
      }
    },
  },
  {
    title: 'an empty fragment',
    covers: ['6.location.address'],
    async run(world) {
      const server = await hops(world, ['/there#']);
      await follow(world, server.url);
    },
  },
  {
    title: 'a redirect to a closed port, and one that is not answered',
    covers: ['6.again.url'],
    async run(world) {
      const server = await hops(world, ['ws://127.0.0.1:1/']);
      await follow(world, server.url);
      const silent = await answeringServer(world, ({ index }) =>
        index === 0 ? redirectTo('/silent') : undefined,
      );
      const client = world.client(silent.url, [], { followRedirects: true });
      const closed = noteEvents(world, client);
      await silent.request(1);
      client.close();
      await closed;
      await silent.idle();
    },
  },
  {
    title: 'the request anew',
    covers: ['6.again.options', '6.again.protocols', '6.again.key', '6.again.finish'],
    async run(world) {
      const server = await hops(world, ['/there', '/further']);
      const options = {
        followRedirects: true,
        headers: { 'X-Custom': 'kept', 'X-CUSTOM-LIST': ['a', 'b'], Cookie: 'a=b' },
        origin: 'http://origin.test',
        perMessageDeflate: { serverMaxWindowBits: 10 },
        protocolVersion: 8,
        finishRequest: (request: any) => {
          world.note('finishRequest', request.path);
          request.end();
        },
      };
      await dialAndEnd(world, [server.url, ['x', 'y'], options]);
      noteRequests(world, server);
      const keys = server.exchanges.map(({ headers }) => headers['sec-websocket-key']);
      world.note('keys', new Set(keys).size);
    },
  },
  {
    title: 'headers that differ by case alone',
    covers: ['6.again.options'],
    async run(world) {
      const server = await hops(world, ['/there']);
      await follow(world, server.url, { headers: { AB: '1', ab: '2', UPGRADE: 'x' } });
      noteRequests(world, server);
    },
  },
];
