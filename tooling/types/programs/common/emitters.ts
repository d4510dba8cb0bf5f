/** WebSockets and servers where an EventEmitter is asked for. */
import { EventEmitter, on, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import WebSocket, { WebSocketServer } from 'ws';
import type { RawData } from 'ws';

const ws = new WebSocket('ws://localhost');
const server = new WebSocketServer({ noServer: true });

const emitter: EventEmitter = ws;
const emitters: EventEmitter[] = [ws, server];
const plain: NodeJS.EventEmitter = server;
console.log(emitter, emitters, plain, ws instanceof EventEmitter, WebSocket.defaultMaxListeners);

export async function opened(): Promise<void> {
  await once(ws, 'open');
  await once(server, 'listening', { signal: AbortSignal.timeout(10) });
  const [data, isBinary] = (await once(ws, 'message')) as [RawData, boolean];
  console.log(data, isBinary);
  for await (const [message] of on(ws, 'message')) console.log(message);
}

export async function connection(): Promise<[WebSocket, IncomingMessage]> {
  return (await once(server, 'connection')) as [WebSocket, IncomingMessage];
}

/** As programs write it by hand. */
export function waitFor(target: WebSocket, event: 'open' | 'close'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    target.once(event, resolve);
    target.once('error', reject);
  });
}

interface Source {
  on(event: string, listener: (...values: any[]) => void): unknown;
  off(event: string, listener: (...values: any[]) => void): unknown;
}
export const source: Source = ws;

function forward(from: EventEmitter, to: EventEmitter, events: string[]): void {
  for (const event of events) from.on(event, (...values) => to.emit(event, ...values));
}
forward(ws, server, ['ping', 'pong']);
for (const event of ['ping', 'pong'] as const) ws.on(event, (data) => console.log(data));
for (const event of ['open', 'close'] as const) ws.on(event, () => console.log(event));
