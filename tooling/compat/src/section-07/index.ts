/** Section 7: Unix sockets and named pipes. */
import { answeringServer, switching } from '../answering-server.js';
import { dialAndEnd, noteEvents } from '../client-events.js';
import { line, requestLines, seeConnection } from '../requests.js';
import type { Scenario, Section } from '../scenario.js';
import type { World } from '../world.js';

const statements = {
  '7.form': 'The URL is ws+unix: and the absolute path of a socket, then may follow : and a target',
  '7.split': 'It is split at the first colon; the target may have colons and a query',
  '7.no-target': 'Without a colon the target is empty, which is sent as /',
  '7.slashes': 'ws+unix:///path and ws+unix://host/path mean the same path',
  '7.host': 'The host part is seen in the header Host alone',
  '7.limits': 'The path of the socket ends at a colon; a query belongs to the path it stands in',
  '7.windows': 'Named pipes are written with their backslashes',
} as const;

/** Dials without a connection; notes which socket would be dialed, and for what. */
async function noteTarget(world: World, address: string): Promise<void> {
  const { seen, createConnection } = seeConnection();
  const client = world.client(address, [], { createConnection });
  await noteEvents(world, client);
  const { socketPath, path, host, port } = seen[0] ?? {};
  world.note(address, client.url, [socketPath, path, host, port]);
  const lines = await requestLines(world, {}, [], address);
  world.note('request', lines[0], line(lines, 'host'));
}

const scenarios: readonly Scenario[] = [
  {
    title: 'sockets that listen',
    covers: ['7.form', '7.split', '7.no-target', '7.slashes'],
    async run(world) {
      const server = await answeringServer(world, switching, { unix: true });
      const { path } = server;
      for (const address of [
        `ws+unix:${path}`,
        `ws+unix:${path}:/`,
        `ws+unix:${path}:/a/b?c=d:e`,
        `ws+unix:${path}:?query`,
        `ws+unix:${path}:a:b:c`,
        `ws+unix://${path}:/slashes`,
        `ws+unix://localhost${path}:/host`,
      ]) {
        const client = await dialAndEnd(world, [address]);
        world.note('url', client.url);
      }
      for (const { lines } of server.exchanges) world.note('lines', lines);
    },
  },
  {
    title: 'a URL object',
    covers: ['7.form'],
    async run(world) {
      const server = await answeringServer(world, switching, { unix: true });
      await dialAndEnd(world, [new URL(`${server.url}:/a`)]);
      world.note('target', server.exchanges[0]?.target);
    },
  },
  {
    title: 'a message both ways',
    covers: ['7.form'],
    async run(world) {
      const server = await answeringServer(world, switching, { unix: true });
      const client = world.client(`${server.url}:/echo`);
      await world.next(client, 'open');
      const message = world.next(client, 'message');
      const [exchange] = server.exchanges;
      exchange?.socket.write(Buffer.from([0x81, 0x02, 0x68, 0x69]));
      const [data, isBinary] = await message;
      world.note('message', data, isBinary);
    },
  },
  {
    title: 'nobody listens',
    covers: ['7.form'],
    async run(world) {
      await dialAndEnd(world, ['ws+unix:/nowhere/a.sock:/']);
    },
  },
  {
    title: 'where the path ends',
    covers: ['7.split', '7.no-target', '7.limits'],
    async run(world) {
      for (const address of [
        'ws+unix:/a/b.sock',
        'ws+unix:/a/b.sock:',
        'ws+unix:/a/b.sock::',
        'ws+unix:/a/b.sock:/c:d?e:f',
        'ws+unix:/a?b.sock',
        'ws+unix:/a?b.sock:/c',
        'ws+unix:/a/b.sock?c:d',
        'ws+unix:relative.sock:/a',
        'ws+unix:/with space/ü.sock:/a b',
        'ws+unix:/a%3Ab.sock:/c',
        'ws+unix:/a/../b.sock:/c/../d',
      ]) {
        await noteTarget(world, address);
      }
    },
  },
  {
    title: 'slashes and hosts',
    covers: ['7.slashes', '7.host'],
    async run(world) {
      for (const address of [
        'ws+unix:///a/b.sock:/c',
        'ws+unix://host/a/b.sock:/c',
        'ws+unix://HOST:99/a/b.sock:/c',
        'ws+unix://user:pass@host/a.sock:/c',
        'ws+unix:////a/b.sock:/c',
      ]) {
        await noteTarget(world, address);
      }
    },
  },
  {
    title: 'named pipes',
    covers: ['7.windows'],
    async run(world) {
      await noteTarget(world, 'ws+unix:\\\\.\\pipe\\name:/path');
      await noteTarget(world, 'ws+unix:\\\\?\\pipe\\name');
    },
  },
  {
    title: 'the socketPath of the options',
    covers: ['7.form'],
    async run(world) {
      const { seen, createConnection } = seeConnection();
      const options = { createConnection, socketPath: '/other.sock' };
      await noteEvents(world, world.client('ws+unix:/a.sock:/b', [], options));
      world.note('socketPath', seen[0]?.socketPath);
    },
  },
];

export const section07: Section = {
  number: 7,
  title: 'Unix sockets and named pipes',
  statements,
  scenarios,
};
