/**
 * The outgoing direction: messages in, their compressed payloads out (RFC 7692 §7.2.1).
 */
import type { History } from './history.js';
import { getScratchOutput } from './scratch.js';
import { internalError, ZlibDirection, type DeflateDone } from './zlib-direction.js';
import type { ZlibStream } from './zlib-stream.js';

/** A sync flush ends with 00 00 FF FF, which is not sent at the end of a message. */
const tailLength = 4;

/** What a flush writes where there is nothing to compress. */
const emptyBlock: Uint8Array = Uint8Array.of(0x00, 0x00, 0x00, 0xff, 0xff);

export class Deflater extends ZlibDirection {
  protected get failureCloseCode(): number {
    return internalError;
  }

  /** Compresses a fragment; an empty one needs no zlib and is returned at once. */
  encode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    if (payload.length === 0 && this.isIdle) return this.encodeEmpty(fin);
    return this.submit(payload, fin, done);
  }

  /**
   * Idle for long, the history is given up as well: a sender may forget what it sent, and starts
   * with an empty window.
   */
  override cool(idle: boolean): void {
    super.cool(idle);
    if (idle) this.history?.clear();
  }

  /**
   * The peer gets a message now that was compressed without this context: its window will hold the
   * text, and zlib's does not.
   *
   * | what this context has              | what happens                                           |
   * | ---------------------------------- | ------------------------------------------------------ |
   * | no context takeover                | nothing: no message refers to another one              |
   * | nothing was compressed yet, or     | nothing: zlib starts with an empty window and never    |
   * | idleness or an error cleared it    | refers further back than to what it has read since     |
   * | the same, and the user's           | the dictionary is further back now by the text, so     |
   * | dictionary as the first window     | it becomes a history, to which the text is added       |
   * | a history                          | the text is added, and the stream given up: the next   |
   * |                                    | message is compressed by one made of the history       |
   *
   * The history is as long as zlib's window, which may be smaller than the peer's: both hold the
   * same last bytes.
   */
  sentApart(text: Uint8Array): void {
    if (!this.isIdle) return;
    if (this.settings.dictionary !== undefined) this.history ??= this.createHistory();
    if (this.history === null || this.history.length === 0) return;
    this.history.append(text);
    this.options.contexts.delete(this);
    this.releaseStream();
  }

  onWritten(): void {
    const output = this.joinOutput(this.fin ? tailLength : 0);
    this.endFragment();
    this.settle(null, output);
  }

  protected takeStream(history: History | null): ZlibStream {
    if (history === null || history.length === 0) return this.settings.pool.take();
    const dictionary = Buffer.allocUnsafeSlow(history.length);
    history.copyTo(dictionary, 0);
    return this.settings.createWith(dictionary);
  }

  protected begin(): void {
    this.useStream().write(this.payload);
  }

  protected runNow(): Uint8Array {
    const stream = this.useStream();
    const scratch = getScratchOutput();
    const { payload } = this;
    const { length } = payload;
    stream.run(payload, 0, length, scratch);
    while (stream.free === 0) {
      this.onOutput(Buffer.from(scratch));
      stream.run(payload, length - stream.unread, length, scratch);
    }
    const output = this.joinOutput(
      this.fin ? tailLength : 0,
      scratch,
      scratch.length - stream.free,
    );
    this.endFragment();
    return output;
  }

  /**
   * zlib writes nothing for an empty input after a flush, so what a flush of nothing is gets written
   * here: an empty stored block, of which the end of a message keeps the header only, because the
   * remaining octets are the tail that is not sent (RFC 7692 §7.2.3.6). It fits behind every
   * flushed block.
   */
  private encodeEmpty(fin: boolean): Uint8Array {
    this.fin = fin;
    this.finishFragment();
    return Buffer.from(fin ? emptyBlock.subarray(0, -tailLength) : emptyBlock);
  }

  private endFragment(): void {
    this.history?.append(this.payload);
    this.finishFragment();
  }
}
