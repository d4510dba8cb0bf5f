/** What is the same host, and what another one does not get. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { selfSignedCertificate } from '@hybi/testkit';
import { answeringServer, redirectTo, switching } from '../answering-server.js';
import { follow, hops, noteRequests, secrets } from '../redirecting.js';
import type { Scenario } from '../scenario.js';
import type { World } from '../world.js';

const allowUnsafeRedirects = true;

/** Follows a redirect from TLS; notes the headers that would go there, and sends nothing. */
async function followFromTls(world: World, to: (port: number) => string): Promise<void> {
  const { key, cert } = await selfSignedCertificate();
  const server = await answeringServer(world, () => redirectTo(to(server.port)), {
    tls: { key, cert },
  });
  let requests = 0;
  const finishRequest = (request: any): void => {
    const headers = { ...request.getHeaders() };
    world.record.hide(headers['sec-websocket-key'], 'KEY');
    world.note('headers', headers);
    requests += 1;
    if (requests === 2) request.destroy(new Error('seen'));
    request.end();
  };
  const options = { ca: cert, allowUnsafeRedirects, finishRequest };
  await follow(world, server.url, { ...options, headers: secrets });
  requests = 0;
  await follow(world, server.url, { ...options, auth: 'user:pass' });
  requests = 0;
  await follow(world, server.url.replace('//', '//user:pass@'), options);
}

export const hostScenarios: readonly Scenario[] = [
  {
    title: 'the same host and port',
    covers: ['6.host.tcp'],
    async run(world) {
      const server = await hops(world, ['/there']);
      await follow(world, server.url, { headers: secrets });
      noteRequests(world, server);
    },
  },
  {
    title: 'another port, and another name of the same host',
    covers: ['6.host.tcp', '6.drop.host'],
    async run(world) {
      const other = await hops(world, [], { name: 'OTHER' });
      const locations: string[] = [other.url];
      const server = await hops(world, locations);
      locations.push('/again', server.url.replace('127.0.0.1', 'localhost'));
      await follow(world, server.url, { headers: secrets });
      const lookup = (_name: string, _options: object, callback: any): void =>
        callback(null, [{ address: '127.0.0.1', family: 4 }]);
      await follow(world, server.url, { headers: secrets, lookup });
      noteRequests(world, server, other);
    },
  },
  {
    title: 'the option auth and userinfo',
    covers: ['6.drop.host'],
    async run(world) {
      const other = await hops(world, [], { name: 'OTHER' });
      const server = await hops(world, ['/there', other.url, '/there', other.url]);
      await follow(world, server.url, { auth: 'option:auth' });
      await follow(world, server.url.replace('//', '//user:pass@'));
      noteRequests(world, server, other);
    },
  },
  {
    title: 'from wss to ws, same host and port',
    covers: ['6.drop.plain', '6.host.tcp'],
    run: (world) => followFromTls(world, (port) => `ws://localhost:${port}/there`),
  },
  {
    title: 'from wss to ws of another host',
    covers: ['6.drop.host'],
    run: (world) => followFromTls(world, () => 'ws://other.test/there'),
  },
  {
    title: 'from wss to wss, same host and port',
    covers: ['6.host.tcp'],
    run: (world) => followFromTls(world, (port) => `wss://localhost:${port}/there`),
  },
  {
    title: 'from ws to wss',
    covers: ['6.drop.host', '6.host.tcp'],
    async run(world) {
      const { key, cert } = await selfSignedCertificate();
      const secure = await hops(world, [], { tls: { key, cert }, name: 'SECURE' });
      const server = await hops(world, [secure.url]);
      await follow(world, server.url, { headers: secrets, ca: cert });
      noteRequests(world, server, secure);
    },
  },
  {
    title: 'Unix sockets',
    covers: ['6.host.unix', '6.drop.host'],
    async run(world) {
      const other = await hops(world, [], { unix: true, name: 'OTHER' });
      const locations: string[] = [];
      const server = await hops(world, locations, { unix: true });
      locations.push(`${server.url}:/there`, 'relative', `${other.url}:/other`);
      await follow(world, `${server.url}:/here`, { headers: secrets });
      noteRequests(world, server, other);
    },
  },
  {
    title: 'an absolute path from a Unix socket',
    covers: ['6.host.unix'],
    async run(world) {
      const server = await hops(world, ['/nowhere'], { unix: true });
      await follow(world, `${server.url}:/here`);
    },
  },
  {
    title: 'from a Unix socket to the network, and back',
    covers: ['6.host.mixed', '6.drop.once'],
    async run(world) {
      const locations: string[] = [];
      const server = await hops(world, locations, { unix: true });
      const other = await hops(world, [`${server.url}:/back`], { name: 'OTHER' });
      locations.push(other.url);
      const options = { headers: secrets, allowUnsafeRedirects };
      await follow(world, `${server.url}:/here`, options);
      noteRequests(world, server, other);
    },
  },
  {
    title: 'from the network to a Unix socket',
    covers: ['6.host.mixed'],
    async run(world) {
      const other = await hops(world, [], { unix: true, name: 'OTHER' });
      const server = await hops(world, [`${other.url}:/there`]);
      await follow(world, server.url, { headers: secrets, allowUnsafeRedirects });
      noteRequests(world, other);
    },
  },
  {
    title: 'a Unix socket whose path is the name of a host',
    covers: ['6.host.mixed'],
    async run(world) {
      const server = await hops(world, ['ws://host.test/there', 'ws+unix:host.test:/back']);
      const createConnection = (): Socket => connect(server.port, '127.0.0.1');
      const options = { headers: secrets, createConnection, allowUnsafeRedirects };
      await follow(world, 'ws+unix:host.test:/here', options);
      noteRequests(world, server);
    },
  },
  {
    title: 'back to the first host',
    covers: ['6.drop.once'],
    async run(world) {
      for (const options of [{ headers: secrets }, { auth: 'user:pass' }]) {
        let home = '';
        const other = await answeringServer(world, () => redirectTo(`${home}/back`), {
          name: 'OTHER',
        });
        const server = await answeringServer(world, (exchange) =>
          exchange.index === 0 ? redirectTo(other.url) : switching(exchange),
        );
        home = server.url;
        await follow(world, server.url, options);
        noteRequests(world, server, other);
      }
    },
  },
];
