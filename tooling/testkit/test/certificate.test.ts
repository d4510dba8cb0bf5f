import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSignedCertificate } from '../src/index.js';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

describe('selfSignedCertificate', () => {
  it.each(['localhost', '127.0.0.1'])(
    'is trusted by a client of %s that knows it',
    async (host) => {
      const { key, cert } = await selfSignedCertificate();
      const server = createServer({ key, cert }, (socket) => socket.end('hello'));
      server.listen(0, '127.0.0.1');
      closing.push(() => server.close());
      await once(server, 'listening');

      const { port } = server.address() as AddressInfo;
      const client = connect({ port, host: '127.0.0.1', ca: cert, ...serverName(host) });
      closing.push(() => client.destroy());
      await once(client, 'secureConnect');
      expect(client.authorized).toBe(true);
      const [chunk] = (await once(client, 'data')) as [Buffer];
      expect(chunk.toString()).toBe('hello');
    },
  );
});

/** An address is no server name; Node then checks the host. */
function serverName(host: string): { servername?: string } {
  return host === 'localhost' ? { servername: host } : {};
}
