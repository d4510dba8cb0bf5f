/** The writing side: a `WritableStream` into messages of a WebSocket. */
import { closeBecauseOf, closeWebSocket } from './close-info.js';
import { WebSocketStreamError } from './errors.js';
import { isBinary, queuedSize } from './message-size.js';
import { createSender } from './senders.js';
import type { Sender } from './senders.js';
import { ReadyState } from './websocket-face.js';
import type { OutgoingMessage, WebSocketFace } from './websocket-face.js';

/** The declarations of Node.js 20 lack the signal; it has it. */
type AbortableController = WritableStreamDefaultController & { readonly signal: AbortSignal };

export class MessageSink {
  readonly writable: WritableStream<OutgoingMessage>;
  private controller!: WritableStreamDefaultController;
  private isAborting = false;
  private readonly sender: Sender;

  /**
   * @param opened - writes wait for it
   * @param closed - settles with the WebSocket
   * @param highWaterMark - bytes that may wait before `desiredSize` is 0
   */
  constructor(
    private readonly websocket: WebSocketFace,
    opened: Promise<unknown>,
    private readonly closed: Promise<unknown>,
    highWaterMark: number,
  ) {
    this.sender = createSender(websocket);
    this.writable = new WritableStream<OutgoingMessage>(
      {
        start: (controller) => {
          this.start(controller as AbortableController);
          return opened.then(() => {});
        },
        write: (message) => this.write(message),
        close: () => this.close(),
      },
      { highWaterMark, size: queuedSize },
    );
  }

  /** Nothing can be written any more. A `close` under way goes by the promise it has. */
  socketClosed(failure: Error | undefined): void {
    const error = failure ?? new WebSocketStreamError('WS_ERR_STREAM_CLOSED');
    this.sender.stop(error);
    // Some WebSockets close while they are told to: then the reason to abort is the error.
    if (!this.isAborting) this.controller.error(error);
  }

  private start(controller: AbortableController): void {
    this.controller = controller;
    const { signal } = controller;
    // Not the sink's `abort`: that would wait for the message under way.
    const onAbort = (): void => {
      this.isAborting = true;
      closeBecauseOf(this.websocket, signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  }

  private async write(message: unknown): Promise<void> {
    try {
      checkMessage(message);
      if (this.websocket.readyState !== ReadyState.Open) {
        throw new WebSocketStreamError('WS_ERR_STREAM_CLOSED');
      }
      await this.sender.send(message);
    } catch (error) {
      // The stream is of no use any more, so nobody could close it.
      closeBecauseOf(this.websocket, error);
      throw error;
    }
  }

  private close(): Promise<void> {
    closeWebSocket(this.websocket);
    return this.closed.then(() => {});
  }
}

function checkMessage(message: unknown): asserts message is OutgoingMessage {
  if (typeof message === 'string' || isBinary(message)) return;
  throw new TypeError('A message must be a string, an ArrayBuffer or a view of one');
}
