/** One end of a connection: ours and theirs can be asked to do the same things. */
import type { Message, Step } from './protocol.js';

export interface End {
  readonly subprotocol: string;
  /** null where the API does not tell. */
  readonly extensions: string | null;
  send(...messages: Message[]): void;
  /** Sends fragments of these sizes, and a last one of what is left. */
  sendFragments(message: Message, sizes: readonly number[]): void;
  /** Sends all of them, one behind the other. */
  play(steps: readonly Step[]): void;
  ping(payload: string): void;
  pong(payload: string): void;
  close(code?: number, reason?: string): void;
  /** Cuts the connection off. */
  terminate(): void;
  /** The next things that come are these messages, byte for byte. */
  expectMessages(...messages: Message[]): Promise<void>;
  /** The next thing that comes is this control frame. */
  expectControl(event: 'ping' | 'pong', payload: string): Promise<void>;
  /** The next thing that comes is the close, and nothing comes after it. */
  expectClose(code: number, reason?: string): Promise<void>;
}
