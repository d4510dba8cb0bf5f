/**
 * The reading side: messages of a WebSocket into a `ReadableStream`.
 *
 * A socket that can be paused is, while the queue is full. One that can not,
 * such as a browser's, delivers on: there the queue has a limit, and the
 * stream fails at it rather than to fill the memory.
 */
import { closeBecauseOf } from './close-info.js';
import { WebSocketStreamError } from './errors.js';
import { isBinary, queuedSize } from './message-size.js';
import type { IncomingMessage, WebSocketFace } from './websocket-face.js';

export class MessageSource {
  readonly readable: ReadableStream<IncomingMessage>;
  private controller!: ReadableStreamDefaultController<IncomingMessage>;
  private isPaused = false;
  private isOver = false;
  private readonly isPausable: boolean;

  /**
   * @param highWaterMark - bytes that may wait before the socket is paused
   * @param maxUnreadBytes - bytes that may wait where it can not be paused
   */
  constructor(
    private readonly websocket: WebSocketFace,
    private readonly highWaterMark: number,
    private readonly maxUnreadBytes: number,
  ) {
    this.isPausable =
      typeof websocket.pause === 'function' && typeof websocket.resume === 'function';
    this.readable = new ReadableStream<IncomingMessage>(
      {
        start: (controller) => {
          this.controller = controller;
        },
        pull: () => this.resume(),
        cancel: (reason) => this.cancel(reason),
      },
      { highWaterMark, size: queuedSize },
    );
  }

  /** Takes the data of a `'message'` event. */
  deliver(data: unknown): void {
    if (this.isOver) return;
    if (!this.isPausable && this.unreadBytes >= this.maxUnreadBytes) {
      this.fail(new WebSocketStreamError('WS_ERR_STREAM_TOO_MUCH_UNREAD'));
      return;
    }
    const message = toMessage(data);
    if (message === undefined) {
      this.fail(new TypeError("Binary messages must come as 'arraybuffer'"));
      return;
    }
    this.controller.enqueue(message);
    if (this.isPausable && this.unreadBytes >= this.highWaterMark) this.pause();
  }

  /** Ends the stream behind what is queued, or at once if the WebSocket failed. */
  socketClosed(error: Error | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    if (error) this.controller.error(error);
    else this.controller.close();
  }

  private get unreadBytes(): number {
    return this.highWaterMark - (this.controller.desiredSize ?? 0);
  }

  private fail(error: Error): void {
    this.socketClosed(error);
    closeBecauseOf(this.websocket, error);
  }

  private cancel(reason: unknown): void {
    this.isOver = true;
    // A paused socket would not see the peer's close frame.
    this.resume();
    closeBecauseOf(this.websocket, reason);
  }

  private pause(): void {
    this.isPaused = true;
    this.websocket.pause?.();
  }

  private resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.websocket.resume?.();
  }
}

function toMessage(data: unknown): IncomingMessage | undefined {
  if (typeof data === 'string') return data;
  if (!isBinary(data)) return undefined;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
