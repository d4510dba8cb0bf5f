/** A WebSocket under test on one end of a connection, bytes on the other, and a record of what happens. */
import type { Duplex } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import type { WebSocket } from '../../../src/node/index.js';
import { implementations, ours, roles } from './implementations.js';
import type { Implementation, Role, Settings } from './implementations.js';
import { RawPeer } from './raw-peer.js';
import { tcpPair } from './sockets.js';

export interface Bench {
  readonly websocket: WebSocket;
  readonly role: Role;
  readonly socket: Duplex;
  readonly peer: RawPeer;
  /** What happened, one line each. */
  readonly log: string[];
  /** Notes something; a callback's arguments, for example. */
  note(what: string, ...values: unknown[]): void;
  /** A function that notes what it is called with. */
  noting(what: string): (...values: unknown[]) => void;
  /** Resolves in the first turn after `'close'`. */
  readonly closed: Promise<void>;
}

export interface BenchSettings extends Settings {
  implementation?: Implementation;
  /** Default: TCP. */
  pair?: () => Promise<[Duplex, Duplex]> | [Duplex, Duplex];
  head?: Buffer;
  /** Sees the WebSocket before it opens. */
  prepare?: (websocket: WebSocket) => void;
}

/** Opens a WebSocket on a new connection and records all its events. */
export async function openBench(role: Role, settings: BenchSettings = {}): Promise<Bench> {
  const { implementation = ours, pair = tcpPair, head, prepare, ...options } = settings;
  const [socket, other] = await pair();
  const websocket = implementation.create(options);
  const log: string[] = [];
  const note = (what: string, ...values: unknown[]): void => {
    log.push([what, ...values.map(show), `@${websocket.readyState}`].join(' '));
  };
  record(websocket, note);
  const closed = new Promise<void>((resolve) => {
    websocket.on('close', () => setImmediate(resolve));
  });
  prepare?.(websocket);
  // What is left over must not reach the next test.
  onTestFinished(() => websocket.terminate());
  implementation.open(websocket, socket, role, options, head);
  return {
    websocket,
    role,
    socket,
    peer: new RawPeer(other, role === 'server'),
    log,
    note,
    noting:
      (what) =>
      (...values) =>
        note(what, ...values),
    closed,
  };
}

function record(websocket: WebSocket, note: Bench['note']): void {
  for (const event of ['open', 'message', 'ping', 'pong', 'error', 'close']) {
    websocket.on(event, (...values: unknown[]) => note(event, ...values));
  }
}

/** A value as a reader wants to see it. */
export function show(value: unknown): string {
  if (Buffer.isBuffer(value)) return `<${value.toString('latin1')}>`;
  if (value instanceof ArrayBuffer) return `ArrayBuffer${show(Buffer.from(value))}`;
  if (value instanceof Blob) return `Blob(${value.size})`;
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`;
  if (value instanceof Error) {
    const { code } = value as Error & { code?: string };
    return `${code === undefined ? '' : `${code}: `}${value.message}`;
  }
  return String(value);
}

/** The next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Plays a scenario with both implementations, as a client and as a server, and
 * compares the records with each other and with what is expected.
 */
export function sameAsWs(
  title: string,
  settings: BenchSettings,
  scenario: (bench: Bench) => Promise<void> | void,
  expected: readonly string[],
): void {
  it.each(roles)(`${title} (%s, as ws)`, async (role) => {
    for (const implementation of implementations) {
      const bench = await openBench(role, { ...settings, implementation });
      await scenario(bench);
      expect(bench.log, implementation.name).toEqual(expected);
    }
  });
}
