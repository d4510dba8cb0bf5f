/**
 * A payload that a chunk edge has cut: its bytes are unmasked while they are copied together.
 *
 * Its memory grows in proportion to what arrived, never to what the peer has merely announced: a
 * header of 14 bytes can announce 2^53. The last step of growth is exactly the announced length, so
 * that nothing lies behind a finished payload.
 *
 * Knows nothing of limits, which the decoder has checked before.
 */
import { noBytes } from './bytes.js';
import type { Allocate } from './bytes.js';
import type { Masking } from './masking.js';

/** The least that is allocated at first, where so much is announced. */
const leastCapacity = 16 * 1024;

/** By how much memory runs ahead of what arrived: growing copies a third of the payload at most. */
const growthFactor = 4;

/** Collects the payload of one frame. */
export class PartialPayload {
  /** The payload once `missing` is 0. */
  bytes: Uint8Array;
  /** How many bytes are there. */
  received: number;

  private readonly announced: number;
  private readonly allocate: Allocate;

  /** @param announced - bytes in the whole payload, at least 1; nothing is allocated for them yet */
  constructor(announced: number, allocate: Allocate) {
    this.bytes = noBytes;
    this.received = 0;
    this.announced = announced;
    this.allocate = allocate;
  }

  /** How many bytes have not arrived. */
  get missing(): number {
    return this.announced - this.received;
  }

  /**
   * Adds `chunk[start..end)`, no more than is missing.
   *
   * @throws whatever the allocator throws; nothing has changed then
   */
  append(
    chunk: Uint8Array,
    start: number,
    end: number,
    maskingKey: number,
    masking: Masking,
  ): void {
    const { received } = this;
    this.reserve(received + end - start);
    if (maskingKey === 0) this.bytes.set(chunk.subarray(start, end), received);
    else masking.into(chunk, start, end, this.bytes, received, maskingKey, received & 3);
    this.received = received + end - start;
  }

  private reserve(needed: number): void {
    const { bytes, received } = this;
    if (needed <= bytes.length) return;
    const wanted =
      received === 0
        ? Math.max(growthFactor * needed, leastCapacity)
        : Math.max(growthFactor * bytes.length, needed);
    this.bytes = this.allocate(Math.min(this.announced, wanted));
    if (received > 0) this.bytes.set(bytes.subarray(0, received));
  }
}
