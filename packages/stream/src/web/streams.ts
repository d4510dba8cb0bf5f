/**
 * A WebSocket as a pair of WHATWG streams, in the manner of the WebSocketStream
 * proposal. It listens to the WebSocket and tells both sides what happened; how
 * messages queue is theirs.
 */
import { closeWebSocket } from './close-info.js';
import type { CloseInfo } from './close-info.js';
import { WebSocketStreamError } from './errors.js';
import { MessageSink } from './message-sink.js';
import { MessageSource } from './message-source.js';
import { ReadyState } from './websocket-face.js';
import type {
  IncomingMessage,
  OutgoingMessage,
  WebSocketEventType,
  WebSocketFace,
  WebSocketListener,
} from './websocket-face.js';

/** What the opening handshake agreed on. */
export interface Opening {
  /** The subprotocol, or empty. */
  protocol: string;
  /** The extensions, as the WebSocket tells them. */
  extensions: string;
}

/** Both sides of a WebSocket, and its beginning and end. */
export interface WebSocketStreams {
  /** Fulfilled when the WebSocket is open, rejected when it will not be. */
  readonly opened: Promise<Opening>;
  /** Fulfilled with the peer's close frame (1005: without a code), rejected if there was none. */
  readonly closed: Promise<{ code: number; reason: string }>;
  /** The messages. Its memory is the reader's. Cancelling it closes the WebSocket. */
  readonly readable: ReadableStream<IncomingMessage>;
  /**
   * Each chunk is sent as one message; its memory is borrowed until the write
   * is done. Closing or aborting it closes the WebSocket.
   */
  readonly writable: WritableStream<OutgoingMessage>;
  /**
   * Starts the closing handshake. What the peer sends until it closes, too, is
   * read where the WebSocket delivers it; those of browsers do not.
   *
   * @throws what the WebSocket throws on a code or a reason that it does not allow
   */
  close(info?: CloseInfo): void;
}

/** How much may wait in memory. */
export interface WebSocketStreamsOptions {
  /** Bytes that wait to be read before the WebSocket is paused; default: 65,536. */
  readableHighWaterMark?: number | undefined;
  /** Bytes that wait to be sent before the stream asks its writers to wait; default: 65,536. */
  writableHighWaterMark?: number | undefined;
  /**
   * Bytes that may wait to be read where the WebSocket can not be paused;
   * default: 16,777,216. A message that arrives behind as many fails the
   * readable stream and closes the WebSocket. `Infinity`: no limit.
   */
  maxUnreadBytes?: number | undefined;
}

const defaultHighWaterMark = 64 * 1024;
const defaultMaxUnreadBytes = 16 * 1024 * 1024;
const abnormalClosure = 1006;

/**
 * Turns a WebSocket into a `ReadableStream` and a `WritableStream`.
 *
 * Call it before the first message can arrive, so in the same tick as the
 * WebSocket is made. It sets `binaryType` to `'arraybuffer'`.
 *
 * @param websocket - any object with the methods and events of the WebSocket API
 * @throws {RangeError} when a number of the options is negative or not a number
 */
export function createWebSocketStreams(
  websocket: WebSocketFace,
  options: WebSocketStreamsOptions = {},
): WebSocketStreams {
  const { maxUnreadBytes = defaultMaxUnreadBytes } = options;
  if (!(maxUnreadBytes >= 0)) {
    throw new RangeError(`maxUnreadBytes must be 0 or more, not ${maxUnreadBytes}`);
  }
  const opening = deferred<Opening>();
  const closing = deferred<{ code: number; reason: string }>();
  const source = new MessageSource(
    websocket,
    options.readableHighWaterMark ?? defaultHighWaterMark,
    maxUnreadBytes,
  );
  const sink = new MessageSink(
    websocket,
    opening.promise,
    closing.promise,
    options.writableHighWaterMark ?? defaultHighWaterMark,
  );
  websocket.binaryType = 'arraybuffer';
  watch(websocket, {
    opened: () => opening.resolve(openingOf(websocket)),
    message: (data) => source.deliver(data),
    closed: (end, error) => {
      if (error) {
        opening.reject(error);
        closing.reject(error);
      } else closing.resolve(end);
      source.socketClosed(error);
      sink.socketClosed(error);
    },
  });
  return {
    opened: opening.promise,
    closed: closing.promise,
    readable: source.readable,
    writable: sink.writable,
    close: (info) => closeWebSocket(websocket, info),
  };
}

interface Watcher {
  opened(): void;
  message(data: unknown): void;
  closed(end: { code: number; reason: string }, error: Error | undefined): void;
}

/** Listens until the WebSocket is closed, and leaves no listener behind. */
function watch(websocket: WebSocketFace, watcher: Watcher): void {
  let isOpen = false;
  let details: { cause?: unknown } = {};

  const onOpen = (): void => {
    isOpen = true;
    watcher.opened();
  };
  const onMessage = (event: { data: unknown }): void => watcher.message(event.data);
  const onError = (event: { error?: unknown; message?: unknown }): void => {
    const cause = event.error ?? event.message;
    // A browser does not tell.
    if (cause !== undefined) details = { cause };
    // Without an open connection this is the end, and not every platform has a 'close' for it.
    if (!isOpen) onClose({ code: abnormalClosure, reason: '' });
  };
  const onClose = (end: { code: number; reason: string }): void => {
    for (const [type, listener] of listeners) websocket.removeEventListener(type, listener);
    const { code, reason } = end;
    const failure = isOpen ? 'WS_ERR_STREAM_ABNORMAL_CLOSURE' : 'WS_ERR_STREAM_NOT_OPENED';
    const isClean = isOpen && code !== abnormalClosure;
    watcher.closed(
      { code, reason },
      isClean
        ? undefined
        : new WebSocketStreamError(failure, { closeCode: code, reason, ...details }),
    );
  };
  const listeners: [WebSocketEventType, WebSocketListener][] = [
    ['open', onOpen],
    ['message', onMessage],
    ['error', onError],
    ['close', onClose],
  ];

  for (const [type, listener] of listeners) websocket.addEventListener(type, listener);
  if (websocket.readyState === ReadyState.Open) onOpen();
  if (websocket.readyState === ReadyState.Closed) onClose({ code: abnormalClosure, reason: '' });
}

function openingOf({ protocol = '', extensions = '' }: WebSocketFace): Opening {
  return { protocol, extensions };
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

/** A promise that may fail unobserved: the streams tell the same. */
function deferred<T>(): Deferred<T> {
  let settle!: Pick<Deferred<T>, 'resolve' | 'reject'>;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => {});
  return { promise, ...settle };
}
