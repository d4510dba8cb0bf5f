/** Whose credentials a redirected request has. */
import { answeringServer, redirectTo, switching } from '../answering-server.js';
import type { AnsweringServer } from '../answering-server.js';
import { follow, hops } from '../redirecting.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** A server that redirects to itself, with these credentials in turn. */
async function itself(world: World, userinfos: readonly string[]): Promise<AnsweringServer> {
  const server = await answeringServer(world, (exchange) => {
    const userinfo = userinfos[exchange.index];
    return userinfo === undefined
      ? switching(exchange)
      : redirectTo(`${server.url.replace('//', `//${userinfo}`)}/${exchange.index}`);
  });
  return server;
}

function noteAuthorizations(world: World, ...servers: AnsweringServer[]): void {
  for (const { exchanges } of servers) {
    world.note('sent', ...exchanges.map(({ headers }) => headers.authorization));
  }
}

export const credentialScenarios: readonly Scenario[] = [
  {
    title: 'of the first address',
    covers: ['6.credentials.first'],
    async run(world) {
      const server = await itself(world, ['', 'redirect:pass@', '']);
      await follow(world, server.url.replace('//', '//first:pass@'));
      noteAuthorizations(world, server);
    },
  },
  {
    title: 'of the option auth, and of a header',
    covers: ['6.credentials.first'],
    async run(world) {
      for (const options of [
        { auth: 'option:auth' },
        { headers: { AUTHORIZATION: 'own' } },
        { auth: 'option:auth', headers: { authorization: 'own' } },
        { headers: { authorization: '' } },
      ]) {
        const server = await itself(world, ['', 'redirect:pass@', '']);
        await follow(world, server.url, options);
        noteAuthorizations(world, server);
      }
    },
  },
  {
    title: 'of a redirect, where there were none',
    covers: ['6.credentials.redirect'],
    async run(world) {
      const server = await itself(world, ['', 'redirect:pass@', 'second:pass@', '']);
      await follow(world, server.url);
      noteAuthorizations(world, server);
    },
  },
  {
    title: 'of a redirect to another host',
    covers: ['6.credentials.dropped'],
    async run(world) {
      const other = await hops(world, ['/further'], { name: 'OTHER' });
      const server = await hops(world, [other.url.replace('//', '//redirect:pass@')]);
      await follow(world, server.url);
      noteAuthorizations(world, server, other);
    },
  },
  {
    title: 'of a redirect to another host, with a listener',
    covers: ['6.credentials.dropped', '6.credentials.redirect'],
    async run(world) {
      const other = await hops(world, ['/further'], { name: 'OTHER' });
      const server = await hops(world, [other.url.replace('//', '//redirect:pass@')]);
      await follow(world, server.url, {}, (client) => {
        client.on('redirect', () => {});
      });
      noteAuthorizations(world, server, other);
    },
  },
];
