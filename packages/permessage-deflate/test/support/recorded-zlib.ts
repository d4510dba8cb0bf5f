import type * as Zlib from 'node:zlib';

/** A raw stream that the codec has made. */
export interface RecordedStream {
  readonly kind: 'deflate' | 'inflate';
  readonly options: Zlib.ZlibOptions;
  readonly stream: Zlib.DeflateRaw | Zlib.InflateRaw;
  /** Bytes that came out, whether or not the codec wanted them. */
  outputBytes: number;
}

/** Every raw stream since the module was loaded or the list was emptied. */
export const streams: RecordedStream[] = [];

/** zlib's module, with raw streams that are noted in `streams`. */
export function recordZlib(zlib: typeof Zlib): typeof Zlib {
  const record = <Stream extends Zlib.DeflateRaw | Zlib.InflateRaw>(
    kind: RecordedStream['kind'],
    options: Zlib.ZlibOptions = {},
    stream: Stream,
  ): Stream => {
    const entry: RecordedStream = { kind, options, stream, outputBytes: 0 };
    const push = stream.push.bind(stream);
    stream.push = (chunk: Uint8Array | null, ...rest) => {
      entry.outputBytes += chunk?.length ?? 0;
      return push(chunk, ...rest);
    };
    streams.push(entry);
    return stream;
  };
  return {
    ...zlib,
    createDeflateRaw: (options) => record('deflate', options, zlib.createDeflateRaw(options)),
    createInflateRaw: (options) => record('inflate', options, zlib.createInflateRaw(options)),
  };
}
