/** `_socket`. */
import * as net from 'node:net';
import * as tls from 'node:tls';
import { selfSignedCertificate } from '@hybi/testkit';
import { answeringServer, response, switching } from '../answering-server.js';
import { masked, unmasked } from '../frames.js';
import { dialManually, openManually, turn } from '../manual-socket.js';
import type { Scenario } from '../scenario.js';

export const socketScenarios: readonly Scenario[] = [
  {
    title: 'before it is open, and while it is',
    covers: ['20.socket.null', '20.socket', '20.socket.members'],
    async run(world) {
      const server = await world.server();
      const connection = world.next(server, 'connection');
      const client: any = world.client(server.address_);
      world.note('before', client._socket);
      client.on('upgrade', () => world.note('upgrade', client._socket));
      await world.next(client, 'open');
      const [remote] = await connection;
      for (const { _socket: socket } of [client, remote]) {
        world.note('socket', socket instanceof net.Socket, socket.remoteAddress);
        world.note('chained', socket.unref() === socket, socket.ref() === socket);
        world.note('options', socket.setKeepAlive(true, 1000) === socket, socket.timeout);
        world.note('buffered', socket.writableLength, typeof socket.bytesRead);
      }
      world.note('same port', client._socket.localPort === remote._socket.remotePort);
    },
  },
  {
    title: 'over TLS',
    covers: ['20.socket'],
    async run(world) {
      const certificate = await selfSignedCertificate();
      const server = await answeringServer(world, switching, { tls: certificate });
      const client: any = world.client(server.url, { ca: certificate.cert });
      await world.next(client, 'open');
      const { _socket: socket } = client;
      world.note('socket', socket instanceof tls.TLSSocket, socket.authorized);
    },
  },
  {
    title: 'on a Duplex',
    covers: ['20.socket'],
    run(world) {
      const { websocket, socket } = openManually(world);
      world.note('same', Object.is(websocket._socket, socket));
    },
  },
  {
    title: 'after a failed handshake',
    covers: ['20.socket.null'],
    async run(world) {
      const server = await answeringServer(world, () => response('404 Not Found'));
      const client: any = world.client(server.url);
      client.on('error', () => world.note('error', client._socket));
      await new Promise((resolve) => client.on('close', resolve));
      world.note('closed', client._socket);
      const abandoned: any = dialManually(world).websocket;
      abandoned.on('error', () => {});
      abandoned.terminate();
      await turn();
      world.note('abandoned', abandoned._socket);
    },
  },
  {
    title: 'after close',
    covers: ['20.socket.closed'],
    async run(world) {
      const { websocket, socket } = openManually(world);
      websocket.on('close', () => world.note('close', websocket._socket === (socket as any)));
      websocket.terminate();
      await turn();
      world.note('after', websocket._socket === (socket as any), socket.destroyed);
    },
  },
  {
    title: 'writing to it',
    covers: ['20.socket.write'],
    async run(world) {
      const { client, remote } = await world.pair();
      const received = world.next(client, 'message');
      (remote as any)._socket.write(unmasked(0x81, 'raw'));
      world.note('client', ...(await received));
      const failed = world.next(remote, 'error');
      (client as any)._socket.write(Buffer.concat([masked(0x89), unmasked(0x81, 'raw')]));
      world.note('server', ...(await failed));
    },
  },
];
