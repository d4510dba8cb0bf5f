/**
 * The codec of one connection: both directions, set up from the agreed parameters.
 *
 * Knows messages and fragments, not frames: RSV1, masking and order are the connection's.
 */
import type { ZlibOptions } from 'node:zlib';
import { isWindowBits, type DeflateParameters } from '@hybi/permessage-deflate';
import { Deflater } from './deflater.js';
import { Inflater } from './inflater.js';
import { getSharedLimiter, type JobLimiter } from './limiter.js';
import type { DeflateDone } from './zlib-direction.js';

/** What a {@link DeflateCodec} is to do. */
export interface DeflateCodecOptions {
  /** Which end of the connection this is. */
  role: 'client' | 'server';
  /** What was agreed, as `acceptDeflateOffer` or `acceptDeflateResponse` returned it. */
  parameters: DeflateParameters;
  /**
   * Bytes below which a message is not worth compressing when every message starts with an empty
   * window; 1024 by default. Has no effect under context takeover.
   */
  threshold?: number | undefined;
  /**
   * zlib jobs that may run at once in this process; 10 by default, 0 means no limit. The first codec
   * that is created without a `limiter` decides for all.
   */
  concurrencyLimit?: number | undefined;
  /** Used instead of the limiter of the process. */
  limiter?: JobLimiter | undefined;
  /** Passed on to zlib, but for `windowBits`, `flush` and `finishFlush`. Never changed. */
  zlibDeflateOptions?: ZlibOptions | undefined;
  /** Passed on to zlib, but for `windowBits`, `flush` and `finishFlush`. Never changed. */
  zlibInflateOptions?: ZlibOptions | undefined;
  /** Inflated bytes that a message may have, over all its fragments; 0, the default, is no limit. */
  maxMessageBytes?: number | undefined;
}

const defaultThreshold = 1024;
const defaultWindowBits = 15;

/**
 * Compresses and decompresses the messages of one connection with `node:zlib`.
 *
 * Both directions work on their own, each on one fragment at a time and off the main thread; zlib's
 * memory (at the default settings about 272 KiB to compress and 56 KiB to decompress) is taken at
 * the first message of a direction and freed by `close`. Fits the `MessageTransform` of
 * `@hybi/connection`.
 *
 * @see RFC 7692 §7.2
 */
export class DeflateCodec {
  readonly name = 'permessage-deflate';
  private readonly deflater: Deflater;
  private readonly inflater: Inflater;
  private readonly minEncodedBytes: number;

  /** @throws {RangeError} window bits are not from 8 to 15, or the limit is not a number from 0 */
  constructor(options: DeflateCodecOptions) {
    const { role, parameters } = options;
    const limiter = options.limiter ?? getSharedLimiter(options.concurrencyLimit);
    const server = {
      windowBits: readWindowBits('server_max_window_bits', parameters.server_max_window_bits),
      contextTakeover: !parameters.server_no_context_takeover,
    };
    const client = {
      windowBits: readWindowBits('client_max_window_bits', parameters.client_max_window_bits),
      contextTakeover: !parameters.client_no_context_takeover,
    };
    const [own, peer] = role === 'server' ? [server, client] : [client, server];
    this.deflater = new Deflater(limiter, own, options.zlibDeflateOptions);
    this.inflater = new Inflater(
      limiter,
      peer,
      options.maxMessageBytes ?? 0,
      options.zlibInflateOptions,
    );
    this.minEncodedBytes = own.contextTakeover ? 0 : (options.threshold ?? defaultThreshold);
  }

  /**
   * Whether a message is to be compressed, told from its first fragment. Always true under context
   * takeover: small messages gain most from what was sent before.
   */
  shouldEncode(firstFragmentBytes: number): boolean {
    return firstFragmentBytes >= this.minEncodedBytes;
  }

  /**
   * Compresses a fragment of a message.
   *
   * @param payload - borrowed until `done` is called, never changed
   * @param fin - whether the message ends here; the trailing 00 00 FF FF of a flush is left out then
   * @param done - called once with the bytes to send, unless they are returned; never before this
   *   returns
   * @returns the bytes if they need no work, else undefined
   * @throws {Error} the last fragment is still being compressed
   * @see RFC 7692 §7.2.1
   */
  encode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    return this.deflater.encode(payload, fin, done);
  }

  /**
   * Decompresses a fragment of a message.
   *
   * Bad bytes come to `done` as zlib's error with `closeCode` 1007; a message that grows past
   * `maxMessageBytes` as a `RangeError` with the code `WS_ERR_UNSUPPORTED_MESSAGE_LENGTH` and
   * `closeCode` 1009, as soon as it does.
   *
   * @param payload - borrowed until `done` is called, never changed
   * @param fin - whether the message ends here
   * @param done - called once with the inflated bytes, unless they are returned; never before this
   *   returns
   * @returns the bytes if they need no work, else undefined
   * @throws {Error} the last fragment is still being decompressed
   * @see RFC 7692 §7.2.2
   */
  decode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    return this.inflater.decode(payload, fin, done);
  }

  /**
   * Frees zlib's memory. What is under way or waits for its turn ends at once with the code
   * `WS_ERR_DEFLATE_CLOSED`, and so does what is still asked for afterwards.
   */
  close(): void {
    try {
      this.deflater.close();
    } finally {
      // An exception out of the first callback must not keep the second one from being called.
      this.inflater.close();
    }
  }
}

/** The window of a direction, 15 where nothing was agreed. */
function readWindowBits(name: string, value: number | true | undefined): number {
  if (typeof value !== 'number') return defaultWindowBits;
  if (!isWindowBits(value)) {
    throw new RangeError(`The parameter "${name}" must be an integer from 8 to 15, got ${value}`);
  }
  return value;
}
