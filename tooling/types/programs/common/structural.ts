/** WebSockets where a library asks for something that looks like one, and the other way round. */
import { EventEmitter } from 'node:events';
import WebSocket, { WebSocketServer } from 'ws';
import type { RawData } from 'ws';

/** As libraries declare it that run in browsers too. */
interface SocketLike {
  readonly readyState: number;
  binaryType: string;
  onopen: ((event: any) => any) | null;
  onmessage: ((event: any) => any) | null;
  onerror: ((event: any) => any) | null;
  onclose: ((event: any) => any) | null;
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { data: any }) => void): void;
}
interface SocketClass {
  new (url: string, protocols?: string | string[]): SocketLike;
  readonly CONNECTING: number;
  readonly OPEN: number;
}

/** As servers of subprotocols declare it. */
interface Peer {
  protocol: string;
  send(data: string, done: (error?: Error) => void): void;
  close(code: number, reason: string): void;
  onMessage?(listener: (data: string) => Promise<void>): void;
}
interface EmitterLike {
  on(event: 'message', listener: (data: RawData, isBinary: boolean) => void): unknown;
  on(event: 'close', listener: (code: number, reason: Buffer) => void): unknown;
  once(event: 'open', listener: () => void): unknown;
  terminate?(): void;
  ping?(data?: Buffer, mask?: boolean, done?: (error: Error) => void): void;
}
interface ServerLike {
  on(event: 'connection', listener: (ws: WebSocket, request: { url?: string }) => void): unknown;
  clients: Set<WebSocket>;
  close(done?: (error?: Error) => void): void;
  address(): string | { port: number } | null;
}

const ws = new WebSocket('ws://localhost');
const server = new WebSocketServer({ noServer: true });
declare function use(...values: [SocketLike, Peer, EmitterLike, ServerLike, SocketClass]): void;
use(ws as SocketLike, ws, ws, server, WebSocket);

// Members that cannot be written fit where they are only read.
declare function read(socket: Readonly<SocketLike>): void;
read(ws);

/** What a test puts in the place of a WebSocket. */
export const fake = {
  readyState: 1,
  send: (data: unknown) => console.log(data),
  close: () => undefined,
} as unknown as WebSocket;
export const partial: Partial<WebSocket> = { send: () => undefined, readyState: 1 };
export const emitting = Object.assign(new EventEmitter(), { send() {}, close() {} });
export const asserted = emitting as unknown as jest.Mocked<WebSocket>;
declare namespace jest {
  type Mocked<T> = { [K in keyof T]: T[K] & { mock: { calls: unknown[] } } } & T;
}
asserted.send('text');
console.log(asserted.send.mock.calls);

/** A class with the same members is as good. */
export class Standin extends EventEmitter implements WebSocket {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  binaryType: 'nodebuffer' | 'arraybuffer' | 'fragments' = 'nodebuffer';
  readonly bufferedAmount = 0;
  readonly extensions = '';
  readonly isPaused = false;
  readonly protocol = '';
  readonly readyState: 0 | 1 | 2 | 3 = 1;
  readonly url = '';
  onopen: WebSocket['onopen'] = null;
  onerror: WebSocket['onerror'] = null;
  onclose: WebSocket['onclose'] = null;
  onmessage: WebSocket['onmessage'] = null;
  close(): void {}
  ping(): void {}
  pong(): void {}
  send(): void {}
  terminate(): void {}
  pause(): void {}
  resume(): void {}
  addEventListener(): void {}
  removeEventListener(): void {}
}
server.clients.add(new Standin());
