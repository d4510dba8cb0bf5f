import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytes, hex, rawClient, rawServer } from '../src/index.js';
import type { RawServer, RawSocket } from '../src/index.js';

let server: RawServer;
let client: RawSocket;
let peer: RawSocket;

beforeEach(async () => {
  server = await rawServer();
  client = await rawClient(server.port);
  peer = await server.accept();
});

afterEach(async () => {
  client.destroy();
  await server.close();
});

describe('rawServer and rawClient', () => {
  it('take bytes in the pieces that the test asks for', async () => {
    client.send(bytes('01 02 03'));
    client.send(bytes('04 05'));
    expect(hex(await peer.take(4))).toBe('01 02 03 04');
    expect(hex(await peer.take(1))).toBe('05');
    peer.send('ok');
    expect(hex(await client.take(2))).toBe('6f 6b');
  });

  it('take text up to a mark and leave what follows', async () => {
    client.send('GET / HTTP/1.1\r\nHost: \xe9\r\n\r\nrest');
    expect(await peer.takeUntil('\r\n\r\n')).toBe('GET / HTTP/1.1\r\nHost: \xe9\r\n\r\n');
    expect(hex(await peer.take(4))).toBe('72 65 73 74');
  });

  it('see the end, with what nobody took', async () => {
    client.send(bytes('aa bb'));
    await peer.take(1);
    client.socket.end();
    expect(hex(await peer.closed())).toBe('bb');
    expect(peer.received).toEqual(new Uint8Array(0));
  });

  it('see a reset as an end', async () => {
    client.socket.resetAndDestroy();
    expect(hex(await peer.closed())).toBe('');
  });

  it('say what was there when the rest does not come', async () => {
    client.send(bytes('aa bb'));
    await peer.take(1);
    await expect(peer.take(3, 1)).rejects.toThrow(
      '3 bytes did not come; 1 bytes waited: bb (within 1 ms)',
    );
    await expect(peer.closed(1)).rejects.toThrow('The socket did not close');
  });

  it('say that the socket closed before the rest came', async () => {
    client.send(bytes('aa'));
    client.socket.end();
    await expect(peer.takeUntil('\r\n')).rejects.toThrow(
      'The socket closed before "\\r\\n" came; 1 bytes waited: aa',
    );
  });

  it('hand out connections in order, and say when none comes', async () => {
    const second = await rawClient(server.port);
    const secondPeer = await server.accept();
    second.send('2');
    expect(hex(await secondPeer.take(1))).toBe('32');
    await expect(server.accept(1)).rejects.toThrow('No connection came (within 1 ms)');
  });

  it('close cuts everything off', async () => {
    const closed = client.closed();
    await server.close();
    await closed;
    expect(server.server.listening).toBe(false);
    server = await rawServer();
  });
});
