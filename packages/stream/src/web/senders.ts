/**
 * Two ways to send a message and learn when there is room for the next: by
 * the callback of `send`, or by a look at `bufferedAmount` now and then.
 */
import { WebSocketStreamError } from './errors.js';
import type { OutgoingMessage, SendDone, WebSocketFace } from './websocket-face.js';

/** Sends one message at a time. */
export interface Sender {
  /** Settles once there is room for the next message; undefined: there is. */
  send(message: OutgoingMessage): Promise<void> | undefined;
  /** Gives up what is under way. */
  stop(error: Error): void;
}

/** The WebSocket API's `send` has one parameter; a second one is the callback, or options. */
export function createSender(websocket: WebSocketFace): Sender {
  return websocket.send.length > 1 ? new CallbackSender(websocket) : new PollingSender(websocket);
}

type Fail = (error: Error) => void;
type Send = (message: OutgoingMessage, done?: SendDone) => void;

const ignore: Fail = () => {};

class CallbackSender implements Sender {
  private fail = ignore;

  constructor(private readonly websocket: WebSocketFace) {}

  send(message: OutgoingMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      this.fail = reject;
      (this.websocket.send as Send)(message, (cause) => {
        if (cause) reject(new WebSocketStreamError('WS_ERR_STREAM_SEND_FAILED', { cause }));
        else resolve();
      });
    });
  }

  stop(error: Error): void {
    this.fail(error);
  }
}

/** Bytes that a socket without callbacks may buffer before the next message waits. */
const maxBufferedBytes = 1024 * 1024;
const firstDelayMs = 1;
const longestDelayMs = 64;

class PollingSender implements Sender {
  private fail = ignore;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly websocket: WebSocketFace) {}

  send(message: OutgoingMessage): Promise<void> | undefined {
    (this.websocket.send as Send)(message);
    if (this.hasRoom) return undefined;
    return new Promise((resolve, reject) => {
      this.fail = reject;
      this.poll(resolve, firstDelayMs);
    });
  }

  stop(error: Error): void {
    clearTimeout(this.timer);
    this.fail(error);
  }

  private get hasRoom(): boolean {
    return this.websocket.bufferedAmount <= maxBufferedBytes;
  }

  /** Looks again later and later: no event tells that the buffer has drained. */
  private poll(resolve: () => void, delayMs: number): void {
    this.timer = setTimeout(() => {
      if (this.hasRoom) resolve();
      else this.poll(resolve, Math.min(delayMs * 2, longestDelayMs));
    }, delayMs);
  }
}
