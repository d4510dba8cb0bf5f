/**
 * What the streams need of a WebSocket: the WebSocket API, and where the
 * socket has them `pause`, `resume` and a `send` with a callback.
 */

/** Types of events that the streams listen to. */
export type WebSocketEventType = 'open' | 'message' | 'error' | 'close';

/** A message as it is read: text as a string, binary in an array of its own. */
export type IncomingMessage = string | Uint8Array;

/** A message to write: text as a string, anything else is binary. */
export type OutgoingMessage = string | ArrayBuffer | ArrayBufferView;

/** Called once the message was written out, or with the error that prevented it. */
export type SendDone = (error?: Error | null) => void;

/** Takes an event's object. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each platform has event classes of its own
export type WebSocketListener = (event: any) => void;

/**
 * A WebSocket as browsers, Node.js, Deno, `hybi` and `ws` make it.
 *
 * @see https://websockets.spec.whatwg.org/#the-websocket-interface
 */
export interface WebSocketFace {
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  /** Bytes that were sent and have not left yet. */
  readonly bufferedAmount: number;
  readonly protocol?: string;
  readonly extensions?: string;
  /** The streams set it to `'arraybuffer'`. */
  binaryType: string;
  /** A socket whose `send` declares a second parameter must call it when the message is out. */
  send(data: never, done?: SendDone): void;
  close(code?: number, reason?: string): void;
  /** Stops reading; absent where the platform can not, as in browsers. */
  pause?(): void;
  resume?(): void;
  addEventListener(type: WebSocketEventType, listener: WebSocketListener): void;
  removeEventListener(type: WebSocketEventType, listener: WebSocketListener): void;
}

/** The values of `readyState`. */
export const ReadyState = { Connecting: 0, Open: 1, Closing: 2, Closed: 3 } as const;
