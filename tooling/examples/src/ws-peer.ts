/** One end of a connection by the npm package `ws`: what talks to an example is not ours. */
import { on, once } from 'node:events';
import type { RawData, WebSocket } from 'ws';

/** A text as a string, a binary message as its bytes. */
export type Message = string | Buffer;

export interface Closed {
  code: number;
  reason: string;
}

/** A WebSocket whose messages are asked for one by one. */
export class WsPeer {
  readonly closed: Promise<Closed>;
  readonly #messages: AsyncIterator<[RawData, boolean]>;

  constructor(readonly websocket: WebSocket) {
    this.#messages = on(websocket, 'message', { close: ['close'] }) as AsyncIterator<
      [RawData, boolean]
    >;
    this.closed = once(websocket, 'close').then(([code, reason]: unknown[]) => ({
      code: code as number,
      reason: String(reason),
    }));
    // Whoever waits for the end, or for what does not come, gets to know of an error.
    this.closed.catch(() => {});
  }

  send(message: Message): void {
    this.websocket.send(message);
  }

  /** Takes the next message. Rejects when the end comes first. */
  async nextMessage(): Promise<Message> {
    const { value, done } = await this.#messages.next();
    if (done) throw new Error(`Closed with ${(await this.closed).code}, and no message before`);
    const [data, isBinary] = value;
    return isBinary ? (data as Buffer) : (data as Buffer).toString();
  }

  /** Takes the next message, which must be a text. */
  async next(): Promise<string> {
    const message = await this.nextMessage();
    if (typeof message === 'string') return message;
    throw new Error(`A binary message came: ${message.toString('hex')}`);
  }
}
