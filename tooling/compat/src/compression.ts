/**
 * Messages on both sides of the size up to which hybi compresses and inflates
 * at once. `ws` has its thread pool do all of them.
 */
import { constants, deflateRawSync } from 'node:zlib';

/** Why the record of a small message differs. */
export const doneAtOnce =
  'hybi compresses and inflates up to 16 KiB on the calling thread: a hop to the thread pool costs more than the work';

/** An option of hybi that `ws` ignores: everything is compressed on the thread pool, as in `ws`. */
export const allOnThreadPool: { readonly maxSyncBytes: 0 } = { maxSyncBytes: 0 };

/** An option for zlib with which hybi compresses to the same bytes as `ws`. */
export const sameBytes: { readonly windowBits: 15; readonly memLevel: 8 } = {
  windowBits: 15,
  memLevel: 8,
};

/** So long that hybi compresses it on the thread pool. */
export const largeText: string = 'large '.repeat(4000);

/** {@link largeText} as the payload of a message, so long that hybi inflates it on the thread pool. */
export function largePayload(): Buffer {
  return deflateRawSync(largeText, { level: 0, finishFlush: constants.Z_SYNC_FLUSH }).subarray(
    0,
    -4,
  );
}

/** "Hello" as the payload of a message, from RFC 7692 §7.2.3.1; hybi inflates it at once. */
export const smallPayload: Buffer = Buffer.from('f248cdc9c90700', 'hex');
