/** Calls the callbacks of one write. */
import type { WriteDone } from './byte-sink.js';

/**
 * Calls all callbacks in order. One that throws does not keep the others from
 * being called: they follow in a turn of their own, and its error goes up.
 *
 * @param schedule - runs a task once the running piece of the program is over
 */
export function callAll(
  callbacks: readonly WriteDone[],
  error: Error | null | undefined,
  schedule: (task: () => void) => void,
  from = 0,
): void {
  let at = from;
  try {
    while (at < callbacks.length) (callbacks[at++] as WriteDone)(error);
  } finally {
    if (at < callbacks.length) {
      schedule(() => {
        callAll(callbacks, error, schedule, at);
      });
    }
  }
}
