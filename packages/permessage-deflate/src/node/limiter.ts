/**
 * How many zlib jobs may be under way at the same time.
 *
 * Node runs zlib's asynchronous work on a thread pool of four. Thousands of jobs thrown at it at
 * once fragment the allocator's memory and starve file system and DNS, which share the pool; so
 * they wait here. Knows nothing of what a job does.
 */

/** A piece of work that waits for its turn. */
export interface LimitedJob {
  /** Called once per `acquire`, at once or later, when it is the job's turn; must not throw. */
  start(): void;
}

/** Decides when jobs start; {@link ConcurrencyLimiter} is the one that is used by default. */
export interface JobLimiter {
  /** Starts the job, at once if there is room for it; `release` must follow when it has ended. */
  acquire(job: LimitedJob): void;
  /** Ends a job that was started, which lets another one start. */
  release(): void;
  /** Takes a job that has not started out of the queue; it needs no `release`. */
  cancel(job: LimitedJob): void;
}

/** Lets at most `limit` jobs run; the others wait in the order in which they came. */
export class ConcurrencyLimiter implements JobLimiter {
  /** How many jobs may run at once; Infinity when there is no limit. */
  readonly limit: number;
  private readonly waiting = new Set<LimitedJob>();
  // Kept from call to call: a fresh iterator would walk over the places of all who have left.
  private queue: Iterator<LimitedJob> = this.waiting.values();
  private runningJobs = 0;

  /**
   * @param limit - jobs at once; 0 means no limit
   * @throws {RangeError} if `limit` is negative or not a number
   */
  constructor(limit: number) {
    if (!(limit >= 0)) {
      throw new RangeError(`The limit must be 0 (no limit) or a positive number, got ${limit}`);
    }
    // Not `=== 0`: with null, which compares like it, no job would ever start.
    this.limit = limit > 0 ? limit : Infinity;
  }

  /** Jobs that have started and were not released. */
  get running(): number {
    return this.runningJobs;
  }

  /** Jobs that wait for their turn. */
  get queued(): number {
    return this.waiting.size;
  }

  acquire(job: LimitedJob): void {
    if (this.runningJobs < this.limit) this.run(job);
    else this.waiting.add(job);
  }

  release(): void {
    this.runningJobs -= 1;
    const next = this.takeNext();
    if (next !== undefined) this.run(next);
  }

  cancel(job: LimitedJob): void {
    this.waiting.delete(job);
  }

  private run(job: LimitedJob): void {
    this.runningJobs += 1;
    job.start();
  }

  private takeNext(): LimitedJob | undefined {
    let next = this.queue.next();
    if (next.done === true) {
      // An iterator that has come to its end stays there, whoever queues up later.
      this.queue = this.waiting.values();
      next = this.queue.next();
    }
    if (next.done === true) return undefined;
    this.waiting.delete(next.value);
    return next.value;
  }
}

const defaultConcurrencyLimit = 10;

let sharedLimiter: ConcurrencyLimiter | undefined;

/**
 * Returns the limiter of the whole process.
 *
 * @param limit - counts for the first caller only, as in `ws`: the thread pool is one per process,
 *   and so is its limit; 10 when absent, 0 means no limit
 */
export function getSharedLimiter(limit: number = defaultConcurrencyLimit): ConcurrencyLimiter {
  sharedLimiter ??= new ConcurrencyLimiter(limit);
  return sharedLimiter;
}
