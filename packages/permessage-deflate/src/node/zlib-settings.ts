/**
 * What zlib is told, from the user's options and what was agreed for a direction; and the pool of
 * streams that are set up like that. Connections of one server share them.
 */
import { constants, createDeflateRaw, createInflateRaw, type ZlibOptions } from 'node:zlib';
import type { RawStream } from './sync-zlib.js';
import { StreamPool, ZlibStream } from './zlib-stream.js';

/** What was agreed for one direction. */
export interface DeflateContext {
  /** The window has at most 2 ** windowBits bytes. */
  readonly windowBits: number;
  /** Whether the window outlives the message. */
  readonly contextTakeover: boolean;
}

/**
 * For a deflater that lives as long as its connection: about 120 KiB instead of the 220 KiB of
 * zlib's defaults, and it touches less of it for a message. Caches hold more of them, which saves
 * up to half of the time; messages of some KiB come out up to a tenth larger.
 */
const defaultWindowBits = 13;
const defaultMemLevel = 5;

/**
 * zlib has no raw deflate with a window of 256 bytes (it refuses 8, Node turns 8 into 9), and needs
 * none: it never refers further back than its window less 262 bytes of look-ahead, which for a
 * window of 512 bytes is a distance of 250. So a peer with a window of 256 bytes can inflate it.
 * The tests measure the distances.
 */
const minDeflateWindowBits = 9;

/** How the streams of one direction are set up. */
export class ZlibSettings {
  /** Streams without a context. */
  readonly pool: StreamPool;
  readonly windowBytes: number;

  constructor(
    private readonly options: ZlibOptions & { windowBits: number },
    private readonly create: (options: ZlibOptions) => RawStream,
    /** What every context starts with; it's in `options` where no context outlives its message. */
    readonly dictionary: Uint8Array | undefined,
  ) {
    this.pool = new StreamPool(() => create(options));
    this.windowBytes = 2 ** options.windowBits;
  }

  /** Creates a stream whose window holds these bytes. */
  createWith(dictionary: Uint8Array): ZlibStream {
    return new ZlibStream(this.create({ ...this.options, dictionary }), null);
  }
}

/** Returns the settings of a direction that compresses. */
export function getDeflateSettings(
  options: ZlibOptions | undefined,
  context: DeflateContext,
): ZlibSettings {
  return find(deflateSettings, options, context, () => {
    const { windowBits: agreed, contextTakeover } = context;
    const windowBits = options?.windowBits ?? (contextTakeover ? defaultWindowBits : agreed);
    const own = { windowBits: Math.max(Math.min(agreed, windowBits), minDeflateWindowBits) };
    const memLevel = contextTakeover ? { memLevel: defaultMemLevel } : {};
    return createSettings({ ...memLevel, ...options, ...own }, context, createDeflateRaw);
  });
}

/**
 * Returns the settings for messages that are compressed apart from a context, and go to every peer
 * with that window: each starts with an empty window, whatever the peer's holds.
 *
 * Without context takeover every message starts with the user's dictionary, where there is one;
 * under context takeover only the first one does, so these must do without.
 */
export function getApartSettings(
  options: ZlibOptions | undefined,
  { windowBits, contextTakeover }: DeflateContext,
): ZlibSettings {
  const apart = { windowBits, contextTakeover: false };
  if (!contextTakeover || options?.dictionary === undefined) {
    return getDeflateSettings(options, apart);
  }
  const rest = withoutDictionary.get(options) ?? { ...options, dictionary: undefined };
  withoutDictionary.set(options, rest);
  return getDeflateSettings(rest, apart);
}

/** By the user's options object. */
const withoutDictionary = new WeakMap<ZlibOptions, ZlibOptions>();

/** Returns the settings of a direction that inflates. */
export function getInflateSettings(
  options: ZlibOptions | undefined,
  context: DeflateContext,
): ZlibSettings {
  return find(inflateSettings, options, context, () =>
    createSettings({ ...options, windowBits: context.windowBits }, context, createInflateRaw),
  );
}

type SettingsByContext = Map<number, ZlibSettings>;

/** By the user's options object, which is not to be changed once it is in use. */
const deflateSettings = new WeakMap<object, SettingsByContext>();
const inflateSettings = new WeakMap<object, SettingsByContext>();
const noOptions: ZlibOptions = Object.freeze({});

function find(
  known: WeakMap<object, SettingsByContext>,
  options: ZlibOptions = noOptions,
  { windowBits, contextTakeover }: DeflateContext,
  create: () => ZlibSettings,
): ZlibSettings {
  const byContext: SettingsByContext = known.get(options) ?? new Map<number, ZlibSettings>();
  if (byContext.size === 0) known.set(options, byContext);
  const key = contextTakeover ? windowBits : -windowBits;
  const settings = byContext.get(key) ?? create();
  byContext.set(key, settings);
  return settings;
}

/**
 * `Z_SYNC_FLUSH` as the default of every write makes one write, thus one thread hop, yield all the
 * output of its input. What else users say about flushing would break that, or end the stream.
 */
function createSettings(
  options: ZlibOptions & { windowBits: number },
  { contextTakeover }: DeflateContext,
  create: (options: ZlibOptions) => RawStream,
): ZlibSettings {
  const flush = constants.Z_SYNC_FLUSH;
  const own = { flush, finishFlush: flush, rejectGarbageAfterEnd: false };
  if (!contextTakeover) return new ZlibSettings({ ...options, ...own }, create, undefined);
  // A reset would bring the dictionary back in the midst of a context.
  const { dictionary, ...rest } = options;
  return new ZlibSettings({ ...rest, ...own }, create, toBytes(dictionary));
}

function toBytes(dictionary: ZlibOptions['dictionary']): Uint8Array | undefined {
  if (dictionary === undefined || dictionary instanceof Uint8Array) return dictionary;
  if (!ArrayBuffer.isView(dictionary)) return new Uint8Array(dictionary);
  const { buffer, byteOffset, byteLength } = dictionary;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
