/**
 * What a scenario gets: an implementation, a record, and sockets that are
 * closed when it is over, whatever happens.
 */
import { EventEmitter, once } from 'node:events';
import * as http from 'node:http';
import * as net from 'node:net';
import type { Implementation } from './implementations.js';
import { Record } from './record.js';

type Cleanup = () => void | Promise<void>;
type Socketish = InstanceType<Implementation['WebSocket']>;
type Serverish = InstanceType<Implementation['WebSocketServer']>;

/** A handshake request as a browser would send it; the key is that of RFC 6455 §1.3. */
export const plainRequest: string = [
  'GET / HTTP/1.1',
  'Host: example.test',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '',
  '',
].join('\r\n');

export class World {
  readonly record = new Record();
  readonly #cleanups: Cleanup[] = [];

  constructor(readonly lib: Implementation) {}

  /** Notes that something happened. */
  note(what: string, ...values: unknown[]): void {
    this.record.note(what, ...values);
  }

  /** Notes what a call returns or throws. */
  attempt(what: string, call: () => unknown): void {
    try {
      this.note(what, 'returned', call());
    } catch (error) {
      this.note(what, 'threw', error);
    }
  }

  /** Notes every event of the given names, with its arguments. */
  watch(emitter: EventEmitter, label: string, names: readonly string[]): void {
    for (const name of names) {
      emitter.on(name, (...values: unknown[]) => {
        this.note(`${label} ${name}`, ...values);
      });
    }
  }

  /** Runs when the scenario is over. */
  cleanUp(task: Cleanup): void {
    this.#cleanups.push(task);
  }

  /** The next event of that name; fails, and names it, after five seconds. */
  async next(emitter: EventEmitter, name: string): Promise<any[]> {
    try {
      return await once(emitter, name, { signal: AbortSignal.timeout(5000) });
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
      throw new Error(`${this.lib.name}: no '${name}' came`);
    }
  }

  /** Waits for the event 'close', whatever errors come before it; fails after five seconds. */
  closeOf(emitter: EventEmitter): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${this.lib.name}: no 'close' came`));
      }, 5000);
      emitter.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** A server of the implementation, listening. */
  async server(options: object = {}): Promise<Serverish & { port: number; address_: string }> {
    const server = new this.lib.WebSocketServer({ port: 0, host: '127.0.0.1', ...options });
    this.cleanUp(() => {
      for (const client of server.clients ?? []) client.terminate();
      server.close();
    });
    await this.next(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    return Object.assign(server, { port, address_: `ws://127.0.0.1:${port}` });
  }

  /** A WebSocket of the implementation; terminated when the scenario is over. */
  client(...args: [address: any, protocols?: any, options?: any]): Socketish {
    const client = new this.lib.WebSocket(...(args as [string]));
    this.cleanUp(() => {
      client.on('error', () => {});
      client.terminate();
    });
    return client;
  }

  /** A client and a server-side WebSocket, both of the implementation, both open. */
  async pair(options: { client?: object; server?: object; protocols?: string[] } = {}) {
    const server = await this.server(options.server);
    const connection = this.next(server, 'connection');
    const client = this.client(server.address_, options.protocols ?? [], options.client ?? {});
    const [[remote]] = await Promise.all([connection, this.next(client, 'open')]);
    return { server, client, remote: remote as Socketish };
  }

  /** A WebSocket of the implementation on a server, and the raw TCP socket of its peer. */
  async rawPeer(options: { server?: object; request?: string } = {}) {
    const server = await this.server(options.server);
    const connection = this.next(server, 'connection');
    const peer = await this.tcp(server.port, options.request ?? plainRequest);
    const [websocket, request] = await connection;
    await peer.read((bytes) => bytes.includes('\r\n\r\n'));
    peer.dropHead();
    return { server, websocket: websocket as Socketish, request, peer };
  }

  /** A client of the implementation, and the raw TCP socket of its server, upgraded. */
  async rawServer(options: { client?: object; headers?: string[]; protocols?: string[] } = {}) {
    const listener = http.createServer();
    this.cleanUp(() => void listener.close());
    listener.listen(0, '127.0.0.1');
    await this.next(listener, 'listening');
    const upgrade = this.next(listener, 'upgrade');
    const { port } = listener.address() as net.AddressInfo;
    const websocket = this.client(
      `ws://127.0.0.1:${port}`,
      options.protocols ?? [],
      options.client ?? {},
    );
    const [request, socket] = await upgrade;
    const peer = new RawPeer(socket as net.Socket);
    this.cleanUp(() => void peer.socket.destroy());
    const { acceptOf } = await import('./accept.js');
    const open = this.next(websocket, 'open');
    peer.socket.write(
      [
        'HTTP/1.1 101 Switching Protocols',
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Accept: ${acceptOf(request.headers['sec-websocket-key'])}`,
        ...(options.headers ?? []),
        '',
        '',
      ].join('\r\n'),
    );
    await open;
    return { websocket, request: request as http.IncomingMessage, peer };
  }

  /** A raw TCP connection to a port of this machine; writes what is given. */
  async tcp(port: number, first = ''): Promise<RawPeer> {
    const socket = net.connect(port, '127.0.0.1');
    this.cleanUp(() => void socket.destroy());
    await this.next(socket, 'connect');
    if (first !== '') socket.write(first);
    return new RawPeer(socket);
  }

  /** Ends everything, newest first. */
  async end(): Promise<void> {
    for (const task of this.#cleanups.reverse()) await task();
  }
}

/** The far side of a connection, as bytes. */
export class RawPeer {
  /** Everything that came and was not dropped. */
  bytes: Buffer = Buffer.alloc(0);
  ended = false;
  closed = false;
  readonly #changes = new EventEmitter();

  constructor(readonly socket: net.Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.bytes = Buffer.concat([this.bytes, chunk]);
      this.#changes.emit('change');
    });
    socket.on('end', () => {
      this.ended = true;
      this.#changes.emit('change');
    });
    socket.on('close', () => {
      this.closed = true;
      this.#changes.emit('change');
    });
    socket.on('error', () => {});
  }

  /** Writes bytes given as hex, spaces allowed, or as they are. */
  write(data: string | Buffer): void {
    this.socket.write(
      typeof data === 'string' ? Buffer.from(data.replaceAll(' ', ''), 'hex') : data,
    );
  }

  /** Waits until what came satisfies the condition, or nothing more can come. */
  async read(until: (bytes: Buffer, peer: this) => boolean): Promise<Buffer> {
    const timeout = AbortSignal.timeout(5000);
    while (!until(this.bytes, this) && !this.closed) {
      await once(this.#changes, 'change', { signal: timeout });
    }
    return this.bytes;
  }

  /** Waits for the end of what comes. */
  readAll(): Promise<Buffer> {
    return this.read((_bytes, peer) => peer.ended);
  }

  /** Drops the HTTP head that came. */
  dropHead(): void {
    this.bytes = this.bytes.subarray(this.bytes.indexOf('\r\n\r\n') + 4);
  }
}
