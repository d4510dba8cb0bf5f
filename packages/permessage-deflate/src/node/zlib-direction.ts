/**
 * One direction of the codec: at most one job at a time, which waits, runs and ends exactly once.
 *
 * | state   | event              | next    | what happens                             |
 * | ------- | ------------------ | ------- | ---------------------------------------- |
 * | idle    | submit             | waiting | the job queues up at the limiter         |
 * | waiting | start (limiter)    | running | the subclass writes to its zlib stream   |
 * | running | settle (subclass)  | idle    | the slot is free again, `done` is called |
 * | any     | close              | closed  | zlib's memory is freed, `done` fails     |
 *
 * Knows when a job runs and where its output goes, not what is done to the bytes.
 */
import { constants, type DeflateRaw, type InflateRaw, type ZlibOptions } from 'node:zlib';
import { createDeflateError } from '@hybi/permessage-deflate';
import type { JobLimiter, LimitedJob } from './limiter.js';

/** Called exactly once with the outcome of a job; the receiver owns `payload`. */
export type DeflateDone = (error: Error | null, payload?: Uint8Array) => void;

/** What was agreed for one direction. */
export interface DeflateContext {
  /** The window has 2 ** windowBits bytes. */
  readonly windowBits: number;
  /** Whether the window outlives the message. */
  readonly contextTakeover: boolean;
}

type State = 'idle' | 'waiting' | 'running' | 'closed';

/** The close code when zlib fails for a reason that is not the peer's. */
export const internalError = 1011;

const noBytes: Uint8Array = new Uint8Array(0);

export abstract class ZlibDirection<Stream extends DeflateRaw | InflateRaw> implements LimitedJob {
  /** The close code when zlib's stream fails. */
  protected abstract readonly failureCloseCode: number;
  /** Created on first use: many connections never send a message in one of the directions. */
  protected stream: Stream | null = null;
  /** The bytes of the job, borrowed from the caller. */
  protected payload: Uint8Array = noBytes;
  /** Whether the job ends its message. */
  protected fin = false;
  private state: State = 'idle';
  private done: DeflateDone | null = null;
  private readonly chunks: Buffer[] = [];
  private chunkBytes = 0;
  private onWritten: (error?: Error | null) => void = ignore;
  private readonly limiter: JobLimiter;

  constructor(limiter: JobLimiter) {
    this.limiter = limiter;
  }

  /** Whether a job may be submitted. */
  protected get isIdle(): boolean {
    return this.state === 'idle';
  }

  /** Takes a job on; `done` is never called before this returns. */
  submit(payload: Uint8Array, fin: boolean, done: DeflateDone): void {
    if (this.state === 'closed') {
      queueMicrotask(() => done(createClosedError()));
      return;
    }
    if (this.state !== 'idle') {
      throw new Error('A message is being processed: wait until its callback has been called');
    }
    this.payload = payload;
    this.fin = fin;
    this.done = done;
    this.state = 'waiting';
    this.limiter.acquire(this);
  }

  start(): void {
    this.state = 'running';
    try {
      this.begin();
    } catch (error) {
      // zlib refuses options (level 99) or has no memory. Whoever made room for this job must not
      // be hit, and the submitter has not returned yet.
      queueMicrotask(() => this.fail(withCloseCode(error as Error, internalError)));
    }
  }

  close(): void {
    const { state, done } = this;
    if (state === 'waiting') this.limiter.cancel(this);
    this.state = 'closed';
    this.forgetJob();
    this.discardStream();
    if (state === 'running') this.limiter.release();
    done?.(createClosedError());
  }

  /** Writes the first bytes of the job. */
  protected abstract begin(): void;

  /** Called when zlib is through with what was last written. */
  protected abstract written(stream: Stream): void;

  /** Called for every piece of output; the piece is a view of a larger buffer. */
  protected collect(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.chunkBytes += chunk.length;
  }

  /** Ends the job and zlib's stream, whose state is of no use any more. */
  protected fail(error: Error): void {
    this.discardStream();
    this.settle(error);
  }

  protected write(stream: Stream, bytes: Uint8Array): void {
    stream.write(bytes, this.onWritten);
  }

  /** Makes `stream` the current one; events of an earlier one count no longer. */
  protected useStream(stream: Stream): Stream {
    const isCurrent = (): boolean => this.stream === stream;
    const onError = (error: Error): void => {
      if (isCurrent()) this.fail(withCloseCode(error, this.failureCloseCode));
    };
    stream.on('data', (chunk: Buffer) => {
      if (isCurrent()) this.collect(chunk);
    });
    stream.on('error', onError);
    this.onWritten = (error) => {
      if (error) onError(error);
      else if (isCurrent()) this.written(stream);
    };
    this.stream = stream;
    return stream;
  }

  protected discardStream(): void {
    const { stream } = this;
    this.stream = null;
    this.onWritten = ignore;
    stream?.close();
  }

  /**
   * Returns the output but for its last `trim` bytes, in one piece of just that size: zlib's pieces
   * are views that would keep `chunkSize` bytes alive each.
   */
  protected joinOutput(trim: number): Uint8Array {
    const length = Math.max(this.chunkBytes - trim, 0);
    const joined = Buffer.allocUnsafe(length);
    let at = 0;
    // `copy` cuts off what does not fit, which is what is to be trimmed.
    for (const chunk of this.chunks) at += chunk.copy(joined, at);
    return joined;
  }

  /** Ends the job. Another one may be submitted from within `done`. */
  protected settle(error: Error | null, output?: Uint8Array): void {
    if (this.state !== 'running') return;
    const done = this.done as DeflateDone;
    this.state = 'idle';
    this.forgetJob();
    this.limiter.release();
    done(error, output);
  }

  /** Lets go of all bytes: an idle connection must not keep its last message alive. */
  protected forgetJob(): void {
    this.payload = noBytes;
    this.done = null;
    this.chunks.length = 0;
    this.chunkBytes = 0;
  }
}

/**
 * Completes the user's options without changing them.
 *
 * `Z_SYNC_FLUSH` as the default of every write makes one write, thus one thread hop, yield all the
 * output of its input. What else users say about flushing would break that, or end the stream.
 */
export function createZlibOptions(
  options: ZlibOptions | undefined,
  windowBits: number,
): ZlibOptions {
  const flush = constants.Z_SYNC_FLUSH;
  const own = { windowBits, flush, finishFlush: flush, rejectGarbageAfterEnd: false };
  return { ...options, ...own };
}

function createClosedError(): Error {
  return createDeflateError(
    'WS_ERR_DEFLATE_CLOSED',
    'The deflate stream was closed while data was being processed',
  );
}

function withCloseCode(error: Error, closeCode: number): Error {
  return Object.assign(error, { closeCode });
}

function ignore(): void {}
