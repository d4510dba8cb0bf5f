/**
 * The outgoing direction: messages in, their compressed payloads out (RFC 7692 §7.2.1).
 */
import { createDeflateRaw, type DeflateRaw, type ZlibOptions } from 'node:zlib';
import type { JobLimiter } from './limiter.js';
import {
  createZlibOptions,
  internalError,
  ZlibDirection,
  type DeflateContext,
  type DeflateDone,
} from './zlib-direction.js';

/** A sync flush ends with 00 00 FF FF, which is not sent at the end of a message. */
const tailLength = 4;

/** What a flush writes where there is nothing to compress. */
const emptyBlock: Uint8Array = Uint8Array.of(0x00, 0x00, 0x00, 0xff, 0xff);

export class Deflater extends ZlibDirection<DeflateRaw> {
  protected readonly failureCloseCode: number = internalError;
  private readonly options: ZlibOptions;
  private readonly contextTakeover: boolean;

  constructor(limiter: JobLimiter, context: DeflateContext, options: ZlibOptions | undefined) {
    super(limiter);
    this.options = createZlibOptions(options, toDeflateWindowBits(context.windowBits));
    this.contextTakeover = context.contextTakeover;
  }

  /** Compresses a fragment; an empty one needs no zlib and is returned at once. */
  encode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    if (payload.length === 0 && this.isIdle) return this.encodeEmpty(fin);
    this.submit(payload, fin, done);
    return undefined;
  }

  /**
   * zlib writes nothing for an empty input after a flush, so what a flush of nothing is gets written
   * here: an empty stored block, of which the end of a message keeps the header only, because the
   * remaining octets are the tail that is not sent (RFC 7692 §7.2.3.6). It fits behind every
   * flushed block.
   */
  private encodeEmpty(fin: boolean): Uint8Array {
    if (fin && !this.contextTakeover) this.stream?.reset();
    return Buffer.from(fin ? emptyBlock.subarray(0, -tailLength) : emptyBlock);
  }

  protected begin(): void {
    const stream = this.stream ?? this.useStream(createDeflateRaw(this.options));
    this.write(stream, this.payload);
  }

  protected written(stream: DeflateRaw): void {
    const output = this.joinOutput(this.fin ? tailLength : 0);
    if (this.fin && !this.contextTakeover) stream.reset();
    this.settle(null, output);
  }
}

/**
 * zlib has no raw deflate with a window of 256 bytes (it refuses 8, Node turns 8 into 9), and needs
 * none: it never refers further back than its window less 262 bytes of look-ahead, which for a
 * window of 512 bytes is a distance of 250. So a peer with a window of 256 bytes can inflate it.
 * The tests measure the distances.
 */
function toDeflateWindowBits(windowBits: number): number {
  return Math.max(windowBits, 9);
}
