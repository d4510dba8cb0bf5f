/** A transform that can encode apart; the work is the test's to finish, or is done at once. */
import type { TransformDone } from '../../src/index.js';
import { FakeTransform, turn } from './fake-transform.js';

/** What transforms of one kind share in a test: how often they were asked, and what is under way. */
export class ApartKind {
  encodings = 0;
  synchronous = true;
  throws: Error | undefined;
  readonly pending: TransformDone[] = [];

  /** Finishes all that is under way. */
  finish(...outcome: Parameters<TransformDone>): void {
    for (const done of this.pending.splice(0)) done(...outcome);
  }
}

export class ApartTransform extends FakeTransform {
  /** What was sent apart, as text, in turn with what was encoded. */
  readonly log: string[] = [];
  minApartBytes = 0;

  constructor(readonly kind: ApartKind) {
    super();
    this.synchronous = true;
  }

  get sharingKey(): object {
    return this.kind;
  }

  shouldEncodeApart(bytes: number): boolean {
    return bytes >= this.minApartBytes;
  }

  override encode(payload: Uint8Array, fin: boolean, done: TransformDone): Uint8Array | undefined {
    this.log.push(`encode ${Buffer.from(payload).toString()}`);
    return super.encode(payload, fin, done);
  }

  encodeApart(payload: Uint8Array, done: TransformDone): Uint8Array | undefined {
    if (this.kind.throws !== undefined) throw this.kind.throws;
    this.kind.encodings++;
    if (this.kind.synchronous) return turn(payload);
    this.kind.pending.push(done);
    return undefined;
  }

  sentApart(payload: Uint8Array): void {
    this.log.push(`apart ${Buffer.from(payload).toString()}`);
  }
}
