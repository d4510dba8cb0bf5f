import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Bursts } from '../src/burst.mjs';

/** A connection that takes messages only when it is told to. */
class SlowSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  backlog = 0;
  bufferedAmount = 0;
  sent: string[] = [];
  closedWith: number | undefined;
  #callback: ((error?: Error) => void) | undefined;

  send(message: string, callback?: (error?: Error) => void): void {
    this.sent.push(message);
    this.bufferedAmount += message.length;
    this.#callback = callback ?? this.#callback;
  }

  /** The kernel takes everything, or fails; returns how many messages that was. */
  drain(error?: Error): number {
    const count = this.sent.splice(0).length;
    const callback = this.#callback;
    this.#callback = undefined;
    this.bufferedAmount = this.backlog;
    callback?.(error);
    return count;
  }

  close(code: number): void {
    this.closedWith = code;
  }
}

let socket: SlowSocket;

beforeEach(() => {
  socket = new SlowSocket();
});
afterEach(() => socket.emit('close')); // ends its deadline

function start(): void {
  new Bursts().start(socket as never, { bytesWritten: 0 } as never);
}

it('sends no window before the last one is taken', () => {
  start();
  let total = 0;
  while (socket.closedWith === undefined) {
    expect(socket.sent.length).toBeGreaterThan(0);
    expect(socket.sent.length).toBeLessThanOrEqual(501); // with the account at the end
    expect(socket.bufferedAmount).toBeLessThan(64 * 1024);
    total += socket.drain();
  }
  expect(total).toBe(10_000);
  expect(socket.drain()).toBe(1);
  expect(socket.closedWith).toBe(1000);
});

it('sends one message at a time while much is waiting', () => {
  socket.backlog = 64 * 1024;
  start();
  socket.drain();
  for (let i = 0; i < 5; i++) expect(socket.drain()).toBe(1);
});

it.each([
  ['a write fails', () => socket.drain(new Error('gone'))],
  [
    'the connection closes',
    () => {
      socket.readyState = 2;
      socket.drain();
    },
  ],
])('stops when %s', (_, happen) => {
  start();
  happen();
  expect(socket.sent).toEqual([]);
  expect(socket.closedWith).toBeUndefined();
});
