/**
 * Masking keys for the frames of a client.
 *
 * Keys must come from a strong source of entropy (RFC 6455 §5.3); asking it
 * for four bytes at a time costs more than the rest of a small frame, so a
 * pool is filled at once and used up.
 */

const keysPerFill = 2048;

/** Gives out each key once; memory and randomness are asked for on first use. */
export class MaskingKeyPool {
  private keys: Uint32Array<ArrayBuffer> | undefined;
  private position = keysPerFill;

  constructor(private readonly randomFill: (target: Uint8Array) => void) {}

  /** The next masking key, an unsigned 32-bit integer. */
  next(): number {
    if (this.position === keysPerFill) this.refill();
    return (this.keys as Uint32Array)[this.position++] as number;
  }

  private refill(): void {
    this.keys ??= new Uint32Array(keysPerFill);
    this.randomFill(new Uint8Array(this.keys.buffer));
    this.position = 0;
  }
}
