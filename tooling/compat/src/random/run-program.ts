/** Runs a random program against one implementation and returns what was seen. */
import type { IncomingMessage } from 'node:http';
import { acceptOf } from '../accept.js';
import type { Implementation } from '../implementations.js';
import { comparable } from '../record.js';
import { MemorySocket } from './memory-socket.js';
import type { Program, Step } from './program.js';
import { describeWire } from './wire.js';
import { zlibIsBusy } from './zlib-work.js';

type WebSocketLike = InstanceType<Implementation['WebSocket']>;

/** What was seen, in four lists: their order among each other is not fixed. */
export interface Seen {
  /** Events, and states after each step. */
  events: unknown[];
  /** What calls threw. */
  thrown: unknown[];
  /** Callbacks in order. */
  callbacks: unknown[];
  /** What was written. */
  wire: unknown[];
}

const noTakeover = '; server_no_context_takeover; client_no_context_takeover';

/** @param deflateOptions - how messages are compressed, where they are */
export async function runProgram(
  program: Program,
  lib: Implementation,
  deflateOptions: object = {},
): Promise<Seen> {
  const socket = new MemorySocket();
  const seen: Seen = { events: [], thrown: [], callbacks: [], wire: [] };
  const quiet = (): Promise<void> =>
    settle(() => socket.written.length + seen.events.length + seen.callbacks.length);
  const websocket = await open(program, lib, socket, deflateOptions);
  watch(websocket, seen);
  for (const [index, group] of program.steps.entries()) {
    for (const [place, step] of group.entries()) {
      try {
        perform(step, websocket, socket, (...values) =>
          seen.callbacks.push([index, place, ...values.map((value) => comparable(value, 0))]),
        );
      } catch (error) {
        seen.thrown.push([index, place, comparable(error, 0)]);
      }
    }
    await quiet();
    const steps = group.map((step) => step.do).join(', ');
    seen.events.push([index, steps, websocket.readyState, websocket.isPaused, socket.sideEnded]);
  }
  seen.events.push(['buffered', websocket.bufferedAmount, websocket.extensions]);
  seen.wire = describeWire(socket.written);
  websocket.terminate();
  await quiet();
  seen.events.push(['end', websocket.readyState, socket.destroyed]);
  return seen;
}

function watch(websocket: WebSocketLike, seen: Seen): void {
  for (const name of ['open', 'message', 'ping', 'pong', 'error', 'close']) {
    websocket.on(name, (...values: unknown[]) => {
      const state = websocket.readyState;
      seen.events.push([name, state, ...values.map((value) => comparable(value, 0))]);
    });
  }
}

function perform(
  step: Step,
  websocket: WebSocketLike,
  socket: MemorySocket,
  callback: (...values: unknown[]) => void,
): void {
  switch (step.do) {
    case 'receive':
      deliver(socket, step.bytes, step.chunks);
      return;
    case 'send':
      if (step.options === undefined) websocket.send(step.data as string, callback);
      else websocket.send(step.data as string, step.options, callback);
      return;
    case 'ping':
    case 'pong':
      websocket[step.do](step.data, undefined, callback);
      return;
    case 'close':
      websocket.close(step.code, step.reason);
      return;
    case 'binaryType':
      websocket.binaryType = step.value as 'nodebuffer';
      return;
    case 'peer ends':
      socket.push(null);
      return;
    default:
      websocket[step.do]();
  }
}

function deliver(socket: MemorySocket, bytes: Buffer, lengths: readonly number[]): void {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] as number;
    socket.deliver(bytes.subarray(at, at + length));
    at += length;
  }
}

/** Opens a WebSocket of the implementation on the socket, by a real opening handshake. */
async function open(
  { role, compressed, options }: Program,
  lib: Implementation,
  socket: MemorySocket,
  deflateOptions: object,
): Promise<WebSocketLike> {
  const extension = `permessage-deflate${compressed === 'with takeover' ? '' : noTakeover}`;
  const settings = {
    ...options,
    perMessageDeflate: compressed ? { threshold: 0, ...deflateOptions } : false,
  };
  if (role === 'server') {
    const server = new lib.WebSocketServer({ noServer: true, ...settings });
    const headers = {
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
      'sec-websocket-extensions': extension,
    };
    const request = { method: 'GET', url: '/', headers, socket } as unknown as IncomingMessage;
    const websocket = await new Promise<WebSocketLike>((resolve) => {
      server.handleUpgrade(request, socket, Buffer.alloc(0), resolve);
    });
    socket.takeHead();
    return websocket;
  }
  const websocket = new lib.WebSocket('ws://example.test/', {
    ...settings,
    generateMask: (key: Buffer) => void key.fill(0),
    createConnection: (() => socket) as never,
  } as object);
  await settle(() => socket.written.length);
  const key = /sec-websocket-key: (\S+)/i.exec(socket.takeHead())?.[1] ?? '';
  const opened = new Promise((resolve) => websocket.once('open', resolve));
  socket.push(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${acceptOf(key)}`,
      ...(compressed ? [`Sec-WebSocket-Extensions: ${extension}`] : []),
      '',
      '',
    ].join('\r\n'),
  );
  await opened;
  return websocket;
}

/** Milliseconds. */
const longestWait = 5000;

const immediately = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits until zlib has nothing to do and nothing has changed for several turns of the event loop. */
async function settle(size: () => number): Promise<void> {
  const end = performance.now() + longestWait;
  for (let still = 0, last = size(); still < 12; still++) {
    await immediately();
    if (performance.now() > end)
      throw new Error(`zlib is ${zlibIsBusy() ? '' : 'not '}busy for ever`);
    if (zlibIsBusy() || size() !== last) {
      still = 0;
      last = size();
    }
  }
}
