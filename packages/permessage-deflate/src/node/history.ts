/**
 * The last bytes of what went through a context, from which its window can be built again.
 *
 * All that context takeover demands of an inflater between two messages is this text, of at most a
 * window's size. It is a copy: the messages themselves belong to the application.
 */

/** Less than this is not worth growing for. */
const minAllocatedBytes = 256;

const noBytes: Uint8Array = new Uint8Array(0);

export class History {
  private bytes: Uint8Array = noBytes;
  /** Where the oldest byte is; other than 0 only when all of `capacity` is in use. */
  private start = 0;
  private used = 0;

  /** @param capacity - bytes to keep, the size of the window */
  constructor(private readonly capacity: number) {}

  /** Bytes that are kept. */
  get length(): number {
    return this.used;
  }

  append(text: Uint8Array): void {
    if (text.length === 0) return;
    const { capacity } = this;
    const added = text.length > capacity ? text.subarray(text.length - capacity) : text;
    if (this.used + added.length > this.bytes.length) this.grow(this.used + added.length);
    const { bytes } = this;
    const at = (this.start + this.used) % bytes.length;
    const room = bytes.length - at;
    if (added.length <= room) bytes.set(added, at);
    else {
      bytes.set(added.subarray(0, room), at);
      bytes.set(added.subarray(room), 0);
    }
    this.used += added.length;
    if (this.used > capacity) {
      this.start = (this.start + this.used - capacity) % capacity;
      this.used = capacity;
    }
  }

  /** Writes all that is kept, the oldest byte first. */
  copyTo(target: Uint8Array, at: number): void {
    const first = Math.min(this.used, this.bytes.length - this.start);
    target.set(this.bytes.subarray(this.start, this.start + first), at);
    target.set(this.bytes.subarray(0, this.used - first), at + first);
  }

  clear(): void {
    this.bytes = noBytes;
    this.start = 0;
    this.used = 0;
  }

  /** Doubles, so that appending stays cheap; a history of few small messages stays small. */
  private grow(needed: number): void {
    const { bytes, capacity } = this;
    if (bytes.length === capacity) return;
    const wanted = Math.max(needed, bytes.length * 2, minAllocatedBytes);
    // Memory of its own: a slice of Node's pool would keep all of the pool alive.
    const grown = Buffer.allocUnsafeSlow(Math.min(wanted, capacity));
    grown.set(bytes.subarray(0, this.used));
    this.bytes = grown;
  }
}
