/**
 * What the package asks of memory: an allocator, and a check of arguments.
 *
 * Knows nothing of frames.
 */

/** Stands where there are no bytes. */
export const noBytes: Uint8Array = new Uint8Array(0);

/**
 * Gives memory of exactly `size` bytes, which may be uninitialised: it is never handed out before it
 * is filled. On Node `Buffer.allocUnsafe` makes every payload a `Buffer`.
 */
export type Allocate = (size: number) => Uint8Array;

/** The allocator where none is given. */
export function allocateZeroed(size: number): Uint8Array {
  return new Uint8Array(size);
}

/**
 * Throws unless `value` is a `Uint8Array` (a `Buffer` is one).
 *
 * An array of another realm (a worker's `vm` context, a test runner's sandbox) is one too, so the
 * prototype alone does not decide.
 *
 * @throws {TypeError} with the name of the argument in its message
 */
export function checkUint8Array(value: unknown, name: string): asserts value is Uint8Array {
  if (value instanceof Uint8Array) return;
  if (Object.prototype.toString.call(value) === '[object Uint8Array]') return;
  throw new TypeError(`${name} must be a Uint8Array`);
}
