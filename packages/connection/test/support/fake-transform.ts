/** A transform whose work the test finishes by hand, or at once. */
import type { MessageTransform, TransformDone } from '../../src/index.js';

/** Turns every byte around: its own inverse, and easily told from the original. */
export function turn(payload: Uint8Array): Uint8Array {
  return Uint8Array.from(payload, (byte) => byte ^ 0xff);
}

export class FakeTransform implements MessageTransform {
  /** Steps under way, oldest first. */
  readonly pending: { kind: 'encode' | 'decode'; finish: (error?: Error) => void }[] = [];
  closed = false;
  minBytes = 0;
  /** Whether results are there at once. */
  synchronous = false;
  /** What the next step throws. */
  throws: Error | undefined;

  shouldEncode(firstFragmentBytes: number): boolean {
    return firstFragmentBytes >= this.minBytes;
  }

  encode(payload: Uint8Array, _fin: boolean, done: TransformDone): Uint8Array | undefined {
    return this.step('encode', payload, done);
  }

  decode(payload: Uint8Array, _fin: boolean, done: TransformDone): Uint8Array | undefined {
    return this.step('decode', payload, done);
  }

  close(): void {
    this.closed = true;
    for (const step of this.pending.splice(0)) step.finish(new Error('The transform was closed'));
  }

  /** Finishes the oldest step. */
  finish(error?: Error): void {
    this.pending.shift()?.finish(error);
  }

  private step(
    kind: 'encode' | 'decode',
    payload: Uint8Array,
    done: TransformDone,
  ): Uint8Array | undefined {
    if (this.throws !== undefined) throw this.throws;
    if (this.synchronous) return turn(payload);
    if (this.pending.some((each) => each.kind === kind)) {
      throw new Error(`Two steps of ${kind} at once`);
    }
    const finish = (error?: Error): void => {
      if (error === undefined) done(null, turn(payload));
      else done(error);
    };
    this.pending.push({ kind, finish });
    return undefined;
  }
}
