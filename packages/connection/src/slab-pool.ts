/**
 * The memory in which small frames are gathered before they are written.
 *
 * A slab belongs to one write batch from its first frame to its write. Slabs
 * that the transport did not take at once are not given back: their bytes are
 * still being read.
 */

/** Bytes of a slab for a connection that sends a little. */
export const smallSlabBytes: number = 4 * 1024;
/** Bytes of a slab for a connection that sends much at once. */
export const largeSlabBytes: number = 64 * 1024;

// What stays allocated for good: at most 4 MiB, for broadcasts, and 1 MiB.
const maxSmallSlabs = 1024;
const maxLargeSlabs = 16;

/** Slabs of two sizes, made on demand. */
export class SlabPool {
  private readonly small: Uint8Array[] = [];
  private readonly large: Uint8Array[] = [];

  constructor(private readonly allocate: (size: number) => Uint8Array) {}

  take(size: number): Uint8Array {
    const free = size === smallSlabBytes ? this.small : this.large;
    return free.pop() ?? this.allocate(size);
  }

  /** Takes a slab back that nobody reads any more. */
  give(slab: Uint8Array): void {
    if (slab.length === smallSlabBytes) {
      if (this.small.length < maxSmallSlabs) this.small.push(slab);
    } else if (this.large.length < maxLargeSlabs) this.large.push(slab);
  }
}
