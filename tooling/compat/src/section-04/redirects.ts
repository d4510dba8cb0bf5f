/** `followRedirects`, `maxRedirects`, and the checks of addresses that a server names. */
import { answeringServer, redirectTo, switching } from '../answering-server.js';
import { dialAndEnd } from '../client-events.js';
import type { Scenario } from '../scenario.js';

const bad = [
  'ws://',
  'ws://host:70000',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '/there#part',
];

export const redirectScenarios: readonly Scenario[] = [
  {
    title: 'followRedirects',
    covers: ['4.followRedirects'],
    async run(world) {
      for (const followRedirects of [undefined, false, null, true, 1]) {
        const server = await answeringServer(world, (exchange) =>
          exchange.index === 0 ? redirectTo('/there') : switching(exchange),
        );
        world.note(String(followRedirects));
        await dialAndEnd(world, [server.url, [], { followRedirects }]);
      }
    },
  },
  {
    title: 'maxRedirects',
    covers: ['4.maxRedirects', '4.options.undefined'],
    async run(world) {
      const given = [
        {},
        ...[0, 1, -1, 2.5, '2', null, NaN].map((value) => ({ maxRedirects: value })),
      ];
      for (const options of [...given, { maxRedirects: undefined }, { maxRedirects: Infinity }]) {
        const server = await answeringServer(world, (exchange) =>
          exchange.index < 14 ? redirectTo(`/${exchange.index}`) : switching(exchange),
        );
        await dialAndEnd(world, [server.url, [], { ...options, followRedirects: true }]);
        world.note(JSON.stringify(options), server.exchanges.length);
      }
    },
  },
  {
    title: 'redirects to addresses that the constructor would refuse',
    covers: ['4.check.redirects'],
    async run(world) {
      for (const location of bad) {
        const server = await answeringServer(world, () => redirectTo(location));
        const client = await dialAndEnd(world, [server.url, [], { followRedirects: true }]);
        world.note(location, client.url, server.exchanges.length);
      }
    },
  },
];
