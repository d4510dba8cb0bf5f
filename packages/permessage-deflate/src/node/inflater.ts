/**
 * The incoming direction: compressed payloads in, messages out (RFC 7692 §7.2.2).
 *
 * Counts the inflated bytes while they come out of zlib: a payload of 1 KB may hold a megabyte.
 */
import { createInflateRaw, type InflateRaw, type ZlibOptions } from 'node:zlib';
import { createDeflateError } from '@hybi/permessage-deflate';
import type { JobLimiter } from './limiter.js';
import {
  createZlibOptions,
  ZlibDirection,
  type DeflateContext,
  type DeflateDone,
} from './zlib-direction.js';

/** What the sender left out at the end of the message. */
const tail: Uint8Array = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** Up to here a payload is copied in front of the tail: that costs less than a thread hop. */
const maxCopiedBytes = 16_384;

const invalidPayload = 1007;

export class Inflater extends ZlibDirection<InflateRaw> {
  protected readonly failureCloseCode: number = invalidPayload;
  private readonly options: ZlibOptions;
  private readonly contextTakeover: boolean;
  private readonly maxMessageBytes: number;
  /** Inflated bytes of the message so far, over all its fragments. */
  private messageBytes = 0;
  /** What zlib is reading now, and its count of bytes before that. */
  private input: Uint8Array = tail;
  private bytesBefore = 0;

  constructor(
    limiter: JobLimiter,
    context: DeflateContext,
    maxMessageBytes: number,
    options: ZlibOptions | undefined,
  ) {
    super(limiter);
    this.options = createZlibOptions(options, context.windowBits);
    this.contextTakeover = context.contextTakeover;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Decompresses a fragment; an empty one that does not end its message is returned at once. */
  decode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    if (payload.length === 0 && !fin && this.isIdle) return Buffer.alloc(0);
    this.submit(payload, fin, done);
    return undefined;
  }

  protected begin(): void {
    const { payload } = this;
    const copied = this.fin && payload.length <= maxCopiedBytes;
    this.inflate(copied ? Buffer.concat([payload, tail]) : payload);
  }

  private inflate(input: Uint8Array): void {
    const stream = this.stream ?? this.useStream(createInflateRaw(this.options));
    this.input = input;
    this.bytesBefore = stream.bytesWritten;
    this.write(stream, input);
  }

  protected written(stream: InflateRaw): void {
    const consumed = stream.bytesWritten - this.bytesBefore;
    const { input } = this;
    if (consumed < input.length) {
      this.renew(consumed > 0 || input === tail || this.payload.length === 0);
    } else if (this.fin && input === this.payload) {
      this.inflate(tail);
    } else {
      this.endFragment();
    }
  }

  /**
   * A block with BFINAL has ended the deflate stream, and zlib reads nothing behind it. As in `ws`
   * the rest of the fragment is dropped and what follows meets a fresh inflater. If zlib has read
   * nothing at all, the end came with the last byte of the fragment before.
   */
  private renew(fragmentIsRead: boolean): void {
    this.discardStream();
    if (fragmentIsRead) this.endFragment();
    else this.start();
  }

  private endFragment(): void {
    if (this.fin) {
      this.messageBytes = 0;
      if (!this.contextTakeover) this.stream?.reset();
    }
    this.settle(null, this.joinOutput(0));
  }

  protected override collect(chunk: Buffer): void {
    this.messageBytes += chunk.length;
    if (this.maxMessageBytes > 0 && this.messageBytes > this.maxMessageBytes) {
      // `fail` closes the stream inside its own event, which keeps zlib from going on.
      this.fail(
        createDeflateError('WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', 'Max payload size exceeded'),
      );
      return;
    }
    super.collect(chunk);
  }

  protected override forgetJob(): void {
    super.forgetJob();
    this.input = tail;
  }

  protected override fail(error: Error): void {
    this.messageBytes = 0;
    super.fail(error);
  }
}
