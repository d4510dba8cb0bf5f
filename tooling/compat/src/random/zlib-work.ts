/**
 * Counts what zlib's threads have to do, so that a test can tell "nothing
 * happens any more" from "nothing has happened yet". It watches the streams of
 * the whole process: whoever compresses, compresses with these.
 */
import type { Transform } from 'node:stream';
import { InflateRaw } from 'node:zlib';

type Done = (error?: Error | null) => void;
type ZlibStream = Transform & { close(callback?: () => void): void };

let pending = 0;
const pendingOf = new WeakMap<object, number>();

function add(stream: object, change: number): void {
  const count = pendingOf.get(stream) ?? 0;
  const next = Math.max(0, count + change);
  pendingOf.set(stream, next);
  pending += next - count;
}

// Deflate and inflate share the prototype that does the work.
const base = Object.getPrototypeOf(
  Object.getPrototypeOf(InflateRaw.prototype as object) as object,
) as ZlibStream;
const transform = base._transform;
const destroy = base._destroy;

base._transform = function _transform(
  this: ZlibStream,
  chunk: unknown,
  encoding: BufferEncoding,
  done: Done,
): void {
  add(this, 1);
  transform.call(this, chunk, encoding, (error) => {
    add(this, -1);
    done(error);
  });
};

base._destroy = function _destroy(this: ZlibStream, error: Error | null, done: Done): void {
  add(this, -(pendingOf.get(this) ?? 0));
  destroy.call(this, error, done);
};

/** Whether zlib has something to do. */
export function zlibIsBusy(): boolean {
  return pending > 0;
}
