/**
 * Runs a raw zlib stream on the calling thread, a piece at a time.
 *
 * What `node:zlib` documents for that, such as `deflateRawSync`, sets zlib up for one buffer and
 * tears it down again. The handle below a stream object can go on from where the last call stopped,
 * but it is not documented. So it is tried out once, at first use; where it does not do what is
 * needed here, `canRunSync` says so and everything goes through the documented streams.
 *
 * This is the only module that knows the undocumented part.
 */
import {
  constants,
  createDeflateRaw,
  createInflateRaw,
  type DeflateRaw,
  type InflateRaw,
} from 'node:zlib';

export type RawStream = DeflateRaw | InflateRaw;

interface ZlibHandle {
  writeSync(
    flush: number,
    input: Uint8Array,
    inputAt: number,
    inputBytes: number,
    output: Uint8Array,
    outputAt: number,
    outputBytes: number,
  ): void;
}

interface DrivenStream {
  readonly _handle: ZlibHandle | null;
  /** Set by `writeSync`: bytes of the output that are free, bytes of the input that are unread. */
  readonly _writeState: Uint32Array;
}

/**
 * Has zlib read the input from `at` to `end` and flush what comes of it into `output`.
 *
 * Stops early where the output is full, or the deflate stream has ended. The stream must not be
 * at work on anything else.
 *
 * @throws {Error} what zlib reports; the stream is destroyed then, or was before
 */
export function runSync(
  stream: RawStream,
  input: Uint8Array,
  at: number,
  end: number,
  output: Uint8Array,
): void {
  const handle = (stream as unknown as DrivenStream)._handle;
  if (handle === null) throw stream.errored ?? new Error('The zlib stream is closed');
  handle.writeSync(constants.Z_SYNC_FLUSH, input, at, end - at, output, 0, output.length);
  if (stream.destroyed) throw stream.errored ?? new Error('zlib failed');
}

/** Bytes of the output that the last {@link runSync} of this stream left free. */
export function freeBytes(stream: RawStream): number {
  return (stream as unknown as DrivenStream)._writeState[0] as number;
}

/** Bytes of the input that the last {@link runSync} of this stream did not read. */
export function unreadBytes(stream: RawStream): number {
  return (stream as unknown as DrivenStream)._writeState[1] as number;
}

let verdict: boolean | undefined;

/** Whether {@link runSync} works on this platform; tried out at the first call. */
export function canRunSync(): boolean {
  verdict ??= tryOut();
  return verdict;
}

/** Two messages there and back over one context, and garbage. */
function tryOut(): boolean {
  const deflate = createDeflateRaw();
  const inflate = createInflateRaw();
  // What a failure emits comes later and is known by then.
  inflate.on('error', () => {});
  try {
    const message = Buffer.from('hybi hybi hybi');
    const lengths = [0, 0].map(() => {
      const compressed = run(deflate, message);
      if (!run(inflate, compressed).equals(message)) throw new Error('Not what went in');
      return compressed.length;
    });
    if ((lengths[1] as number) >= (lengths[0] as number)) return false;
    return refusesGarbage(inflate);
  } catch {
    return false;
  } finally {
    deflate.close();
    inflate.close();
  }
}

function run(stream: RawStream, input: Buffer): Buffer {
  const output = Buffer.alloc(64);
  runSync(stream, input, 0, input.length, output);
  if (unreadBytes(stream) !== 0) throw new Error('Input is left');
  return output.subarray(0, output.length - freeBytes(stream));
}

function refusesGarbage(inflate: InflateRaw): boolean {
  try {
    run(inflate, Buffer.from([0xff, 0xff]));
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'Z_DATA_ERROR';
  }
}
