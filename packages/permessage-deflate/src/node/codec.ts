/**
 * The codec of one connection: both directions, set up from the agreed parameters.
 *
 * Knows messages and fragments, not frames: RSV1, masking and order are the connection's.
 */
import type { ZlibOptions } from 'node:zlib';
import type { DeflateParameters } from '@hybi/permessage-deflate';
import { readContexts } from './contexts.js';
import { Deflater } from './deflater.js';
import { getSharedContexts, type HotContexts } from './hot-contexts.js';
import { Inflater } from './inflater.js';
import { getSharedLimiter, type JobLimiter } from './limiter.js';
import { canRunSync } from './sync-zlib.js';
import type { DeflateDone, DirectionOptions } from './zlib-direction.js';
import { getApartSettings, getDeflateSettings, type ZlibSettings } from './zlib-settings.js';

/** How compression is tuned; none of it is part of what the ends agree on. */
export interface DeflateTuning {
  /**
   * Bytes below which a message is not worth compressing when every message starts with an empty
   * window; 1024 by default. Under context takeover it counts for messages only that are compressed
   * apart.
   */
  threshold?: number | undefined;
  /**
   * Bytes up to which a fragment, before it is compressed or inflated, is done at once on the
   * calling thread; 16,384 by default. Larger ones go to the thread pool, and so does the rest of one
   * that inflates to more than four times as much. 0: all go to the thread pool.
   */
  maxSyncBytes?: number | undefined;
  /**
   * zlib jobs that may run at once in this process; 10 by default, 0 means no limit. The first codec
   * that is created without a `limiter` decides for all.
   */
  concurrencyLimit?: number | undefined;
  /**
   * Milliseconds without a message after which a context gives up its zlib stream; 60,000 by default,
   * 0 means never. To inflate, the text in the window is kept and the stream made anew; to compress,
   * the next message starts with an empty window.
   */
  idleTimeout?: number | undefined;
  /**
   * Passed on to zlib, but for `flush` and `finishFlush`; read once and not to be changed.
   * `windowBits` can make the window smaller than was agreed. Where a context outlives its message
   * the defaults are `windowBits: 13` and `memLevel: 5`, which halve zlib's memory and take less
   * time; `{ windowBits: 15, memLevel: 8 }`, zlib's own, compress somewhat better.
   */
  zlibDeflateOptions?: ZlibOptions | undefined;
  /** Passed on to zlib, but for `windowBits`, `flush` and `finishFlush`; not to be changed. */
  zlibInflateOptions?: ZlibOptions | undefined;
}

/** What a {@link DeflateCodec} is to do. */
export interface DeflateCodecOptions extends DeflateTuning {
  /** Which end of the connection this is. */
  role: 'client' | 'server';
  /** What was agreed, as `acceptDeflateOffer` or `acceptDeflateResponse` returned it. */
  parameters: DeflateParameters;
  /** Used instead of the limiter of the process. */
  limiter?: JobLimiter | undefined;
  /** Used instead of the contexts of the process, of which 256 at once keep a zlib stream. */
  contexts?: HotContexts | undefined;
  /** Inflated bytes that a message may have, over all its fragments; 0, the default, is no limit. */
  maxMessageBytes?: number | undefined;
  /**
   * Refuses what `ws` accepts: a message that ends within a block, and bytes after a final block.
   * False by default.
   */
  strict?: boolean | undefined;
}

const defaultThreshold = 1024;
const defaultMaxSyncBytes = 16_384;
const defaultIdleTimeout = 60_000;

/**
 * Compresses and decompresses the messages of one connection with `node:zlib`.
 *
 * Both directions work on their own, each on one fragment at a time: small ones at once, large ones
 * off the main thread. zlib's memory is taken at the first message of a direction. Under context
 * takeover it is kept while few contexts need theirs, else only the text that the window holds;
 * without it, streams are shared between all connections. Fits the `MessageTransform` of
 * `@hybi/connection`.
 *
 * @see RFC 7692 §7.2
 */
export class DeflateCodec {
  readonly name = 'permessage-deflate';
  private readonly deflater: Deflater;
  private readonly inflater: Inflater;
  private readonly apartSettings: ZlibSettings;
  private readonly directionOptions: DirectionOptions;
  private readonly threshold: number;
  private readonly minEncodedBytes: number;

  /**
   * @throws {RangeError} window bits are not from 8 to 15; or `maxSyncBytes`, `idleTimeout` or the
   *   limit is not a number from 0
   */
  constructor(options: DeflateCodecOptions) {
    const { own, peer } = readContexts(options.role, options.parameters);
    const shared = readDirectionOptions(options);
    const { zlibDeflateOptions } = options;
    const settings = getDeflateSettings(zlibDeflateOptions, own);
    this.deflater = new Deflater(settings, own.contextTakeover, shared);
    this.apartSettings = getApartSettings(zlibDeflateOptions, own);
    this.directionOptions = shared;
    this.inflater = new Inflater(peer, options.zlibInflateOptions, shared, {
      maxMessageBytes: options.maxMessageBytes ?? 0,
      strict: options.strict ?? false,
    });
    this.threshold = options.threshold ?? defaultThreshold;
    this.minEncodedBytes = own.contextTakeover ? 0 : this.threshold;
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
   * @returns the bytes if they are ready at once, else undefined
   * @throws {Error} the last fragment is still being compressed; or what zlib reports
   * @see RFC 7692 §7.2.1
   */
  encode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    return this.deflater.encode(payload, fin, done);
  }

  /**
   * Decompresses a fragment of a message.
   *
   * Bad bytes are thrown, or come to `done`, as zlib's error with `closeCode` 1007; a message that
   * grows past `maxMessageBytes` as a `RangeError` with the code
   * `WS_ERR_UNSUPPORTED_MESSAGE_LENGTH` and `closeCode` 1009, as soon as it does.
   *
   * @param payload - borrowed until `done` is called, never changed
   * @param fin - whether the message ends here
   * @param done - called once with the inflated bytes, unless they are returned; never before this
   *   returns
   * @returns the bytes if they are ready at once, else undefined
   * @throws {Error} the last fragment is still being decompressed; or what is wrong with the bytes
   * @see RFC 7692 §7.2.2
   */
  decode(payload: Uint8Array, fin: boolean, done: DeflateDone): Uint8Array | undefined {
    return this.inflater.decode(payload, fin, done);
  }

  /** Codecs with the same key have the same `encodeApart`: same window, same options for zlib. */
  get sharingKey(): object {
    return this.apartSettings;
  }

  /**
   * Whether a message is worth compressing apart: whether it has as many bytes as `threshold`, also
   * under context takeover, because it starts with an empty window.
   */
  shouldEncodeApart(bytes: number): boolean {
    return bytes >= this.threshold;
  }

  /**
   * Compresses a whole message without reference to earlier ones, so that it can be sent on every
   * connection whose codec has the same `sharingKey`; `sentApart` must be called on each.
   *
   * Any number of these may be under way, beside what `encode` does. `close` does not end them.
   *
   * @param payload - borrowed until `done` is called, never changed
   * @param done - as of `encode`
   * @returns the bytes if they are ready at once, else undefined
   * @throws {Error} what zlib reports
   */
  encodeApart(payload: Uint8Array, done: DeflateDone): Uint8Array | undefined {
    // Its stream comes from the pool and goes back there with the end of the message.
    const deflater = new Deflater(this.apartSettings, false, this.directionOptions);
    return deflater.encode(payload, true, done);
  }

  /**
   * Tells that a message which was compressed apart is sent now: the peer's window will hold it. Not
   * between the fragments of another message.
   */
  sentApart(payload: Uint8Array): void {
    this.deflater.sentApart(payload);
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

/**
 * Checks options before there is a connection to use them for.
 *
 * @throws {RangeError} `maxSyncBytes` or `idleTimeout` is not a number from 0
 */
export function checkDeflateTuning(options: DeflateTuning): void {
  readAmount('maxSyncBytes', options.maxSyncBytes, defaultMaxSyncBytes);
  readAmount('idleTimeout', options.idleTimeout, defaultIdleTimeout);
}

function readDirectionOptions(options: DeflateCodecOptions): DirectionOptions {
  const maxSyncBytes = readAmount('maxSyncBytes', options.maxSyncBytes, defaultMaxSyncBytes);
  return {
    limiter: options.limiter ?? getSharedLimiter(options.concurrencyLimit),
    contexts: options.contexts ?? getSharedContexts(),
    idleTimeout: readAmount('idleTimeout', options.idleTimeout, defaultIdleTimeout),
    maxSyncBytes: maxSyncBytes > 0 && canRunSync() ? maxSyncBytes : -1,
  };
}

function readAmount(name: string, value: number | undefined, fallback: number): number {
  const amount = value ?? fallback;
  if (amount >= 0) return amount;
  throw new RangeError(`The "${name}" option must be 0 or a positive number, got ${amount}`);
}
