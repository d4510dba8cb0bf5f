/**
 * Knows which piece of the program is running (a "tick": everything up to the
 * next turn of the platform's own queue) and calls back at its end. One queue
 * serves all connections, so that a broadcast schedules once, not per
 * connection.
 */

/** Something to do at the end of the tick. */
export interface TickTask {
  endOfTick(): void;
  /** Does at once what would be done by the end of the tick. */
  flush(): void;
}

export class TickQueue {
  /** Brackets that are open, of whichever connection: something is at work that sends. */
  brackets = 0;
  private number = 1;
  private scheduled = false;
  private over = false;
  private tasks: TickTask[] = [];
  /** Those that end on their own, within the running tick; mostly the last to come is the first to go. */
  private readonly open: TickTask[] = [];

  constructor(private readonly schedule: (task: () => void) => void) {}

  /** The number of the running tick; another number means another tick. */
  current(): number {
    if (this.over) this.number++;
    else if (!this.scheduled) {
      this.scheduled = true;
      this.schedule(this.end);
    }
    return this.number;
  }

  /** Notes a task that ends on its own, should the program end before. */
  enter(task: TickTask): void {
    this.open.push(task);
  }

  /** Forgets a task that was noted. */
  leave(task: TickTask): void {
    const { open } = this;
    if (open[open.length - 1] === task) open.pop();
    else open.splice(open.indexOf(task), 1);
  }

  /**
   * Does everything now, because the program ends before the tick does. What else happens until
   * then is a tick each.
   */
  flushAll(): void {
    this.over = true;
    this.end();
    for (const task of [...this.open]) task.flush();
  }

  /** Calls the task when the running tick ends. */
  atEnd(task: TickTask): void {
    this.current();
    this.tasks.push(task);
  }

  private readonly end = (): void => {
    this.number++;
    this.scheduled = false;
    if (this.tasks.length === 0) return;
    const tasks = this.tasks;
    this.tasks = [];
    this.run(tasks, 0);
  };

  /** A task that throws must not keep the bytes of other connections back. */
  private run(tasks: readonly TickTask[], from: number): void {
    let at = from;
    try {
      while (at < tasks.length) (tasks[at++] as TickTask).endOfTick();
    } finally {
      if (at < tasks.length) this.run(tasks, at);
    }
  }
}
