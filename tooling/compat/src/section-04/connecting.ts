/** `createConnection`, `finishRequest` and `handshakeTimeout`. */
import http from 'node:http';
import type { Socket } from 'node:net';
import { answeringServer, redirectTo, switching } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { ManualSocket, dialManually, turn } from '../manual-socket.js';
import { seeConnection, unsentRequest } from '../requests.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** What `createConnection` is called with, as far as both documentations tell. */
function describe(options: Record<string, any>): unknown {
  const { host, hostname, port, path, method, socketPath, timeout, defaultPort, auth } = options;
  const { servername, agent, protocol, headers } = options;
  return {
    plain: [
      host,
      hostname,
      String(port),
      typeof port,
      path,
      method,
      socketPath,
      timeout,
      defaultPort,
    ],
    others: [auth, servername, agent, protocol],
    headers: Object.keys(headers ?? {}),
    own: ['allowSynchronousEvents', 'perMessageDeflate', 'maxPayload'].map((name) => options[name]),
  };
}

async function noteConnection(world: World, address: string, options: object = {}): Promise<void> {
  const { seen, createConnection } = seeConnection();
  const client = world.client(address, [], { createConnection, ...options });
  world.note('before events', seen.length);
  await noteEvents(world, client);
  for (const each of seen) world.note(address, describe(each));
}

/** Not in the types of Node.js. */
function timeoutOf(request: http.ClientRequest): unknown {
  return (request as unknown as { timeout: unknown }).timeout;
}

/** An agent that notes which requests it is given. */
class NotingAgent extends http.Agent {
  constructor(private readonly world: World) {
    super();
  }

  addRequest(request: http.ClientRequest, options: Record<string, any>): void {
    this.world.note('addRequest', request instanceof http.ClientRequest, describe(options));
    (http.Agent.prototype as any).addRequest.call(this, request, options);
  }

  override createConnection(options: object, callback: unknown): any {
    this.world.note('connection by the agent');
    return (http.Agent.prototype as any).createConnection.call(this, options, callback);
  }
}

export const connectingScenarios: readonly Scenario[] = [
  {
    title: 'what createConnection is called with',
    covers: ['4.createConnection', '4.createConnection.port'],
    async run(world) {
      await noteConnection(world, 'ws://host');
      await noteConnection(world, 'wss://host/a?b');
      await noteConnection(world, 'ws://host:80');
      await noteConnection(world, 'ws://host:8080', { handshakeTimeout: 500 });
      await noteConnection(world, 'wss://user:pass@[::1]:8080');
      await noteConnection(world, 'ws+unix:/a/b.sock:/c?d');
      await noteConnection(world, 'wss://host', { servername: 'other.test', maxPayload: 5 });
    },
  },
  {
    title: 'createConnection returns a Duplex',
    covers: ['4.createConnection'],
    async run(world) {
      const { websocket, socket } = dialManually(world, { perMessageDeflate: false });
      const closed = noteEvents(world, websocket);
      await turn();
      const head = socket.take().toString();
      const key = /Sec-WebSocket-Key: (.*)\r/.exec(head)?.[1] ?? '';
      const open = world.next(websocket, 'open');
      socket.push(switching({ headers: { 'sec-websocket-key': key } }));
      await open;
      world.note('socket', Object.is(websocket._socket, socket));
      websocket.terminate();
      await closed;
    },
  },
  {
    title: 'values of createConnection that are not called',
    covers: ['4.createConnection.default'],
    async run(world) {
      const server = await answeringServer(world, switching);
      for (const createConnection of [undefined, null, false, 0, '']) {
        await dialAndEnd(world, [server.url, [], { createConnection }]);
      }
    },
  },
  {
    title: 'no agent is used',
    covers: ['4.createConnection.agent'],
    async run(world) {
      const server = await answeringServer(world, switching);
      world.record.hide(String(server.port), 'PORT');
      const { globalAgent } = http;
      http.globalAgent = new NotingAgent(world);
      world.cleanUp(() => {
        http.globalAgent = globalAgent;
      });
      await world.next(world.client(server.url), 'open');
      world.note('open');
      // It would have been noted.
      http.get(server.url.replace('ws:', 'http:')).on('error', () => {});
    },
  },
  {
    title: 'a given agent makes the connection',
    covers: ['4.createConnection.agent'],
    async run(world) {
      const { seen, createConnection } = seeConnection();
      const agent = new http.Agent();
      const socket = new ManualSocket();
      (agent as any).createConnection = () => {
        world.note('by the agent');
        return socket;
      };
      world.client('ws://example.test', [], { agent, createConnection });
      await turn();
      world.note('not called', seen.length);
      world.note('request', socket.take().toString().split('\r\n')[0]);
    },
  },
  {
    title: 'an agent gets the request before the constructor returns',
    covers: ['4.createConnection.agent', '4.options.handed-on'],
    async run(world) {
      const server = await answeringServer(world, switching);
      const agent = new NotingAgent(world);
      const { port } = server;
      world.record.hide(String(port), 'PORT');
      const client = world.client(server.url, [], { agent });
      world.note('constructed');
      await world.next(client, 'open');
    },
  },
  {
    title: 'finishRequest',
    covers: ['4.finishRequest'],
    async run(world) {
      const server = await answeringServer(world, switching);
      const finishRequest = function (this: unknown, ...args: any[]): void {
        const [request, websocket] = args;
        world.note('finishRequest', args.length, websocket.readyState, websocket.url);
        world.note('classes', request instanceof http.ClientRequest, websocket.constructor.name);
        request.setHeader('X-Late', 'yes');
        setImmediate(() => {
          world.note('requests before the end', server.exchanges.length);
          request.end();
        });
      };
      await dialAndEnd(world, [server.url, [], { finishRequest }]);
      world.note('header', server.exchanges[0]?.headers['x-late']);
    },
  },
  {
    title: 'finishRequest that does nothing, and values that are not called',
    covers: ['4.finishRequest'],
    async run(world) {
      unsentRequest(world, 'ws://example.test', {});
      const { websocket, socket } = dialManually(world, { finishRequest: () => {} });
      await turn();
      world.note('written', socket.take(), websocket.readyState);
      for (const finishRequest of [undefined, null, false]) {
        const dialed = dialManually(world, { finishRequest });
        await turn();
        world.note('line', dialed.socket.take().toString().split('\r\n')[0]);
      }
    },
  },
  {
    title: 'finishRequest with redirects',
    covers: ['4.finishRequest'],
    async run(world) {
      const server = await answeringServer(world, (exchange) =>
        exchange.index < 2 ? redirectTo(`/${exchange.index}`) : switching(exchange),
      );
      const finishRequest = (request: http.ClientRequest): void => {
        world.note('finishRequest', request.path);
        request.end();
      };
      await dialAndEnd(world, [server.url, [], { finishRequest, followRedirects: true }]);
    },
  },
  {
    title: 'what can be read off the request in finishRequest',
    covers: ['4.finishRequest'],
    run(world) {
      for (const protocolVersion of [13, 8]) {
        const options = { protocolVersion, headers: { A: 'b' }, origin: 'http://o.test' };
        const request = unsentRequest(world, 'ws://user:pass@example.test:8080/a?b', options);
        const { 'sec-websocket-key': key, ...headers } = request.getHeaders();
        world.note('request', request.method, request.path, request.host, request.protocol);
        world.note('headers', typeof key, { ...headers });
        world.note('names', request.getRawHeaderNames());
        world.note('ended', request.writableEnded);
      }
    },
  },
  {
    title: 'handshakeTimeout becomes the timeout of the request',
    covers: ['4.handshakeTimeout', '4.options.overridden'],
    run(world) {
      for (const handshakeTimeout of [undefined, 0, 1234]) {
        const options = { handshakeTimeout, timeout: 99 };
        const request = unsentRequest(world, 'ws://example.test', options);
        world.note(String(handshakeTimeout), timeoutOf(request), request.listenerCount('timeout'));
      }
    },
  },
  {
    title: 'handshakeTimeout expires',
    covers: ['4.handshakeTimeout.error'],
    async run(world) {
      const server = await answeringServer(world, () => {});
      await dialAndEnd(world, [server.url, [], { handshakeTimeout: 10 }]);
      const tls = server.url.replace('ws:', 'wss:');
      await dialAndEnd(world, [tls, [], { handshakeTimeout: 10 }]);
      await server.idle();
    },
  },
  {
    title: 'handshakeTimeout starts anew with each redirect',
    covers: ['4.handshakeTimeout.redirect', '4.handshakeTimeout.error'],
    async run(world) {
      const server = await answeringServer(world, ({ index }) =>
        index === 0 ? redirectTo('/there') : undefined,
      );
      const finishRequest = (request: http.ClientRequest): void => {
        world.note('timeout', request.path, timeoutOf(request), request.listenerCount('timeout'));
        // As the socket's idle timer does it.
        if (request.path === '/there') setImmediate(() => request.emit('timeout'));
        request.end();
      };
      const options = { handshakeTimeout: 30_000, followRedirects: true, finishRequest };
      await dialAndEnd(world, [server.url, [], options]);
    },
  },
  {
    title: 'a connection that outlives its handshakeTimeout',
    covers: ['4.handshakeTimeout.idle'],
    async run(world) {
      const server = await answeringServer(world, switching);
      const client: any = world.client(server.url, [], { handshakeTimeout: 4000 });
      await world.next(client, 'open');
      world.note('timeout of the socket', (client._socket as Socket).timeout);
    },
  },
];
