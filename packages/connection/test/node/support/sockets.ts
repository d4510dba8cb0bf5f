/** Pairs of connected sockets; gone when the test is over. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { onTestFinished } from 'vitest';

/** Both ends of a TCP connection. */
export async function tcpPair(): Promise<[Socket, Socket]> {
  // Half-open as the sockets of an HTTP server are.
  const server = createServer({ allowHalfOpen: true });
  const port = await listen(server);
  const dialed = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(dialed, 'connect')]);
  return tidyUp(server, dialed, accepted as Socket);
}

/** Both ends of a TLS connection. The key is shared beforehand: no certificate is needed. */
export async function tlsPair(): Promise<[Socket, Socket]> {
  const psk = Buffer.alloc(16, 7);
  const settings = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
  const server = tls.createServer({ ...settings, pskCallback: () => psk });
  const port = await listen(server);
  const dialed = tls.connect({
    ...settings,
    port,
    host: '127.0.0.1',
    pskCallback: () => ({ psk, identity: 'test' }),
    checkServerIdentity: () => undefined,
  });
  const [[accepted]] = await Promise.all([
    once(server, 'secureConnection'),
    once(dialed, 'secureConnect'),
  ]);
  return tidyUp(server, dialed, accepted as Socket);
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function tidyUp(server: Server, dialed: Socket, accepted: Socket): [Socket, Socket] {
  onTestFinished(() => {
    dialed.destroy();
    accepted.destroy();
    server.close();
  });
  return [dialed, accepted];
}

/** Both ends of a connection in memory, of the plainest kind: no `setTimeout`, no `setNoDelay`. */
export function memoryPair(): [MemorySocket, MemorySocket] {
  const one = new MemorySocket();
  const other = new MemorySocket();
  one.peer = other;
  other.peer = one;
  return [one, other];
}

/**
 * A socket in memory. It keeps what it is given, by reference, and hands the
 * same memory to its peer: whoever changes it later is found out.
 */
export class MemorySocket extends Duplex {
  peer: MemorySocket | undefined;
  /** Each write that a kernel would see: its parts, as they were given. */
  readonly writes: Buffer[][] = [];
  /** Copies of the same, made at once. */
  readonly copies: Buffer[][] = [];
  /** While true, writes are not finished: the peer gets nothing. */
  stalled = false;

  private waiting: (() => void) | undefined;

  constructor() {
    super({ allowHalfOpen: true });
  }

  /** Everything written, as it is now. */
  get bytes(): Buffer {
    return Buffer.concat(this.writes.flat());
  }

  /** Finishes what waits, and writes on. */
  flow(): void {
    this.stalled = false;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.transmit([chunk], done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.transmit(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  override _final(done: () => void): void {
    this.peer?.push(null);
    done();
  }

  private transmit(parts: Buffer[], done: () => void): void {
    this.writes.push(parts);
    this.copies.push(parts.map((part) => Buffer.from(part)));
    const deliver = (): void => {
      // A receiver unmasks in place, so it gets memory of its own.
      for (const part of parts) this.peer?.push(Buffer.from(part));
      done();
    };
    if (this.stalled) this.waiting = deliver;
    else deliver();
  }
}
