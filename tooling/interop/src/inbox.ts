/** What has come and was not looked at yet, in the order in which it came. */

const timeoutMs = 20_000;

/** Nothing came in time. */
export class LateError extends Error {
  override readonly name = 'LateError';
}

/** A queue that can be waited for. */
export class Inbox<Item> {
  private readonly items: Item[] = [];
  private wake: (() => void) | undefined;
  private failure: Error | undefined;

  /** @param name - whose inbox it is, for messages of errors */
  constructor(private readonly name: string) {}

  put(item: Item): void {
    this.items.push(item);
    this.wake?.();
  }

  /** Lets all waits fail: nothing will come any more. */
  fail(error: Error): void {
    this.failure ??= error;
    this.wake?.();
  }

  /** What nobody has taken. */
  get rest(): readonly Item[] {
    return this.items;
  }

  /**
   * Takes the next item. One may wait at a time.
   *
   * @param what - what is expected, for the message of the error
   * @throws {LateError} (rejects) when nothing comes within 20 seconds
   * @throws {Error} (rejects) when nothing can come any more
   */
  async take(what: string): Promise<Item> {
    if (this.items.length === 0 && this.failure === undefined) await this.change(what);
    const item = this.items.shift();
    if (item === undefined) throw this.failure ?? new Error(`${this.name}: nothing came`);
    return item;
  }

  private change(what: string): Promise<void> {
    // Made here, so that its stack shows who waits.
    const late = new LateError(`${this.name}: ${what} did not come within ${timeoutMs} ms`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.wake = undefined;
        reject(late);
      }, timeoutMs);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
    });
  }
}
