// @ts-check
// How many messages one peer may send: a token bucket, and an end to patience.

/**
 * The messages that one peer may still send.
 *
 * A full bucket allows `burst` messages at once, then `perSecond`. After more than `patience`
 * refused messages in a row the peer is not mistaken but hostile.
 */
export class MessageBudget {
  #limits;
  #now;
  #tokens;
  #refilledAt;
  #refused = 0;

  /**
   * @param {{ burst: number, perSecond: number, patience: number }} limits
   * @param {() => number} now - a clock in milliseconds that never goes back
   */
  constructor(limits, now = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#tokens = limits.burst;
    this.#refilledAt = now();
  }

  /**
   * Pays for one message.
   *
   * @returns {'allowed' | 'refused' | 'exhausted'} `exhausted`: close the connection
   */
  spend() {
    this.#refill();
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      this.#refused = 0;
      return 'allowed';
    }
    this.#refused += 1;
    return this.#refused > this.#limits.patience ? 'exhausted' : 'refused';
  }

  #refill() {
    const now = this.#now();
    const earned = ((now - this.#refilledAt) / 1000) * this.#limits.perSecond;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + earned);
    this.#refilledAt = now;
  }
}
