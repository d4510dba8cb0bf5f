import { canRunSync } from '../../src/node/sync-zlib.js';

/** A way in which the codec gets its work done. What comes out is the same in all of them. */
export interface Mode {
  readonly name: string;
  /** Whether small fragments are done when the call returns. */
  readonly sync: boolean;
  /** For the codec. */
  readonly options: { readonly maxSyncBytes?: number };
}

const synchronous: Mode = { name: 'synchronous', sync: true, options: {} };
const threadPool: Mode = { name: 'thread pool', sync: false, options: { maxSyncBytes: 0 } };
const fallback: Mode = { name: 'fallback', sync: false, options: {} };

/**
 * The modes to run a suite in. In `fallback.test.ts`, where zlib does not run on the calling thread,
 * there is only one.
 *
 * Asking for them also has the codec try out what zlib can do, which creates two streams.
 */
export const modes: readonly Mode[] = canRunSync() ? [synchronous, threadPool] : [fallback];
