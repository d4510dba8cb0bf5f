import type * as Zlib from 'node:zlib';

/** A raw stream that the codec has made. */
export interface RecordedStream {
  readonly kind: 'deflate' | 'inflate';
  readonly options: Zlib.ZlibOptions;
  readonly stream: Zlib.DeflateRaw | Zlib.InflateRaw;
  /** Bytes that came out, whether or not the codec wanted them. */
  outputBytes: number;
  /** How often it was set back, to serve another context. */
  resets: number;
}

/** Every raw stream since the module was loaded or the list was emptied. */
export const streams: RecordedStream[] = [];

/** Those of them that hold zlib's memory. */
export function aliveStreams(): RecordedStream[] {
  return streams.filter(({ stream }) => !stream.destroyed);
}

/** The part of a stream that Node does not document; see `sync-zlib.ts`. */
interface Driven {
  readonly _handle: { writeSync(...args: unknown[]): void } | null;
  readonly _writeState: Uint32Array;
}

/** zlib's module, with raw streams that are noted in `streams`. */
export function recordZlib(zlib: typeof Zlib): typeof Zlib {
  const record = <Stream extends Zlib.DeflateRaw | Zlib.InflateRaw>(
    kind: RecordedStream['kind'],
    options: Zlib.ZlibOptions = {},
    stream: Stream,
  ): Stream => {
    const entry: RecordedStream = { kind, options, stream, outputBytes: 0, resets: 0 };
    recordOutput(entry);
    const reset = stream.reset.bind(stream);
    stream.reset = () => {
      entry.resets += 1;
      reset();
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

/** Counts what leaves through the stream, and what `writeSync` leaves in memory. */
function recordOutput(entry: RecordedStream): void {
  const { stream } = entry;
  const push = stream.push.bind(stream);
  stream.push = (chunk: Uint8Array | null, ...rest) => {
    entry.outputBytes += chunk?.length ?? 0;
    return push(chunk, ...rest);
  };
  const { _handle: handle, _writeState: state } = stream as unknown as Driven;
  if (handle === null) return;
  const writeSync = handle.writeSync.bind(handle);
  handle.writeSync = (...args) => {
    writeSync(...args);
    entry.outputBytes += (args.at(-1) as number) - (state[0] as number);
  };
}
