/**
 * WebSockets on a socket that a scenario holds in its hands: what arrives and
 * when a write is done is decided here, not by a network, so that records with
 * moments in them are deterministic.
 */
import { Duplex } from 'node:stream';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { acceptOf } from './accept.js';
import { masked } from './frames.js';
import type { World } from './world.js';

type WriteCallback = (error?: Error | null) => void;

/** A Duplex whose other side is the scenario. */
export class ManualSocket extends Duplex {
  /** While true, what is written stays undone until {@link ManualSocket.release}. */
  held = false;
  /** How often `end` was called. */
  ends = 0;
  #written: Buffer[] = [];
  #undone: WriteCallback | undefined;

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, callback: WriteCallback): void {
    this.#written.push(Buffer.from(chunk));
    if (this.held) this.#undone = callback;
    else callback();
  }

  override end(...values: any[]): this {
    this.ends++;
    return super.end(...values);
  }

  /** Lets bytes arrive as one chunk; what follows from that has happened when it resolves. */
  receive(...bytes: Buffer[]): Promise<void> {
    this.push(Buffer.concat(bytes));
    return turn();
  }

  /** The peer ends its side. */
  receiveEnd(): Promise<void> {
    this.push(null);
    return turn();
  }

  /** Ends the write under way, with an error or without; later ones are not held. */
  release(error?: Error): void {
    const undone = this.#undone;
    this.held = false;
    this.#undone = undefined;
    undone?.(error);
  }

  /** Of streams; no scenario calls it. */
  override take(limit: number): Readable;
  /** What was written since the last call. */
  override take(): Buffer;
  override take(): any {
    const bytes = Buffer.concat(this.#written);
    this.#written = [];
    return bytes;
  }
}

/** Lets everything happen that waits for no more than the end of this turn. */
export function turn(): Promise<void> {
  return setImmediate();
}

/** Options that `new WebSocket(null, undefined, options)` does not fill in by itself. */
const defaults = { autoPong: true, closeTimeout: 30_000, maxPendingAutoPongs: 60 };

/** A server-side WebSocket of the implementation, open on a socket of the scenario's. */
export function openManually(
  world: World,
  options: object = {},
  socketOptions: object = {},
): { websocket: WebSocket & { _socket: Duplex | null }; socket: ManualSocket } {
  const websocket = world.client(null, undefined, { ...defaults, ...options }) as any;
  const socket = new ManualSocket();
  websocket.setSocket(socket, Buffer.alloc(0), socketOptions);
  return { websocket, socket };
}

/** A WebSocket of the implementation that dials, and the socket whose answer it waits for. */
export function dialManually(
  world: World,
  options: object = {},
  protocols: string[] = [],
  address: string | URL = 'ws://example.test',
): { websocket: WebSocket & { _socket: Duplex | null }; socket: ManualSocket } {
  const socket = new ManualSocket();
  const createConnection = (): Duplex => socket;
  const websocket = world.client(address, protocols, { createConnection, ...options });
  return { websocket: websocket as any, socket };
}

/** A client of the implementation, open on a socket of the scenario's. */
export async function openClientManually(
  world: World,
  options: object = {},
  headers: string[] = [],
  protocols: string[] = [],
): Promise<ReturnType<typeof dialManually>> {
  const dialed = dialManually(world, options, protocols);
  const open = world.next(dialed.websocket, 'open');
  await turn();
  void answer(dialed.socket, headers);
  await open;
  return dialed;
}

/** Answers the request that came on the socket with 101. */
export function answer(
  socket: ManualSocket,
  headers: string[] = [],
  behind: Buffer = Buffer.alloc(0),
): Promise<void> {
  const [, key = ''] = /^Sec-WebSocket-Key: (.*)\r$/im.exec(socket.take().toString()) ?? [];
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptOf(key)}`,
    ...headers,
  ];
  return socket.receive(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), behind);
}

/**
 * Lets a chunk of more messages arrive than a turn delivers without
 * `allowSynchronousEvents`; resolves a turn after the last was delivered.
 */
export async function receiveMany(websocket: WebSocket, socket: ManualSocket): Promise<void> {
  let rest = 40;
  const delivered = new Promise<void>((resolve) => {
    websocket.on('message', () => {
      rest -= 1;
      if (rest === 0) resolve();
    });
  });
  void socket.receive(...Array.from({ length: rest }, () => masked(0x82, Buffer.alloc(1000))));
  await delivered;
  await turn();
}
