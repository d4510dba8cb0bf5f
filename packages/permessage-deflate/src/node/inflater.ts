/**
 * The incoming direction: compressed payloads in, messages out (RFC 7692 §7.2.2).
 *
 * Counts the inflated bytes while they come out of zlib: a payload of 1 KB may hold a megabyte.
 */
import type { ZlibOptions } from 'node:zlib';
import { createDeflateError } from '@hybi/permessage-deflate';
import type { History } from './history.js';
import { getScratchInput, getScratchOutput } from './scratch.js';
import { canRunSync } from './sync-zlib.js';
import {
  noBytes,
  ZlibDirection,
  type DeflateDone,
  type DirectionOptions,
} from './zlib-direction.js';
import { getInflateSettings, type DeflateContext } from './zlib-settings.js';
import type { ZlibStream } from './zlib-stream.js';

/** What the sender left out at the end of the message. */
const tail: Uint8Array = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/**
 * The tail, an empty final block and a byte behind it. Behind a whole message zlib reads either all
 * but the last byte; or the tail, if a final block lacked just that; or nothing behind a final
 * block. And nothing comes out of it, as it would if the tail were read as a part of a block.
 */
const ending: Uint8Array = Uint8Array.of(0, 0, 0xff, 0xff, 0x01, 0, 0, 0xff, 0xff, 0);

const readOfEnding: readonly number[] = [ending.length - 1, tail.length, 0];

/** Header of a stored block, RFC 1951 §3.2.4; the block's bytes go into the window as they are. */
const storedHeaderBytes = 5;

/** Up to here a payload is copied in front of the tail: that costs less than a thread hop. */
const maxCopiedBytes = 16_384;

/** On the calling thread a payload may grow to this many times `maxSyncBytes`. */
const maxSyncGrowth = 4;

const invalidPayload = 1007;

/** What is special to this direction. */
export interface InflaterOptions {
  /** Inflated bytes that a message may have; 0: no limit. */
  readonly maxMessageBytes: number;
  /** Whether a message must end where a block does, and at once behind a final one. */
  readonly strict: boolean;
}

export class Inflater extends ZlibDirection {
  protected get failureCloseCode(): number {
    return invalidPayload;
  }

  /** Inflated bytes of the message so far, over all its fragments. */
  private messageBytes = 0;
  /** What zlib is reading now, and its count of bytes before that. */
  private input: Uint8Array = noBytes;
  private bytesBefore = 0;
  /** Whether the tail is read, or part of `input`; strictly it's a part of the ending. */
  private hasTail = false;
  /** Whether the message has got the byte that may follow a final block. */
  private isPadded = false;

  constructor(
    context: DeflateContext,
    zlibOptions: ZlibOptions | undefined,
    options: DirectionOptions,
    private readonly rules: InflaterOptions,
  ) {
    super(getInflateSettings(zlibOptions, context), context.contextTakeover, options);
  }

  /** Decompresses a fragment; an empty one that does not end its message is returned at once. */
  decode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    if (payload.length === 0 && !fin && this.isIdle) return Buffer.alloc(0);
    return this.submit(payload, fin, done);
  }

  override onOutput(chunk: Buffer): void {
    // `fail` closes the stream inside its own event, which keeps zlib from going on.
    if (this.input === ending) this.fail(createTruncatedError());
    else if (this.exceeds(chunk.length)) this.fail(createLengthError());
    else super.onOutput(chunk);
  }

  onWritten(): void {
    const { input } = this;
    const read = (this.stream as ZlibStream).bytesRead - this.bytesBefore;
    if (input === ending) this.endStrictly(read);
    else if (read < input.length) this.endEarly(read);
    else if (this.fin && this.rules.strict) this.write(ending);
    else if (this.fin && !this.hasTail) this.writeTail();
    else this.complete();
  }

  /** Starts with what `runNow` has left, or with the payload. */
  protected begin(): void {
    if (this.input !== noBytes) this.write(this.input);
    else if (this.fin && !this.rules.strict && this.payload.length <= maxCopiedBytes) {
      this.hasTail = true;
      this.write(Buffer.concat([this.payload, tail]));
    } else this.write(this.payload);
  }

  protected runNow(): Uint8Array | undefined {
    let stream = this.useStream();
    const { payload } = this;
    const hasTail = this.fin && !this.rules.strict;
    let input = hasTail ? copyWithTail(payload) : payload;
    const end = hasTail ? payload.length + tail.length : payload.length;
    const scratch = getScratchOutput();
    let at = 0;
    for (;;) {
      stream.run(input, at, end, scratch);
      const length = scratch.length - stream.free;
      if (this.exceeds(length)) throw createLengthError();
      at = end - stream.unread;
      if (stream.free > 0) {
        if (at === end) return this.endNow(stream, scratch, length);
        // The deflate stream has ended; if nothing was read, with the fragment before.
        if (at > 0 || payload.length === 0 || this.rules.strict) {
          return this.endNowEarly(payload.subarray(at), length);
        }
        stream = this.renew();
        // A dictionary that went into the window was copied to the same memory.
        input = copyWithTail(payload);
      } else {
        super.onOutput(Buffer.from(scratch));
        // Where all is read only some bytes are still to come.
        if (at < end && this.collectedBytes > maxSyncGrowth * this.options.maxSyncBytes) {
          this.input = Buffer.from(input.subarray(at, end));
          this.hasTail = hasTail;
          return undefined;
        }
      }
    }
  }

  protected takeStream(history: History | null): ZlibStream {
    if (history === null || history.length === 0) return this.settings.pool.take();
    if (canRunSync()) return fillWindow(this.settings.pool.take(), history);
    const dictionary = Buffer.allocUnsafeSlow(history.length);
    history.copyTo(dictionary, 0);
    return this.settings.createWith(dictionary);
  }

  protected override forgetJob(): void {
    super.forgetJob();
    this.input = noBytes;
    this.hasTail = false;
  }

  protected override abandon(): void {
    this.messageBytes = 0;
    this.isPadded = false;
    super.abandon();
    this.history = null;
  }

  private write(input: Uint8Array): void {
    const stream = this.useStream();
    this.input = input;
    this.bytesBefore = stream.bytesRead;
    stream.write(input);
  }

  private writeTail(): void {
    this.hasTail = true;
    this.write(tail);
  }

  /** Counts output, and tells whether it is too much. */
  private exceeds(bytes: number): boolean {
    this.messageBytes += bytes;
    const { maxMessageBytes } = this.rules;
    return maxMessageBytes > 0 && this.messageBytes > maxMessageBytes;
  }

  private endNow(stream: ZlibStream, scratch: Buffer, length: number): Uint8Array {
    const output = this.joinOutput(0, scratch, length);
    if (this.fin && this.rules.strict) {
      stream.run(ending, 0, ending.length, scratch);
      if (stream.free < scratch.length) throw createTruncatedError();
      checkEnding(ending.length - stream.unread);
    }
    this.endFragment(output);
    return output;
  }

  /** @param rest - of the payload, behind a final block */
  private endNowEarly(rest: Uint8Array, length: number): Uint8Array {
    const output = this.joinOutput(0, getScratchOutput(), length);
    this.passFinalBlock(rest);
    this.endFragment(output);
    return output;
  }

  /** As `endNowEarly`, of a job. */
  private endEarly(read: number): void {
    const { input, payload } = this;
    const nothingRead = read === 0 && input !== tail && payload.length > 0;
    if (nothingRead && this.collectedBytes === 0 && !this.rules.strict) {
      this.renew();
      this.input = noBytes;
      this.start();
      return;
    }
    try {
      this.passFinalBlock(input.subarray(read));
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    this.complete();
  }

  private endStrictly(read: number): void {
    try {
      checkEnding(read);
    } catch (error) {
      this.fail(error as Error);
      return;
    }
    this.complete();
  }

  /**
   * Strict senders append an empty block behind a final one, of which one byte remains (RFC 7692
   * §7.2.3.4). As in `ws`, all others may append anything, and it is lost.
   */
  private passFinalBlock(rest: Uint8Array): void {
    if (!this.rules.strict) this.dropEnded();
    else if (rest.length === 1 && rest[0] === 0 && !this.isPadded) this.isPadded = true;
    else {
      throw createDeflateError(
        'WS_ERR_DEFLATE_TRAILING_DATA',
        'Invalid compressed message: bytes after the final block',
      );
    }
  }

  /** As in `ws`, what follows a final block meets a fresh inflater. */
  private renew(): ZlibStream {
    this.dropEnded();
    return this.useStream();
  }

  /** Only strict senders are known to forget nothing behind a final block. */
  private dropEnded(): void {
    this.releaseStream();
    this.history = null;
  }

  private complete(): void {
    const output = this.joinOutput(0);
    this.endFragment(output);
    this.settle(null, output);
  }

  private endFragment(output: Uint8Array): void {
    this.history?.append(output);
    if (this.fin) {
      this.messageBytes = 0;
      this.isPadded = false;
      // The ending has ended the deflate stream.
      if (this.rules.strict) this.releaseStream();
    }
    this.finishFragment();
  }
}

/** Valid until the next call: the memory is everybody's. */
function copyWithTail(payload: Uint8Array): Uint8Array {
  const input = getScratchInput(payload.length + tail.length);
  input.set(payload, 0);
  input.set(tail, payload.length);
  return input;
}

/** Reads the history into the window, as a stored block whose output nobody needs. */
function fillWindow(stream: ZlibStream, history: History): ZlibStream {
  const end = storedHeaderBytes + history.length;
  const block = getScratchInput(end);
  block[0] = 0;
  block.writeUInt16LE(history.length, 1);
  block.writeUInt16LE(history.length ^ 0xffff, 3);
  history.copyTo(block, storedHeaderBytes);
  stream.run(block, 0, end, getScratchOutput());
  return stream;
}

function createLengthError(): Error {
  return createDeflateError('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'Max payload size exceeded');
}

/** @param read - bytes of the ending */
function checkEnding(read: number): void {
  if (!readOfEnding.includes(read)) throw createTruncatedError();
}

function createTruncatedError(): Error {
  return createDeflateError(
    'WS_ERR_DEFLATE_TRUNCATED',
    'Invalid compressed message: it ends within a block',
  );
}
