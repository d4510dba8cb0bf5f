/** The properties other than `binaryType` and `bufferedAmount`. */
import { answeringServer, redirectTo } from '../answering-server.js';
import {
  dialManually,
  openClientManually,
  openManually,
  receiveMany,
  turn,
} from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const attributes = ['onopen', 'onerror', 'onclose', 'onmessage'];
const initial = ['extensions', 'isPaused', 'protocol', 'readyState', 'url', ...attributes];

export const propertyScenarios: readonly Scenario[] = [
  {
    title: 'the properties of a client that has no answer yet',
    covers: [
      '3.extensions.initial',
      '3.isPaused.initial',
      '3.attributes.initial',
      '3.protocol.initial',
      '3.readyState.initial',
    ],
    run(world) {
      const { websocket } = dialManually(world, {}, ['chat']);
      for (const name of initial) world.note(name, (websocket as any)[name]);
    },
  },
  {
    title: 'the properties of a server side without and with a socket',
    covers: [
      '3.extensions.initial',
      '3.isPaused.initial',
      '3.attributes.initial',
      '3.protocol.initial',
      '3.readyState.initial',
      '3.url.server',
    ],
    run(world) {
      const apart: any = new world.lib.WebSocket(null as unknown as string, undefined, {});
      const { websocket } = openManually(world);
      for (const name of initial) world.note(name, apart[name], (websocket as any)[name]);
    },
  },
  {
    title: 'a connection with a subprotocol and permessage-deflate',
    covers: ['3.extensions.negotiated', '3.protocol.negotiated'],
    async run(world) {
      const { client, remote } = await world.pair({
        server: { perMessageDeflate: true },
        protocols: ['chat', 'superchat'],
      });
      world.note('client', client.extensions, client.protocol);
      world.note('server', remote.extensions, remote.protocol);
    },
  },
  {
    title: 'a connection with neither',
    covers: ['3.extensions.initial', '3.protocol.initial', '3.url.server'],
    async run(world) {
      const { client, remote } = await world.pair();
      world.note('client', client.extensions, client.protocol);
      world.note('server', remote.extensions, remote.protocol, remote.url);
    },
  },
  {
    title: 'pause and resume, twice each',
    covers: ['3.isPaused.calls'],
    async run(world) {
      const { websocket } = await openClientManually(world);
      for (const method of ['pause', 'pause', 'resume', 'resume', 'pause'] as const) {
        websocket[method]();
        world.note(method, websocket.isPaused);
      }
    },
  },
  {
    title: 'more messages in a chunk than are delivered in a turn',
    covers: ['3.isPaused.backpressure'],
    async run(world) {
      const { websocket, socket } = openManually(world, {}, { allowSynchronousEvents: false });
      await turn();
      const delivered = receiveMany(websocket, socket);
      world.note('after the chunk', websocket.isPaused, socket.isPaused());
      await delivered;
      world.note('after the messages', websocket.isPaused, socket.isPaused());
    },
  },
  {
    title: 'the url of addresses in many forms',
    covers: ['3.url.href', '3.url.mapped'],
    run(world) {
      const addresses = [
        'ws://example.test',
        'ws://EXAMPLE.test:80/a/../b?c=d',
        'ws://user:pass@example.test:8080/ü ?q',
        'ws://example.test/#',
        'wss://example.test:443',
        'http://example.test/path',
        'https://example.test',
        'ws+unix:/tmp/socket:/path',
        new URL('ws://example.test:1234'),
        new URL('https://example.test:1234/x'),
      ];
      for (const address of addresses) {
        world.note(String(address), urlOf(world, address));
      }
    },
  },
  {
    title: 'a redirect',
    covers: ['3.url.redirect'],
    async run(world) {
      const server = await world.server();
      world.record.hide(`:${server.port}`, ':SECOND');
      const answer = (): string => redirectTo(`${server.address_}/there`);
      const first = await answeringServer(world, answer, { name: 'FIRST' });
      const client = world.client(`${first.url}/here`, { followRedirects: true });
      world.note('before', client.url);
      client.on('redirect', () => world.note('redirect', client.url));
      await world.next(client, 'open');
      world.note('open', client.url);
    },
  },
];

function urlOf(world: World, address: string | URL): string {
  return dialManually(world, {}, [], address).websocket.url;
}
