/** Which timers a call starts. */

/** The delays, in ms, of the timers that are started while the call runs. */
export function timerDelays(call: () => void): number[] {
  const { setTimeout } = globalThis;
  const delays: number[] = [];
  const noting = (...args: Parameters<typeof setTimeout>): NodeJS.Timeout => {
    const timer = setTimeout(...args);
    delays.push((timer as unknown as { _idleTimeout: number })._idleTimeout);
    return timer;
  };
  globalThis.setTimeout = noting as typeof setTimeout;
  try {
    call();
  } finally {
    globalThis.setTimeout = setTimeout;
  }
  return delays;
}
