/**
 * Which contexts keep a zlib stream between two messages.
 *
 * A context without one costs no more than the text in its window. So only those that were used
 * last keep theirs, up to a limit for the whole process, and none keeps it for long when it is
 * idle. Knows when a stream is given up, not how.
 */

/** One direction of a connection, between two messages. */
export interface HotContext {
  /** Milliseconds after which it is idle; 0: never. */
  readonly idleTimeout: number;
  /** When it was last used, in milliseconds; set by {@link HotContexts}. */
  usedAt: number;
  /** Gives the stream up. @param idle - because it was not used, and not because others need it */
  cool(idle: boolean): void;
}

/** What a timer can wait for at most; with more it would end at once. */
const maxTimerDelay = 2 ** 31 - 1;

export class HotContexts {
  /** The one that was used last comes last. */
  private readonly contexts = new Set<HotContext>();
  private timer: NodeJS.Timeout | undefined;
  private timerEnd = 0;

  /**
   * @param limit - how many contexts may be hot at once; with 0 every message sets zlib up anew
   * @throws {RangeError} if `limit` is negative or not a number
   */
  constructor(readonly limit: number) {
    if (!(limit >= 0)) {
      throw new RangeError(`The limit must be 0 or a positive number, got ${limit}`);
    }
  }

  /** How many contexts are hot. */
  get size(): number {
    return this.contexts.size;
  }

  /** A message has ended: the context is hot, and the one that was not used for longest may cool. */
  add(context: HotContext): void {
    // It may be in here still, at a place further up.
    this.contexts.delete(context);
    this.contexts.add(context);
    if (this.contexts.size > this.limit) this.coolOldest();
    if (context.idleTimeout > 0) this.watch(context);
  }

  /** A message begins, or the connection has ended. */
  delete(context: HotContext): void {
    this.contexts.delete(context);
  }

  private coolOldest(): void {
    const [oldest] = this.contexts;
    if (oldest === undefined) return;
    this.contexts.delete(oldest);
    oldest.cool(false);
  }

  private watch(context: HotContext): void {
    context.usedAt = performance.now();
    this.wakeAt(context.usedAt + context.idleTimeout);
  }

  /** One timer for all; it keeps no process alive. */
  private wakeAt(time: number): void {
    if (this.timer !== undefined) {
      if (this.timerEnd <= time) return;
      clearTimeout(this.timer);
    }
    this.timerEnd = time;
    const delay = Math.ceil(time - performance.now());
    this.timer = setTimeout(this.coolIdle, Math.min(Math.max(1, delay), maxTimerDelay));
    this.timer.unref();
  }

  private readonly coolIdle = (): void => {
    this.timer = undefined;
    const now = performance.now();
    let next = Infinity;
    for (const context of this.contexts) {
      if (!(context.idleTimeout > 0)) continue;
      const end = context.usedAt + context.idleTimeout;
      if (end > now) next = Math.min(next, end);
      else {
        this.contexts.delete(context);
        context.cool(true);
      }
    }
    if (next < Infinity) this.wakeAt(next);
  };
}

const defaultLimit = 256;

let shared: HotContexts | undefined;

/** Returns those of the whole process: at most 256 at once, a deflater or an inflater each. */
export function getSharedContexts(): HotContexts {
  shared ??= new HotContexts(defaultLimit);
  return shared;
}
