/**
 * One direction of the codec: one fragment at a time, at once or as a job of the thread pool.
 *
 * | state   | event              | next    | what happens                                     |
 * | ------- | ------------------ | ------- | ------------------------------------------------ |
 * | idle    | submit, small      | idle    | the subclass runs zlib, the bytes are returned   |
 * | idle    | submit, large      | waiting | the job queues up at the limiter                 |
 * | waiting | start (limiter)    | running | the subclass writes to its zlib stream           |
 * | running | settle (subclass)  | idle    | the slot is free again, `done` is called         |
 * | any     | close              | closed  | zlib's memory is freed, `done` fails             |
 *
 * Between messages a context is hot (it has a stream), or cold (its window can be built from the
 * history); without context takeover there is neither. Knows when zlib runs and where its output
 * goes, not what is done to the bytes.
 */
import { createDeflateError } from '@hybi/permessage-deflate';
import { History } from './history.js';
import type { HotContext, HotContexts } from './hot-contexts.js';
import type { JobLimiter, LimitedJob } from './limiter.js';
import type { ZlibSettings } from './zlib-settings.js';
import type { StreamUser, ZlibStream } from './zlib-stream.js';

/** Called exactly once with the outcome of a job; the receiver owns `payload`. */
export type DeflateDone = (error: Error | null, payload?: Uint8Array) => void;

/** What both directions of a connection share. */
export interface DirectionOptions {
  readonly limiter: JobLimiter;
  readonly contexts: HotContexts;
  /** Milliseconds after which a context without traffic gives its stream up; 0: never. */
  readonly idleTimeout: number;
  /** Up to here a fragment is done on the calling thread; negative: none is. */
  readonly maxSyncBytes: number;
}

type State = 'idle' | 'waiting' | 'running' | 'closed';

/** The close code when zlib fails for a reason that is not the peer's. */
export const internalError = 1011;

export const noBytes: Uint8Array = new Uint8Array(0);

/** Shared by all directions that hold no output; never pushed to. */
const noChunks: Buffer[] = [];

export abstract class ZlibDirection implements LimitedJob, StreamUser, HotContext {
  usedAt = 0;
  /** The close code when zlib fails on the bytes that it was given. */
  protected abstract readonly failureCloseCode: number;
  /** Taken on first use: many connections never send a message in one of the directions. */
  protected stream: ZlibStream | null = null;
  /** The bytes of the fragment, borrowed from the caller. */
  protected payload: Uint8Array = noBytes;
  /** Whether the fragment ends its message. */
  protected fin = false;
  /** What the window holds; null without context takeover. */
  protected history: History | null = null;
  private state: State = 'idle';
  private done: DeflateDone | null = null;
  private chunks: Buffer[] = noChunks;
  private chunkBytes = 0;

  constructor(
    protected readonly settings: ZlibSettings,
    private readonly contextTakeover: boolean,
    protected readonly options: DirectionOptions,
  ) {}

  get idleTimeout(): number {
    return this.options.idleTimeout;
  }

  /** Whether a fragment may be submitted. */
  protected get isIdle(): boolean {
    return this.state === 'idle';
  }

  /** Output of the fragment that was collected so far. */
  protected get collectedBytes(): number {
    return this.chunkBytes;
  }

  /**
   * Takes a fragment on.
   *
   * @param done - never called before this returns, and not at all if the bytes are returned
   */
  submit(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    if (this.state === 'closed') {
      queueMicrotask(() => done(createClosedError()));
      return undefined;
    }
    if (this.state !== 'idle') {
      throw new Error('A message is being processed: wait until its callback has been called');
    }
    this.payload = payload;
    this.fin = fin;
    if (payload.length <= this.options.maxSyncBytes) {
      const output = this.tryNow();
      if (output !== undefined) return output;
    }
    this.done = done;
    this.state = 'waiting';
    this.options.limiter.acquire(this);
    return undefined;
  }

  start(): void {
    this.state = 'running';
    try {
      this.begin();
    } catch (error) {
      // Whoever made room for this job must not be hit, and the submitter has not returned yet.
      queueMicrotask(() => this.fail(error as Error));
    }
  }

  close(): void {
    const { state, done } = this;
    if (state === 'waiting') this.options.limiter.cancel(this);
    this.options.contexts.delete(this);
    this.state = 'closed';
    this.forgetJob();
    this.history = null;
    if (state === 'running') this.discardStream();
    else this.releaseStream();
    if (state === 'running') this.options.limiter.release();
    done?.(createClosedError());
  }

  cool(_idle: boolean): void {
    this.releaseStream();
  }

  onOutput(chunk: Buffer): void {
    if (this.chunks === noChunks) this.chunks = [chunk];
    else this.chunks.push(chunk);
    this.chunkBytes += chunk.length;
  }

  onStreamError(error: Error): void {
    this.fail(error);
  }

  /** Called when zlib is through with what was last written. */
  abstract onWritten(): void;

  /**
   * Runs zlib over the fragment on this thread.
   *
   * @returns the output; undefined if the rest is a job for the thread pool
   * @throws {Error} what zlib reports
   */
  protected abstract runNow(): Uint8Array | undefined;

  /** Writes the first bytes of the job. */
  protected abstract begin(): void;

  /** Takes a stream whose window holds the history. */
  protected abstract takeStream(history: History | null): ZlibStream;

  /** Returns the stream of this context, which is in use from now on. */
  protected useStream(): ZlibStream {
    if (this.stream === null) {
      if (this.contextTakeover) this.history ??= this.createHistory();
      try {
        this.stream = this.takeStream(this.history).lendTo(this);
      } catch (error) {
        // zlib refuses options (level 99) or has no memory.
        throw withCloseCode(error as Error, internalError);
      }
    } else if (this.contextTakeover) this.options.contexts.delete(this);
    return this.stream;
  }

  /** The fragment is through; at the end of its message the stream may be of use to others. */
  protected finishFragment(): void {
    if (!this.fin || this.stream === null) return;
    if (this.contextTakeover) this.options.contexts.add(this);
    else this.releaseStream();
  }

  /** Ends the job and zlib's stream, whose state is of no use any more. */
  protected fail(error: Error): void {
    this.abandon();
    this.settle(withCloseCode(error, this.failureCloseCode));
  }

  /** Gives up the context. */
  protected abandon(): void {
    this.discardStream();
    this.history?.clear();
  }

  protected discardStream(): void {
    this.stream?.close();
    this.stream = null;
  }

  protected releaseStream(): void {
    this.stream?.release();
    this.stream = null;
  }

  /**
   * Returns what was collected and the first `length` bytes of `last` behind it, but for the last
   * `trim` bytes, in one piece of just that size: the pieces are views of larger memory.
   */
  protected joinOutput(
    trim: number,
    last: Uint8Array = noBytes,
    length: number = last.length,
  ): Uint8Array {
    const wanted = Math.max(this.chunkBytes + length - trim, 0);
    const joined = Buffer.allocUnsafe(wanted);
    let at = 0;
    // `copy` cuts off what does not fit, which is what is to be trimmed.
    for (const chunk of this.chunks) at += chunk.copy(joined, at);
    if (at < wanted) joined.set(last.subarray(0, wanted - at), at);
    return joined;
  }

  /** Ends the job. Another one may be submitted from within `done`. */
  protected settle(error: Error | null, output?: Uint8Array): void {
    if (this.state !== 'running') return;
    const done = this.done as DeflateDone;
    this.state = 'idle';
    this.forgetJob();
    this.options.limiter.release();
    done(error, output);
  }

  /** Lets go of all bytes: an idle connection must not keep its last message alive. */
  protected forgetJob(): void {
    this.payload = noBytes;
    this.done = null;
    this.chunks = noChunks;
    this.chunkBytes = 0;
  }

  /** The history of a context that starts: the user's dictionary, or nothing. */
  protected createHistory(): History {
    const history = new History(this.settings.windowBytes);
    const { dictionary } = this.settings;
    if (dictionary !== undefined) history.append(dictionary);
    return history;
  }

  private tryNow(): Uint8Array | undefined {
    try {
      const output = this.runNow();
      if (output !== undefined) this.forgetJob();
      return output;
    } catch (error) {
      this.abandon();
      this.forgetJob();
      throw withCloseCode(error as Error, this.failureCloseCode);
    }
  }
}

function createClosedError(): Error {
  return createDeflateError(
    'WS_ERR_DEFLATE_CLOSED',
    'The deflate stream was closed while data was being processed',
  );
}

function withCloseCode(error: Error & { closeCode?: number }, closeCode: number): Error {
  error.closeCode ??= closeCode;
  return error;
}
