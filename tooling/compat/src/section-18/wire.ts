/** The least socket that a `Sender` works on. */
import type { World } from '../world.js';

export class Wire {
  destroyed = false;
  #bytes: Buffer[] = [];
  #corks = 0;

  write(chunk: Buffer | string, callback?: unknown): boolean {
    this.#bytes.push(Buffer.from(chunk as string));
    if (typeof callback === 'function') process.nextTick(callback as () => void);
    return true;
  }

  cork(): void {
    this.#corks += 1;
  }

  uncork(): void {
    this.#corks -= 1;
  }

  /** What was written since the last call, and whether each cork was taken back. */
  take(): [Buffer, boolean] {
    const bytes = Buffer.concat(this.#bytes);
    this.#bytes = [];
    return [bytes, this.#corks === 0];
  }
}

/** The key 01 02 03 04. */
export function countingKey(key: Buffer): void {
  key.writeUInt32BE(0x01020304);
}

/** A `Sender` on a {@link Wire}. */
export function senderOn(world: World, ...rest: unknown[]): { sender: any; wire: Wire } {
  const wire = new Wire();
  return { sender: new (world.lib.module.Sender as any)(wire, ...rest), wire };
}

/** Calls a method with a callback behind its arguments, and waits for that. */
export function called(sender: any, method: string, ...values: unknown[]): Promise<unknown[]> {
  return new Promise((resolve) => {
    sender[method](...values, (...outcome: unknown[]) => resolve(outcome));
  });
}
