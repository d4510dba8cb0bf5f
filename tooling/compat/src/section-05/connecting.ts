/** How the connection is made. */
import net from 'node:net';
import tls from 'node:tls';
import { selfSignedCertificate } from '@hybi/testkit';
import { answeringServer, switching } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { ManualSocket, answer, dialManually, turn } from '../manual-socket.js';
import { seeConnection } from '../requests.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

/** Puts a `connect` in the place of the module's until the scenario is over; it fails. */
function replaceConnect(world: World, module: { connect: any }, label: string): void {
  const { connect } = module;
  module.connect = (...args: any[]) => {
    const [{ host, port, path, servername, socketPath, method }] = args;
    world.note(label, args.length, [host, port, path, servername, socketPath, method]);
    throw new Error('no connection here');
  };
  world.cleanUp(() => {
    module.connect = connect;
  });
}

async function noteServername(world: World, address: string, options: object = {}): Promise<void> {
  await noteEvents(world, world.client(address, [], options));
}

/** A socket that notes which of its settings are called. */
class SettingsSocket extends ManualSocket {
  constructor(world: World, names: readonly string[]) {
    super();
    for (const name of names) {
      (this as any)[name] = (...args: unknown[]) => {
        world.note(name, ...args);
        return this;
      };
    }
  }
}

export const connectingScenarios: readonly Scenario[] = [
  {
    title: 'an IPv6 literal',
    covers: ['5.connect.ipv6'],
    async run(world) {
      for (const address of ['ws://[::1]:8080', 'wss://[2001:DB8::1]', 'ws://[::ffff:127.0.0.1]']) {
        const { seen, createConnection } = seeConnection();
        await noteEvents(world, world.client(address, [], { createConnection }));
        world.note(address, seen[0]?.host, seen[0]?.port);
      }
    },
  },
  {
    title: 'net.connect, replaced',
    covers: ['5.connect.module', '5.connect.ipv6'],
    async run(world) {
      replaceConnect(world, net, 'net.connect');
      for (const address of ['ws://host/path', 'ws://[::1]:8080', 'ws+unix:/a/b.sock:/path']) {
        await noteEvents(world, world.client(address));
      }
    },
  },
  {
    title: 'tls.connect, replaced',
    covers: ['5.connect.module', '5.connect.servername', '5.connect.servername.own'],
    async run(world) {
      replaceConnect(world, tls, 'tls.connect');
      for (const address of ['wss://host/path', 'wss://127.0.0.1', 'wss://[::1]:8080']) {
        await noteServername(world, address);
        await noteServername(world, address, { servername: 'other.test' });
        await noteServername(world, address, { servername: '' });
        await noteServername(world, address, { servername: undefined });
        await noteServername(world, address, { servername: null });
        await noteServername(world, address, { headers: { Host: 'header.test' } });
      }
    },
  },
  {
    title: 'the name that a TLS server hears',
    covers: ['5.connect.servername', '5.connect.servername.own'],
    async run(world) {
      const { key, cert } = await selfSignedCertificate();
      const server = await answeringServer(world, switching, { tls: { key, cert } });
      const byAddress = server.url.replace('localhost', '127.0.0.1');
      const options = { rejectUnauthorized: false };
      await dialAndEnd(world, [server.url, [], options]);
      await dialAndEnd(world, [byAddress, [], options]);
      await dialAndEnd(world, [server.url, [], { ...options, servername: '' }]);
      await dialAndEnd(world, [server.url, [], { ...options, servername: 'other.test' }]);
      for (const { socket } of server.exchanges) {
        world.note('servername', (socket as unknown as { servername: unknown }).servername);
      }
    },
  },
  {
    title: 'the settings of the socket on open',
    covers: ['5.open.socket'],
    async run(world) {
      for (const names of [['setTimeout', 'setNoDelay'], ['setNoDelay'], ['setTimeout'], []]) {
        const socket = new SettingsSocket(world, names);
        const websocket = world.client('ws://example.test', [], { createConnection: () => socket });
        websocket.on('upgrade', () => world.note('upgrade'));
        websocket.on('open', () => world.note('open'));
        await turn();
        const open = world.next(websocket, 'open');
        await answer(socket);
        await open;
      }
    },
  },
  {
    title: 'the settings of a socket whose answer is refused',
    covers: ['5.open.socket'],
    async run(world) {
      const socket = new SettingsSocket(world, ['setTimeout']);
      const websocket = world.client('ws://example.test', [], { createConnection: () => socket });
      const closed = noteEvents(world, websocket);
      await turn();
      await answer(socket, ['Sec-WebSocket-Protocol: x']);
      await closed;
    },
  },
  {
    title: 'a connection that can not be made, thrown',
    covers: ['5.connect.module', '5.error.passed-on'],
    async run(world) {
      const { createConnection } = seeConnection();
      const { websocket } = dialManually(world, { createConnection });
      world.note('constructed', websocket.readyState);
      await noteEvents(world, websocket);
    },
  },
];
