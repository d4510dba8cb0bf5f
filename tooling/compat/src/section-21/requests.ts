/** How a client asks. */
import { createRequire } from 'node:module';
import * as http from 'node:http';
import * as https from 'node:https';
import type tlsModule from 'node:tls';
import { answeringServer } from '../answering-server.js';
import { noteEvents } from '../client-events.js';
import { ManualSocket } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

// The module object itself, which programs change.
const tls = createRequire(import.meta.url)('node:tls') as typeof tlsModule;

function noteAgent(world: World, address: string, agent: http.Agent, more: object = {}): void {
  let inside = true;
  (agent as any).addRequest = (request: http.ClientRequest, options: any) => {
    world.note('request', request instanceof http.ClientRequest, inside, request.method);
    const { host, port, path, socketPath, servername, timeout, lookup, own } = options;
    world.note('options', { host, port, path, socketPath, servername, timeout, lookup, own });
    world.note('headers', request.getHeader('upgrade'), request.getHeader('host'));
  };
  const client = world.client(address, { agent, ...more });
  inside = false;
  world.note('state', client.readyState);
}

export const requestScenarios: readonly Scenario[] = [
  {
    title: 'an agent of the application',
    covers: ['21.request.agent', '21.request.options'],
    run(world) {
      const lookup = (): void => {};
      noteAgent(world, 'ws://example.test/a?b', new http.Agent());
      noteAgent(world, 'ws://example.test:8080', new http.Agent(), { lookup, own: 1 });
      noteAgent(world, 'wss://example.test', new https.Agent(), { handshakeTimeout: 5 });
      noteAgent(world, 'wss://[::1]:8443', new https.Agent(), { servername: 'other.test' });
      noteAgent(world, 'ws+unix:/a.sock:/b', new http.Agent());
    },
  },
  {
    title: 'answers that are not HTTP',
    covers: ['21.request.errors'],
    async run(world) {
      for (const answer of [
        'NOT HTTP\r\n\r\n',
        'HTTP/1.1 101 Switching Protocols\r\nBad Header: a\r\n\r\n',
        'HTTP/1.1 2x0 OK\r\n\r\n',
        'HTTP/1.1 200 OK\r\nContent-Length: a\r\n\r\n',
        `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
      ]) {
        const server = await answeringServer(world, () => answer);
        await noteEvents(world, world.client(server.url) as any);
      }
    },
  },
  {
    title: 'tls.connect replaced',
    covers: ['21.tls'],
    run(world) {
      const { connect } = tls;
      (tls as any).connect = (...args: any[]) => {
        const [{ host, port, servername, path }, ...more] = args;
        world.note('connect', { host, port: String(port), servername, path }, more);
        return new ManualSocket();
      };
      try {
        for (const address of ['wss://example.test', 'wss://127.0.0.1:8443', 'wss://[::1]']) {
          world.client(address);
        }
        world.client('wss://example.test', { servername: '' });
      } finally {
        (tls as any).connect = connect;
      }
    },
  },
];
