/**
 * The other end of the wire, byte for byte: a peer over `node:net` that knows
 * nothing of WebSocket and so can say anything.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

const defaultTimeoutMs = 5000;

/** A socket that collects what it receives. */
export interface RawSocket {
  readonly socket: Socket;
  /** Everything that was received and not taken yet, in one array. */
  readonly received: Uint8Array;
  /** Sends bytes, or the text in Latin-1. */
  send(data: Uint8Array | string): void;
  /** Takes exactly this many bytes as soon as they are there. */
  take(length: number, timeoutMs?: number): Promise<Uint8Array>;
  /** Takes everything up to and with this text (Latin-1), such as the empty line after headers. */
  takeUntil(text: string, timeoutMs?: number): Promise<string>;
  /** Waits until the socket is closed, after an error too; resolves with what was not taken. */
  closed(timeoutMs?: number): Promise<Uint8Array>;
  /** Cuts the connection off. */
  destroy(): void;
}

/** A server whose connections are `RawSocket`s. */
export interface RawServer {
  readonly server: Server;
  readonly port: number;
  /** The next connection, in the order of their arrival. */
  accept(timeoutMs?: number): Promise<RawSocket>;
  /** Cuts all connections off and stops listening. */
  close(): Promise<void>;
}

/** Connects to a port of this machine; resolves when the connection stands. */
export async function rawClient(port: number, host = '127.0.0.1'): Promise<RawSocket> {
  const socket = connect({ port, host });
  await once(socket, 'connect');
  return new CollectingSocket(socket);
}

/** Listens on a free port of this machine; resolves when it listens. */
export async function rawServer(): Promise<RawServer> {
  const server = createServer();
  const sockets = new Set<RawSocket>();
  const waiting: RawSocket[] = [];
  const changes = new Changes();
  server.on('connection', (socket) => {
    const raw = new CollectingSocket(socket);
    sockets.add(raw);
    waiting.push(raw);
    changes.announce();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    port: (server.address() as AddressInfo).port,
    accept: (timeoutMs) =>
      changes.until(
        () => waiting.shift(),
        () => 'No connection came',
        timeoutMs,
      ),
    close: () =>
      new Promise((resolve, reject) => {
        for (const socket of sockets) socket.destroy();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

class CollectingSocket implements RawSocket {
  private bytes = Buffer.alloc(0);
  private isClosed = false;
  private failure: Error | undefined;
  private readonly changes = new Changes();

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.bytes = Buffer.concat([this.bytes, chunk]);
      this.changes.announce();
    });
    // A reset is one way to be closed; `take` tells of it.
    socket.on('error', (error) => (this.failure = error));
    socket.on('close', () => {
      this.isClosed = true;
      this.changes.announce();
    });
  }

  get received(): Uint8Array {
    return plain(this.bytes);
  }

  send(data: Uint8Array | string): void {
    this.socket.write(data as Uint8Array, 'latin1');
  }

  take(length: number, timeoutMs?: number): Promise<Uint8Array> {
    return this.wait(
      () => (this.bytes.length >= length ? this.cut(length) : undefined),
      `${length} bytes`,
      timeoutMs,
    );
  }

  async takeUntil(text: string, timeoutMs?: number): Promise<string> {
    const head = await this.wait(
      () => {
        const at = this.bytes.indexOf(text, 0, 'latin1');
        return at < 0 ? undefined : this.cut(at + text.length);
      },
      JSON.stringify(text),
      timeoutMs,
    );
    return Buffer.from(head).toString('latin1');
  }

  closed(timeoutMs?: number): Promise<Uint8Array> {
    return this.changes.until(
      () => (this.isClosed ? this.cut(this.bytes.length) : undefined),
      () => `The socket did not close; ${this.state()}`,
      timeoutMs,
    );
  }

  destroy(): void {
    this.socket.destroy();
  }

  private wait(
    ready: () => Uint8Array | undefined,
    what: string,
    timeoutMs?: number,
  ): Promise<Uint8Array> {
    return this.changes.until(
      () => {
        const result = ready();
        if (result === undefined && this.isClosed) {
          throw new Error(`The socket closed before ${what} came; ${this.state()}`, {
            cause: this.failure,
          });
        }
        return result;
      },
      () => `${what} did not come; ${this.state()}`,
      timeoutMs,
    );
  }

  private cut(length: number): Uint8Array {
    const head = plain(this.bytes.subarray(0, length));
    this.bytes = this.bytes.subarray(length);
    return head;
  }

  private state(): string {
    const shown = this.bytes.subarray(0, 64);
    const more = this.bytes.length > shown.length ? '…' : '';
    return `${this.bytes.length} bytes waited: ${shown.toString('hex')}${more}`;
  }
}

/** A copy that is no Buffer: tests compare it with literal bytes. */
function plain(data: Buffer): Uint8Array {
  return new Uint8Array(data);
}

/** Wakes those who wait for a condition each time something has changed. */
class Changes {
  private readonly listeners = new Set<() => void>();

  announce(): void {
    for (const listener of [...this.listeners]) listener();
  }

  until<Result>(
    check: () => Result | undefined,
    complaint: () => string,
    timeoutMs = defaultTimeoutMs,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.listeners.delete(look);
      };
      const look = (): void => {
        try {
          const result = check();
          if (result === undefined) return;
          settle();
          resolve(result);
        } catch (error) {
          settle();
          reject(error as Error);
        }
      };
      const timer = setTimeout(() => {
        settle();
        reject(new Error(`${complaint()} (within ${timeoutMs} ms)`));
      }, timeoutMs);
      this.listeners.add(look);
      look();
    });
  }
}
