/** A WebSocket of ours as an end of a connection under test. */
import type { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { socketOf } from '@hybi/connection/node';
import type { WebSocket } from '@hybi/connection/node';
import { expect } from 'vitest';
import type { End } from './end.js';
import { describeMessage, expected } from './expected.js';
import { Inbox } from './inbox.js';
import type { Message, Step } from './protocol.js';

type Received =
  | { event: 'message'; kind: 'text' | 'binary'; data: Buffer }
  | { event: 'ping' | 'pong'; payload: string }
  | { event: 'close'; code: number; reason: string };

/** Watches the WebSocket from now on; it need not be open yet. */
export class OurEnd implements End {
  /** What `'error'` told. */
  readonly errors: Error[] = [];
  private readonly inbox = new Inbox<Received>('our side');

  constructor(readonly websocket: WebSocket) {
    websocket.on('message', (data, isBinary) =>
      this.inbox.put({
        event: 'message',
        kind: isBinary ? 'binary' : 'text',
        data: data as Buffer,
      }),
    );
    websocket.on('ping', (payload) => this.inbox.put({ event: 'ping', payload: String(payload) }));
    websocket.on('pong', (payload) => this.inbox.put({ event: 'pong', payload: String(payload) }));
    websocket.on('close', (code, reason) =>
      this.inbox.put({ event: 'close', code, reason: String(reason) }),
    );
    websocket.on('error', (error) => this.errors.push(error));
  }

  get subprotocol(): string {
    return this.websocket.protocol;
  }

  get extensions(): string {
    return this.websocket.extensions;
  }

  /** Bytes that went over the wire. */
  get wire(): { read: number; written: number } {
    const { bytesRead, bytesWritten } = socketOf(this.websocket) as Socket;
    return { read: bytesRead, written: bytesWritten };
  }

  send(...messages: Message[]): void {
    for (const message of messages) this.websocket.send(expected(message).payload);
  }

  sendFragments(message: Message, sizes: readonly number[]): void {
    this.play([{ message, sizes }]);
  }

  play(steps: readonly Step[]): void {
    for (const { message, sizes = [], plain = false } of steps) {
      const { bytes } = expected(message);
      const options = { binary: message.kind === 'binary', compress: !plain };
      let at = 0;
      for (const size of sizes) {
        this.websocket.send(bytes.subarray(at, at + size), { ...options, fin: false });
        at += size;
      }
      this.websocket.send(bytes.subarray(at), { ...options, fin: true });
    }
  }

  ping(payload: string): void {
    this.websocket.ping(payload);
  }

  pong(payload: string): void {
    this.websocket.pong(payload);
  }

  close(code?: number, reason?: string): void {
    this.websocket.close(code, reason);
  }

  terminate(): void {
    this.websocket.terminate();
  }

  async expectMessages(...messages: Message[]): Promise<void> {
    for (const message of messages) {
      const { bytes } = expected(message);
      const received = await this.take(describeMessage(message));
      if (received.event !== 'message') {
        expect.fail(`our side got ${inspect(received)}, not ${describeMessage(message)}`);
      }
      const { kind, data } = received;
      if (kind === message.kind && data.equals(bytes)) continue;
      expect.fail(
        `our side got a ${kind} message of ${data.length} bytes, ` +
          `not ${describeMessage(message)}; they differ from byte ${firstDifference(data, bytes)} on`,
      );
    }
  }

  async expectControl(event: 'ping' | 'pong', payload: string): Promise<void> {
    expect(await this.take(`the ${event} '${payload}'`)).toEqual({ event, payload });
  }

  async expectClose(code: number, reason = ''): Promise<void> {
    const received = await this.take(`the close ${code}`);
    expect(received, 'our side').toEqual({ event: 'close', code, reason });
    expect(this.errors, 'errors of our side').toEqual([]);
    expect(this.inbox.rest, 'after the close of our side').toEqual([]);
  }

  private async take(what: string): Promise<Received> {
    try {
      return await this.inbox.take(what);
    } catch (error) {
      (error as Error).message += `; its errors: ${this.errors.join(', ') || 'none'}`;
      throw error;
    }
  }
}

function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const at = one.findIndex((byte, index) => byte !== other[index]);
  return at < 0 ? one.length : at;
}
