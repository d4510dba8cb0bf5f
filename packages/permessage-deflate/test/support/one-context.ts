import { HotContexts, type HotContext } from '../../src/node/index.js';

/** Those that keep one context hot, of which another one takes the place. */
export class OneContext extends HotContexts {
  constructor() {
    super(1);
  }

  /** Whatever is hot now loses its stream. */
  coolAll(): void {
    const other: HotContext = { idleTimeout: 0, usedAt: 0, cool: () => {} };
    this.add(other);
    this.delete(other);
  }
}
