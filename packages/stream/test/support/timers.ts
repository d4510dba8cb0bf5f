/** Which timers run. Those of the test runner are not counted: it took its functions before. */
const { setTimeout, clearTimeout } = globalThis;

/** Follows every `setTimeout` and `clearTimeout` from here on, until `end`. */
export class TimerWatch {
  private readonly timers = new Set<unknown>();

  constructor() {
    const start = (run: (...values: unknown[]) => void, delay: number, ...values: unknown[]) => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        run(...values);
      }, delay);
      this.timers.add(timer);
      return timer;
    };
    globalThis.setTimeout = start as typeof setTimeout;
    globalThis.clearTimeout = (timer) => {
      this.timers.delete(timer);
      clearTimeout(timer);
    };
  }

  /** How many have neither fired nor been cleared. */
  get running(): number {
    return this.timers.size;
  }

  end(): void {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}
