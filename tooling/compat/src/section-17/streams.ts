/** Streams, and what is noted of them. */
import type { Duplex, DuplexOptions } from 'node:stream';
import type { WebSocket } from 'ws';
import { zeroKey } from '../frames.js';
import { openClientManually } from '../manual-socket.js';
import type { ManualSocket } from '../manual-socket.js';
import type { World } from '../world.js';

const states = [
  'destroyed',
  'readableEnded',
  'writableEnded',
  'writableFinished',
  'readable',
  'writable',
  'closed',
] as const;

/** A stream over a websocket; its events are noted, and the states that it is in. */
export function streamOver(world: World, websocket: unknown, options?: DuplexOptions): Duplex {
  const stream = world.lib.module.createWebSocketStream(websocket as WebSocket, options) as Duplex;
  for (const name of ['drain', 'end', 'finish', 'error', 'close', 'pause', 'resume']) {
    stream.on(name, (...values: unknown[]) => {
      world.note(`stream ${name}`, ...values, states.filter((state) => stream[state]).join(' '));
    });
  }
  return stream;
}

/** Notes each chunk. */
export function readAll(world: World, stream: Duplex): void {
  stream.on('data', (chunk) => world.note('stream data', chunk));
}

/** A callback that notes what it gets. */
export function noting(world: World, what: string): (error?: Error | null) => void {
  return (error) => world.note(`callback of ${what}`, error ?? 'no error');
}

export interface Streamed {
  websocket: WebSocket;
  socket: ManualSocket;
  stream: Duplex;
}

/** A stream over an open client, on a socket of the scenario's. */
export async function openStream(
  world: World,
  options?: DuplexOptions,
  clientOptions: object = {},
): Promise<Streamed> {
  const { websocket, socket } = await openClientManually(world, {
    generateMask: zeroKey,
    ...clientOptions,
  });
  const stream = streamOver(world, websocket, options);
  websocket.on('close', (code) => world.note('websocket close', code));
  socket.on('finish', () => world.note('socket finish'));
  return { websocket, socket, stream };
}
