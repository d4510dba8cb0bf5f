/** What of an exchange must be seen on the wire: that messages are compressed as was agreed. */
import type { Message, SizedMessage, Step } from '../protocol.js';
import type { WireMessage } from '../wire-direction.js';
import { expect } from 'vitest';
import { describeMessage, expected } from '../expected.js';

/** How one side compresses. */
export interface Sender {
  /** For messages of errors. */
  readonly name: string;
  /** As agreed. */
  readonly windowBits: number;
  readonly takeover: boolean;
  /** How far back it looks for what it repeats, in bytes; no farther than the window reaches. */
  readonly reach: number;
  /** Bytes from which on it compresses a message. */
  readonly compressesFrom: number;
  readonly sendsPlain: boolean;
  readonly sendsFragments: boolean;
}

/**
 * zlib's look-ahead: it finds what lies at least this much less than the window's size behind. With
 * 8 bits it would find nothing, so everybody has it use a window of 9 bits, of which it reaches over
 * 250 bytes: a receiver with 8 bits has them.
 */
const lookAhead = 262;

/** The reach of a zlib that was set up for this window. */
export function reachOf(windowBits: number): number {
  return 2 ** Math.max(windowBits, 9) - lookAhead;
}

/** What comes of a message. */
interface ExpectedWire {
  readonly message: Message;
  readonly compressed: boolean;
  /** Whether compression makes it clearly smaller; undefined: that is not known. */
  readonly smaller: boolean | undefined;
  /** Undefined where the sender decides. */
  readonly frames: number | undefined;
}

/** Smaller messages say little: a flush may be larger than what it flushes. */
const minTellingBytes = 50;

/** Follows a sender's window over its messages. */
class Prediction {
  private position = 0;
  private readonly seenAt = new Map<string, number>();

  constructor(private readonly sender: Sender) {}

  next({ message, sizes = [], plain = false }: Step): ExpectedWire {
    const { sender } = this;
    const { length } = expected(message).bytes;
    const compressed = !(plain && sender.sendsPlain) && length >= sender.compressesFrom;
    const frames = sender.sendsFragments ? sizes.length + 1 : undefined;
    const smaller = compressed && 'content' in message ? this.isSmaller(message) : undefined;
    if (compressed) this.position += length;
    return { message, compressed, smaller, frames };
  }

  private isSmaller(message: SizedMessage): boolean | undefined {
    const { kind, content, bytes } = message;
    if (bytes < minTellingBytes) return undefined;
    if (content === 'repetitive' && bytes > 100) return true;
    if (kind === 'text') return undefined;
    if (typeof content === 'number') return this.isFound(content);
    if (content !== 'random') return undefined;
    const key = JSON.stringify(message);
    const before = this.seenAt.get(key);
    this.seenAt.set(key, this.position);
    if (before === undefined || !this.sender.takeover) return false;
    return this.isFound(this.position - before);
  }

  private isFound(distance: number): boolean | undefined {
    const { reach, windowBits } = this.sender;
    if (distance < reach) return true;
    return distance > 2 ** windowBits ? false : undefined;
  }
}

/** The messages of a side went over the wire in the manner that was agreed on. */
export function expectWire(
  sender: Sender,
  steps: readonly Step[],
  messages: readonly WireMessage[],
): void {
  const prediction = new Prediction(sender);
  expect(messages.length, `messages of ${sender.name}`).toBe(steps.length);
  steps.forEach((step, index) => {
    const { message, compressed, smaller, frames } = prediction.next(step);
    const { payloadBytes, ...seen } = messages[index]!;
    const which = `${describeMessage(message)}, no. ${index} of ${sender.name}`;
    expect(seen, which).toEqual({ compressed, frames: frames ?? seen.frames });
    const { length } = expected(message).bytes;
    if (!compressed) expect(payloadBytes, which).toBe(length);
    if (smaller === true) expect(payloadBytes, which).toBeLessThan(0.75 * length);
    // Few different bytes, often repeated, take some bits less each.
    if (smaller === false) expect(payloadBytes, which).toBeGreaterThan(0.9 * length);
  });
}
