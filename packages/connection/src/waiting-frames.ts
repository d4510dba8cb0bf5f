/**
 * The frames of one connection whose turn has not come, in order. It knows who
 * waits, not what for.
 */
import type { WriteDone } from './byte-sink.js';
import type { Payload } from './payload.js';
import type { PreparedMessage } from './prepared-message.js';

/** A frame, or bytes that are frames already. */
export interface WaitingFrame {
  /** An opcode, or a value of the writer's that is none. */
  opcode: number;
  fin: boolean;
  encode: boolean;
  payload: Payload;
  /** Whose payload it is, where it was prepared. */
  message: PreparedMessage | undefined;
  masked: boolean;
  /** Of the payload as it was given. */
  bytes: number;
  done: WriteDone | undefined;
}

export class WaitingFrames {
  private queue: WaitingFrame[] = noFrames;
  /** Where the queue begins: taking from the front of a long array is slow. */
  private head = 0;
  private postponed: WaitingFrame[] = noFrames;

  /** Whether there are frames that wait for the end of a message. */
  get hasPostponed(): boolean {
    return this.postponed.length > 0;
  }

  add(frame: WaitingFrame): void {
    if (this.queue === noFrames) this.queue = [frame];
    else this.queue.push(frame);
  }

  /** Keeps a frame out of the queue until the message that is under way has ended. */
  postpone(frame: WaitingFrame): void {
    if (this.postponed === noFrames) this.postponed = [frame];
    else this.postponed.push(frame);
  }

  /**
   * The message has ended, or all of it is queued: what was postponed goes behind it.
   *
   * @returns whether there was anything
   */
  addPostponed(): boolean {
    const { postponed } = this;
    this.postponed = noFrames;
    for (const frame of postponed) this.add(frame);
    return postponed.length > 0;
  }

  /** Takes the frame whose turn it is; undefined if there is none. */
  take(): WaitingFrame | undefined {
    const frame = this.queue[this.head];
    this.head++;
    if (this.head >= this.queue.length) this.clear();
    return frame;
  }

  /** Takes all frames, and gives their callbacks in order. */
  drop(): WriteDone[] {
    const frames = [...this.queue.slice(this.head), ...this.postponed];
    this.clear();
    this.postponed = noFrames;
    return frames.flatMap(({ done }) => done ?? []);
  }

  private clear(): void {
    this.queue = noFrames;
    this.head = 0;
  }
}

/** Shared by all connections on which nothing waits; never pushed to. */
const noFrames: WaitingFrame[] = [];
