/** The messages of the tests as this side makes and compares them; each is made once. */
import { createHash } from 'node:crypto';
import { createPayload, createRandom, toBytes } from '../peers/payload.mjs';
import type { Message } from './protocol.js';

export interface Expected {
  /** As it is given to `send`. */
  readonly payload: string | Uint8Array;
  /** As it goes over the wire. */
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

const made = new Map<string, Expected>();

/** The bytes of a message. */
export function expected(message: Message): Expected {
  const key = JSON.stringify(message);
  const known = made.get(key);
  if (known !== undefined) return known;
  const payload = createPayload(message);
  const bytes = toBytes(payload);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const result = { payload, bytes, sha256 };
  made.set(key, result);
  return result;
}

/** A message in words, for errors. */
export function describeMessage(message: Message): string {
  if ('text' in message) return `the text ${JSON.stringify(message.text)}`;
  const { kind, bytes, seed, content = 'mixed' } = message;
  return `a ${kind} message of ${bytes} ${content} bytes (seed ${seed})`;
}

/** Both kinds and all lengths of headers, in no order; mostly small, as messages are. */
export function mixedMessages(count: number, seed: number): Message[] {
  const random = createRandom(seed);
  const limits = [4, 130, 130, 130, 1000, 1000, 5000];
  return Array.from({ length: count }, (_, index) => ({
    kind: random() % 2 === 0 ? 'text' : 'binary',
    bytes: index % 500 === 499 ? 70_000 : random() % limits[random() % limits.length]!,
    seed: seed + index,
  }));
}
