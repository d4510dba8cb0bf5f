/** The options that are those of `http.request` and `https.request`, and how all are read. */
import http from 'node:http';
import net from 'node:net';
import { selfSignedCertificate } from '@hybi/testkit';
import { answeringServer, switching } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { dialManually } from '../manual-socket.js';
import { line, requestLines, seeConnection } from '../requests.js';
import type { Scenario } from '../scenario.js';

type LookupCallback = (error: null, addresses: { address: string; family: number }[]) => void;

export const handedOnScenarios: readonly Scenario[] = [
  {
    title: 'options of TLS',
    covers: ['4.options.tls'],
    async run(world) {
      const { key, cert } = await selfSignedCertificate();
      const server = await answeringServer(world, switching, { tls: { key, cert } });
      await dialAndEnd(world, [server.url]);
      await dialAndEnd(world, [server.url, [], { ca: cert }]);
      await dialAndEnd(world, [server.url, [], { rejectUnauthorized: false }]);
      await dialAndEnd(world, [server.url, [], { ca: cert, servername: 'other.test' }]);
      const checkServerIdentity = (name: string): Error => new Error(`not ${name}`);
      await dialAndEnd(world, [server.url, [], { ca: cert, checkServerIdentity }]);
      await dialAndEnd(world, [server.url, [], { ca: cert, minVersion: 'none' }]).catch(
        (error: unknown) => world.note('threw', error),
      );
    },
  },
  {
    title: 'auth',
    covers: ['4.options.handed-on'],
    async run(world) {
      world.note('auth', line(await requestLines(world, { auth: 'user:päss' }), 'authorization'));
    },
  },
  {
    title: 'family, lookup and localAddress',
    covers: ['4.options.handed-on'],
    async run(world) {
      const server = await answeringServer(world, (exchange) => {
        world.note('from', exchange.socket.remoteAddress);
        return switching(exchange);
      });
      const lookup = (host: string, options: any, callback: LookupCallback): void => {
        world.note('lookup', host, options.family);
        callback(null, [{ address: '127.0.0.1', family: 4 }]);
      };
      const url = server.url.replace('127.0.0.1', 'name.invalid');
      await dialAndEnd(world, [url, [], { lookup, family: 4 }]);
      await dialAndEnd(world, [server.url, [], { localAddress: '127.0.0.5' }]);
    },
  },
  {
    title: 'a signal that aborts',
    covers: ['4.options.handed-on'],
    async run(world) {
      const controller = new AbortController();
      const { websocket } = dialManually(world, { signal: controller.signal });
      const closed = noteEvents(world, websocket);
      setImmediate(() => controller.abort());
      await closed;
      const dialed = dialManually(world, { signal: AbortSignal.abort() });
      await noteEvents(world, dialed.websocket);
    },
  },
  {
    title: 'options that only http knows',
    covers: ['4.options.handed-on'],
    async run(world) {
      world.note('no Host', await requestLines(world, { setHost: false }));
      world.note('unique', await requestLines(world, { joinDuplicateHeaders: true }));
      const { seen, createConnection } = seeConnection();
      const secret = Symbol('secret');
      const options = { createConnection, mine: 'kept', [secret]: 'kept too' };
      await noteEvents(world, world.client('ws://example.test', [], options));
      const [handed] = seen as any[];
      world.note('own', handed.mine, handed[secret]);
    },
  },
  {
    title: 'net.connect is called with the options',
    covers: ['4.options.handed-on'],
    async run(world) {
      const server = await answeringServer(world, switching);
      const { connect } = net;
      const calls: any[] = [];
      net.connect = ((options: any, ...rest: any[]) => {
        calls.push(options);
        return connect(options, ...rest);
      }) as typeof connect;
      world.cleanUp(() => {
        net.connect = connect;
      });
      await dialAndEnd(world, [server.url, [], { keepAlive: true, family: 4 }]);
      world.note(
        'calls',
        calls.map(({ host, path, keepAlive, family }) => [host, path, keepAlive, family]),
      );
    },
  },
  {
    title: 'the options are not changed',
    covers: ['4.options.unchanged'],
    async run(world) {
      const server = await answeringServer(world, switching);
      const headers = Object.freeze({ A: 'b', Authorization: 'c' });
      const perMessageDeflate = Object.freeze({ serverMaxWindowBits: 10 });
      const protocols = Object.freeze(['a', 'b']);
      const options = Object.freeze({ headers, perMessageDeflate, followRedirects: true });
      const { url } = server;
      await dialAndEnd(world, [url, protocols, options]);
      await dialAndEnd(world, [url, Object.freeze({ ...options, protocols })]);
      world.note('options', options, protocols);
    },
  },
  {
    title: 'own enumerable properties alone count',
    covers: ['4.options.own'],
    async run(world) {
      const server = await answeringServer(world, switching);
      const inherited = {
        headers: { A: 'inherited' },
        origin: 'http://o.test',
        protocolVersion: 9,
      };
      const options = Object.create(inherited) as object;
      Object.defineProperty(options, 'perMessageDeflate', { value: false, enumerable: false });
      await dialAndEnd(world, [server.url, [], options]);
      await dialAndEnd(world, [server.url, options]);
      for (const { lines } of server.exchanges) world.note('lines', lines);
    },
  },
  {
    title: 'options that are no object',
    covers: ['4.options.own'],
    async run(world) {
      const server = await answeringServer(world, switching);
      for (const options of [null, 'text', 5, true, () => {}]) {
        await dialAndEnd(world, [server.url, [], options]);
      }
    },
  },
  {
    title: 'options that are undefined',
    covers: ['4.options.undefined'],
    async run(world) {
      const names = [
        'headers',
        'agent',
        'auth',
        'createConnection',
        'defaultPort',
        'finishRequest',
      ];
      const server = await answeringServer(world, switching);
      for (const name of [...names, 'followRedirects', 'handshakeTimeout', 'origin', 'protocols']) {
        await dialAndEnd(world, [server.url, { [name]: undefined }]);
        world.note(name, server.exchanges.at(-1)?.lines);
      }
    },
  },
  {
    title: 'the request goes through http.request of the module',
    covers: ['4.options.handed-on'],
    async run(world) {
      const { request } = http;
      let calls = 0;
      http.request = ((...args: any[]) => {
        calls += 1;
        return (request as any)(...args);
      }) as typeof request;
      world.cleanUp(() => {
        http.request = request;
      });
      await requestLines(world);
      world.note('calls', calls);
    },
  },
];
