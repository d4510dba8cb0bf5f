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
import { DeflateCodec, getSharedLimiter } from '@hybi/permessage-deflate/node';
import type { DeflateTuning } from '@hybi/permessage-deflate/node';
import { toWsError } from './errors.js';
import { toLimit } from './limits.js';

/** Settings of a {@link PerMessageDeflate}. */
export interface PerMessageDeflateClassOptions extends DeflateNegotiationOptions, DeflateTuning {
  /** Default: false. */
  isServer?: boolean | undefined;
  /** Inflated bytes of a message; 0, the default: no limit. */
  maxPayload?: number | undefined;
}

/** Parameters in a form that `extension.format` takes: a type, which an interface would not be. */
type Formattable<Parameters> = Pick<Parameters, keyof Parameters>;

type Callback = (error: Error | null, data?: Uint8Array) => void;

/** permessage-deflate, from the offer to the bytes. */
export class PerMessageDeflate {
  static get extensionName(): 'permessage-deflate' {
    return extensionName;
  }

  /** What was negotiated; null before `accept`. */
  params: Formattable<DeflateParameters> | null = null;

  readonly #options: PerMessageDeflateClassOptions;
  #codec: DeflateCodec | undefined;

  constructor(options?: PerMessageDeflateClassOptions) {
    this.#options = options ?? {};
    // The first instance decides how many jobs may run at once, whether it is used or not.
    getSharedLimiter(this.#options.concurrencyLimit);
  }

  /** The parameters that a client offers. */
  offer(): Formattable<DeflateOffer> {
    return createDeflateOffer(this.#options);
  }

  /**
   * Accepts an offer (as a server) or a response (as a client).
   *
   * @param configurations - the parsed parameters, which are changed as `ws`
   *   changes them: values take the place of their lists, and the accepted one
   *   becomes what is returned
   * @throws {Error} when none is acceptable
   */
  accept(configurations: OfferedParameters[]): Formattable<DeflateParameters> {
    const accepted = this.#negotiate(configurations);
    const chosen = this.#options.isServer
      ? configurations.findIndex((each) => this.#isAcceptable(each))
      : 0;
    configurations.forEach(unwrapValues);
    this.params = replaceBy(configurations[chosen] as object, accepted);
    return this.params;
  }

  /** Whether a message with a first fragment of this size is worth compressing. */
  shouldCompress(firstFragmentBytes: number): boolean {
    return this.#getCodec().shouldEncode(firstFragmentBytes);
  }

  /** Compresses a fragment. */
  compress(data: Uint8Array | string, fin: boolean, callback: Callback): void {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    this.#run('encode', bytes, fin, toWsCallback(callback));
  }

  /** Inflates a fragment. */
  decompress(data: Uint8Array, fin: boolean, callback: Callback): void {
    this.#run('decode', data, fin, toWsCallback(callback));
  }

  /** Frees the memory; what is under way gets an error. */
  cleanup(): void {
    this.#codec?.close();
    this.#codec = undefined;
  }

  #negotiate(configurations: readonly OfferedParameters[]): DeflateParameters {
    const accept = this.#options.isServer ? acceptDeflateOffer : acceptDeflateResponse;
    try {
      return accept(configurations, this.#options);
    } catch (error) {
      throw withoutCode(error as Error);
    }
  }

  #isAcceptable(configuration: OfferedParameters): boolean {
    try {
      return this.#negotiate([configuration]) !== undefined;
    } catch {
      return false;
    }
  }

  /** Calls back later, and with whatever goes wrong, whether or not the codec is done at once. */
  #run(step: 'encode' | 'decode', data: Uint8Array, fin: boolean, callback: Callback): void {
    try {
      const output = this.#getCodec()[step](data, fin, callback);
      if (output !== undefined) process.nextTick(callback, null, output);
    } catch (error) {
      process.nextTick(callback, error as Error);
    }
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

function unwrapValues(configuration: OfferedParameters): void {
  for (const name of Object.keys(configuration)) {
    const [value] = configuration[name] as (string | true)[];
    Object.assign(configuration, { [name]: value === true ? true : Number(value) });
  }
}

/** Gives an object the properties of another one, and no others. */
function replaceBy(target: object, source: DeflateParameters): DeflateParameters {
  for (const name of Object.keys(target)) {
    if (!Object.hasOwn(source, name)) Reflect.deleteProperty(target, name);
  }
  return Object.assign(target, source);
}

function toWsCallback(callback: Callback): Callback {
  return (error, data) => {
    if (error === null) callback(null, data);
    else callback(toWsError(withoutCode(error)));
  };
}

/** Only what the peer did wrong on an open connection has a code in `ws`. */
function withoutCode(error: Error): Error {
  const { code } = error as { code?: unknown };
  if (String(code).startsWith('WS_ERR_DEFLATE_')) delete (error as { code?: unknown }).code;
  return error;
}
