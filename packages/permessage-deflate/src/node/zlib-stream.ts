/**
 * A raw zlib stream that passes from user to user.
 *
 * Setting zlib up costs more than a small message, so a stream whose context nobody needs any more
 * goes back to its pool. Knows whose stream it is now, not what the bytes are.
 */
import { runSync, freeBytes, unreadBytes, type RawStream } from './sync-zlib.js';

/** Streams beyond this many are closed and not kept: more are hardly ever needed at once. */
const maxFreeStreams = 4;

/** Who has a stream now, and hears of it. */
export interface StreamUser {
  /** A piece of output of `write`: a view of memory that others may share. */
  onOutput(chunk: Buffer): void;
  /** zlib is through with what was last written. */
  onWritten(): void;
  /** zlib has failed in `write`. */
  onStreamError(error: Error): void;
}

export class ZlibStream {
  private user: StreamUser | null = null;
  private listensToOutput = false;
  /** `bytesRead` when all that was written is read. */
  private bytesDue = 0;

  /** @param pool - where it goes when it is released; null: nowhere, it is closed */
  constructor(
    private readonly stream: RawStream,
    private readonly pool: StreamPool | null,
  ) {
    // After a failure of `run` this comes late, and whoever had the stream knows already.
    stream.on('error', (error: Error) => this.user?.onStreamError(error));
  }

  /** Bytes that zlib has read through `write`. */
  get bytesRead(): number {
    return this.stream.bytesWritten;
  }

  /** Bytes of the output that the last `run` left free. */
  get free(): number {
    return freeBytes(this.stream);
  }

  /** Bytes of the input that the last `run` left unread. */
  get unread(): number {
    return unreadBytes(this.stream);
  }

  lendTo(user: StreamUser): this {
    this.user = user;
    return this;
  }

  /** Hands bytes to the thread pool; the user hears of the outcome. */
  write(bytes: Uint8Array): void {
    if (!this.listensToOutput) {
      this.listensToOutput = true;
      this.stream.on('data', (chunk: Buffer) => this.user?.onOutput(chunk));
    }
    this.bytesDue = this.stream.bytesWritten + bytes.length;
    this.stream.write(bytes, this.onWritten);
  }

  /**
   * Runs zlib on the calling thread over a part of the input; `free` and `unread` tell how far it came.
   *
   * @throws {Error} what zlib reports; the stream can only be closed then
   */
  run(input: Uint8Array, at: number, end: number, output: Uint8Array): void {
    runSync(this.stream, input, at, end, output);
  }

  /** Gives the stream back; nothing may be under way on it. */
  release(): void {
    this.user = null;
    if (this.pool === null || this.isSpent()) this.stream.close();
    else this.pool.give(this);
  }

  /** Frees zlib's memory, whatever is under way. */
  close(): void {
    this.user = null;
    this.stream.close();
  }

  /** Forgets the context. */
  reset(): void {
    this.stream.reset();
  }

  /**
   * Whether a reset does not help. Where zlib leaves bytes of a `write` unread, because the deflate
   * stream ends before them, Node ends its own stream and refuses all later output.
   */
  private isSpent(): boolean {
    return this.stream.destroyed || this.stream.bytesWritten < this.bytesDue;
  }

  private readonly onWritten = (error?: Error | null): void => {
    // An error comes as an event, too, which is early enough.
    if (!error) this.user?.onWritten();
  };
}

/** Streams of one setting that nobody uses, without context. */
export class StreamPool {
  private readonly unused: ZlibStream[] = [];

  constructor(private readonly create: () => RawStream) {}

  /**
   * Returns a stream with a fresh context.
   *
   * @throws {Error} zlib refuses the options or has no memory
   */
  take(): ZlibStream {
    return this.unused.pop() ?? new ZlibStream(this.create(), this);
  }

  /** @internal see `ZlibStream.release` */
  give(stream: ZlibStream): void {
    if (this.unused.length >= maxFreeStreams) {
      stream.close();
      return;
    }
    stream.reset();
    this.unused.push(stream);
  }
}
