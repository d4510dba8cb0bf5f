/** Waiting for one event, with an end to the wait that says what did not come. */
import type { EventEmitter } from 'node:events';

export interface OnceEventOptions {
  /** Milliseconds until the wait fails. Default 5000. */
  timeout?: number;
  /** Gives the wait up when it aborts. */
  signal?: AbortSignal;
}

/**
 * Waits for the next `name` event.
 *
 * An `'error'` event that comes first fails the wait, unless it is the one that
 * is waited for. All listeners are gone when the promise settles.
 *
 * @returns the arguments of the event
 * @throws {Error} (rejects) when the time is over or the signal aborts
 */
export function onceEvent<Arguments extends unknown[] = unknown[]>(
  emitter: Pick<EventEmitter, 'on' | 'removeListener'>,
  name: string | symbol,
  { timeout = 5000, signal }: OnceEventOptions = {},
): Promise<Arguments> {
  // Made here, so that its stack shows who waits.
  const late = new Error(`No '${String(name)}' event within ${timeout} ms`);
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      emitter.removeListener(name, onEvent);
      emitter.removeListener('error', onError);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    const onEvent = (...received: unknown[]): void => {
      settle();
      resolve(received as Arguments);
    };
    const onError = (cause: unknown): void =>
      fail(new Error(`'error' came before '${String(name)}': ${String(cause)}`, { cause }));
    const onAbort = (): void =>
      fail(new Error(`The wait for '${String(name)}' was given up`, { cause: signal?.reason }));

    const timer = setTimeout(() => fail(late), timeout);
    emitter.on(name, onEvent);
    if (name !== 'error') emitter.on('error', onError);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
