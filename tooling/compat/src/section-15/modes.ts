/** The three modes: a port, a server, or neither. */
import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { selfSignedCertificate } from '@hybi/testkit';
import type { Scenario } from '../scenario.js';
import { answerTo, manualServer, upgradeManually } from '../upgrades.js';
import type { World } from '../world.js';

/** An HTTP server that is closed when the scenario is over; listens if it is told to. */
export async function httpServer(
  world: World,
  server: http.Server = http.createServer(),
): Promise<http.Server & { port: number }> {
  world.cleanUp(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await world.next(server, 'listening');
  return Object.assign(server, { port: (server.address() as net.AddressInfo).port });
}

/** How many listeners there are, by event. */
export function listenerCounts(server: http.Server): unknown {
  return ['listening', 'upgrade', 'error', 'close', 'request', 'connection'].map(
    (name) => `${name} ${server.listenerCount(name)}`,
  );
}

export const modeScenarios: readonly Scenario[] = [
  {
    title: 'no mode, and more than one',
    covers: ['15.mode', '15.mode.zero'],
    run(world) {
      const { WebSocketServer } = world.lib;
      const server = http.createServer();
      for (const options of [
        undefined,
        null,
        {},
        { noServer: false },
        { port: null },
        { port: undefined, server: null },
        { port: 0, server },
        { port: 0, noServer: true },
        { server, noServer: true },
        { port: 0, server, noServer: true },
      ]) {
        world.attempt('new', () => new WebSocketServer(options as any));
      }
      world.attempt('noServer', () => Boolean(new WebSocketServer({ noServer: true })));
      world.attempt('server', () => Boolean(new WebSocketServer({ server })));
      world.note('listeners', listenerCounts(server));
      world.attempt('without new', () => (WebSocketServer as any)({ noServer: true }));
    },
  },
  {
    title: 'ports and hosts',
    covers: ['15.port', '15.host', '15.address', '15.mode.zero'],
    async run(world) {
      const server = await world.server();
      world.record.hide(String(server.port), 'PORT');
      world.note('address', { ...(server.address() as object), port: String(server.port) });
      world.note('answer', await answerTo(world, server.port));
      const everywhere = await world.server({ host: undefined });
      world.note('everywhere', (everywhere.address() as net.AddressInfo).address);
      for (const port of [65536, -1, 1.5]) {
        world.attempt(String(port), () => new world.lib.WebSocketServer({ port }));
      }
    },
  },
  {
    title: 'what listen is called with',
    covers: ['15.port', '15.host', '15.backlog', '15.callback'],
    run(world) {
      const { listen } = net.Server.prototype as any;
      (net.Server.prototype as any).listen = (...args: unknown[]) => {
        world.note('listen', ...args);
      };
      try {
        const { WebSocketServer } = world.lib;
        new WebSocketServer({ port: 80 });
        new WebSocketServer({ port: 0, host: 'a.test', backlog: 7 }, function told() {});
        new WebSocketServer({ port: '81' as any, backlog: '7' as any });
      } finally {
        (net.Server.prototype as any).listen = listen;
      }
    },
  },
  {
    title: 'a port that is taken',
    covers: ['15.port', '15.events.error'],
    async run(world) {
      const taken = await httpServer(world);
      const server = new world.lib.WebSocketServer({ port: taken.port, host: '127.0.0.1' });
      const failed = world.next(server, 'close').catch(() => {});
      const error: any = await new Promise((resolve) => server.on('error', resolve));
      world.note('error', error.code, error.syscall);
      world.attempt('address', () => server.address());
      server.close((...args) => world.note('closed', ...args));
      await failed;
    },
  },
  {
    title: 'the callback and the event',
    covers: ['15.callback', '15.events.listening'],
    async run(world) {
      const server = new world.lib.WebSocketServer({ port: 0, host: '127.0.0.1' }, function (
        this: unknown,
        ...args: unknown[]
      ) {
        world.note('callback', this instanceof http.Server, ...args);
      });
      world.cleanUp(() => server.close());
      server.on('listening', function (this: unknown, ...args: unknown[]) {
        world.note('listening', this === server, ...args);
      });
      await world.next(server, 'listening');
    },
  },
  {
    title: 'the callback in the other modes',
    covers: ['15.callback.ignored', '15.events.listening', '15.server'],
    async run(world) {
      const callback = (): void => world.note('callback');
      const external = http.createServer();
      const server = new world.lib.WebSocketServer({ server: external }, callback);
      new world.lib.WebSocketServer({ noServer: true }, callback);
      world.watch(server, 'server', ['listening']);
      world.note('started', external.listening);
      await httpServer(world, external);
      world.note('same', JSON.stringify(server.address()) === JSON.stringify(external.address()));
    },
  },
  {
    title: 'an external server',
    covers: ['15.server', '15.address', '15.events.connection'],
    async run(world) {
      const external = await httpServer(world);
      const server = new world.lib.WebSocketServer({ server: external });
      world.note('listeners', listenerCounts(external));
      server.on('connection', (websocket, request, ...more) => {
        world.note('connection', websocket instanceof world.lib.WebSocket, request.url, more);
      });
      world.note('answer', await answerTo(world, external.port, { target: '/a?b' }));
    },
  },
  {
    title: 'an external server over TLS',
    covers: ['15.server.https', '15.verifyClient.secure'],
    async run(world) {
      const { key, cert } = await selfSignedCertificate();
      const external = await httpServer(world, https.createServer({ key, cert }) as any);
      const server = new world.lib.WebSocketServer({
        server: external,
        verifyClient: ({ secure, req }: any) => {
          world.note('secure', secure, req.socket.encrypted);
          return true;
        },
      });
      server.on('connection', (websocket) =>
        websocket.on('message', (data) => websocket.send(data)),
      );
      const client = world.client(`wss://127.0.0.1:${external.port}`, { ca: cert });
      await world.next(client, 'open');
      client.send('over TLS');
      world.note('message', ...(await world.next(client, 'message')));
    },
  },
  {
    title: 'no server',
    covers: ['15.noServer', '15.address.noServer', '15.events.connection.manual'],
    run(world) {
      const server = manualServer(world);
      world.attempt('address', () => server.address());
      world.watch(server, 'server', ['connection', 'listening']);
      const { socket } = upgradeManually(
        server,
        { target: '/a' },
        (websocket, request, ...more) => {
          world.note('callback', websocket instanceof world.lib.WebSocket, request.url, more);
          world.note('tracked', server.clients.has(websocket));
        },
      );
      world.note('wire', socket.take().toString());
      server.close();
      world.attempt('address', () => server.address());
    },
  },
  {
    title: 'address before listening, and after close',
    covers: ['15.address', '15.address.closed'],
    async run(world) {
      const external = http.createServer();
      const server = new world.lib.WebSocketServer({ server: external });
      world.note('before', server.address());
      server.close();
      world.note('after', server.address());
      const own = await world.server();
      own.close();
      world.note('own', own.address());
    },
  },
  {
    title: 'paths',
    covers: ['15.path', '15.path.falsy', '15.shouldHandle'],
    run(world) {
      const server = manualServer(world, { path: '/chat' });
      const urls = ['/chat', '/chat?', '/chat?a=/b', '/chat/', '/Chat', '/%63hat', '//chat', '*'];
      for (const url of [...urls, '/a/../chat', '/chat#a', '', 'http://a.test/chat']) {
        world.note(url, server.shouldHandle({ url } as http.IncomingMessage));
      }
      for (const path of ['', null, undefined, 'chat', '/chat?a']) {
        (server.options as any).path = path;
        world.note(String(path), server.shouldHandle({ url: '/chat?a' } as http.IncomingMessage));
      }
    },
  },
];
