/** The class `PerMessageDeflate` of `ws`, for programs that construct it. */
import {
  acceptDeflateOffer,
  acceptDeflateResponse,
  createDeflateOffer,
  extensionName,
} from '@hybi/permessage-deflate';
import type {
  DeflateNegotiationOptions,
  DeflateOffer,
  DeflateParameters,
  OfferedParameters,
} from '@hybi/permessage-deflate';
import { DeflateCodec } from '@hybi/permessage-deflate/node';
import type { DeflateCodecOptions } from '@hybi/permessage-deflate/node';
import { toLimit } from './limits.js';

/** Settings of a {@link PerMessageDeflate}. */
export interface PerMessageDeflateClassOptions
  extends
    DeflateNegotiationOptions,
    Pick<
      DeflateCodecOptions,
      'threshold' | 'concurrencyLimit' | 'zlibDeflateOptions' | 'zlibInflateOptions'
    > {
  /** Default: false. */
  isServer?: boolean | undefined;
  /** Inflated bytes of a message; 0, the default: no limit. */
  maxPayload?: number | undefined;
}

type Callback = (error: Error | null, data?: Uint8Array) => void;

/** permessage-deflate, from the offer to the bytes. */
export class PerMessageDeflate {
  static get extensionName(): 'permessage-deflate' {
    return extensionName;
  }

  /** What was negotiated; null before `accept`. */
  params: DeflateParameters | null = null;

  readonly #options: PerMessageDeflateClassOptions;
  #codec: DeflateCodec | undefined;

  constructor(options: PerMessageDeflateClassOptions = {}) {
    this.#options = options;
  }

  /** The parameters that a client offers. */
  offer(): DeflateOffer {
    return createDeflateOffer(this.#options);
  }

  /**
   * Accepts an offer (as a server) or a response (as a client).
   *
   * @param configurations - the parsed parameters, which `ws` changes and so do we
   * @throws {Error} when none is acceptable
   */
  accept(configurations: OfferedParameters[]): DeflateParameters {
    const accept = this.#options.isServer ? acceptDeflateOffer : acceptDeflateResponse;
    this.params = accept(configurations, this.#options);
    return this.params;
  }

  /** Whether a message with a first fragment of this size is worth compressing. */
  shouldCompress(firstFragmentBytes: number): boolean {
    return this.#getCodec().shouldEncode(firstFragmentBytes);
  }

  /** Compresses a fragment. */
  compress(data: Uint8Array | string, fin: boolean, callback: Callback): void {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    const compressed = this.#getCodec().encode(bytes, fin, callback);
    if (compressed !== undefined) process.nextTick(callback, null, compressed);
  }

  /** Inflates a fragment. */
  decompress(data: Uint8Array, fin: boolean, callback: Callback): void {
    const inflated = this.#getCodec().decode(data, fin, callback);
    if (inflated !== undefined) process.nextTick(callback, null, inflated);
  }

  /** Frees the memory; what is under way gets an error. */
  cleanup(): void {
    this.#codec?.close();
    this.#codec = undefined;
  }

  #getCodec(): DeflateCodec {
    const { isServer, maxPayload, ...options } = this.#options;
    this.#codec ??= new DeflateCodec({
      ...options,
      role: isServer ? 'server' : 'client',
      parameters: this.params ?? {},
      maxMessageBytes: toLimit(maxPayload),
    });
    return this.#codec;
  }
}
