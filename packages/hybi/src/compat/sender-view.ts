/** `_sender` of a WebSocket, as programs that write frames of their own use it. */
import type { Connection, WriteDone } from '@hybi/connection';
import { sendChunks } from './sender.js';

/** Sends on the connection of a WebSocket, in turn with the WebSocket itself. */
export class SenderView {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Bytes that wait here and not in the socket. */
  get _bufferedBytes(): number {
    return this.#connection.bufferedBytes;
  }

  /** Writes the chunks of a frame, as `Sender.frame` makes them. */
  sendFrame(list: readonly (Buffer | string)[], callback?: WriteDone): void {
    this.#connection.cork();
    try {
      sendChunks(this.#connection, list, callback);
    } finally {
      this.#connection.uncork();
    }
  }
}
