/**
 * What a connection needs from the platform it runs on: memory, randomness,
 * text, masking and the end of the tick. Nothing here is read from globals
 * after start, so a platform (or a test) can bring its own.
 */
import { isValidUtf8, portableMasking } from '@hybi/frame';
import type { Masking } from '@hybi/frame';
import { MaskingKeyPool } from './masking-keys.js';
import { SlabPool } from './slab-pool.js';
import { TickQueue } from './tick-queue.js';

/** The abilities of a platform. */
export interface PlatformAbilities {
  /** Returns `size` bytes, which need not be zero; they are filled before anyone sees them. */
  allocate(size: number): Uint8Array;
  /** Whether the bytes are well-formed UTF-8. */
  isUtf8(bytes: Uint8Array): boolean;
  /** The number of bytes of a text in UTF-8; a lone surrogate counts as U+FFFD. */
  utf8Length(text: string): number;
  /** Writes a text as UTF-8 at `offset`, where there is room for it; returns the number of bytes. */
  utf8Write(text: string, target: Uint8Array, offset: number): number;
  /** Fills the target with bytes of a cryptographically secure generator. */
  randomFill(target: Uint8Array): void;
  /** Runs the task once the running piece of the program is over. */
  schedule(task: () => void): void;
  readonly masking: Masking;
}

/** A platform: its abilities and the memory that all its connections share. */
export interface Platform extends PlatformAbilities {
  readonly maskingKeys: MaskingKeyPool;
  readonly slabs: SlabPool;
  readonly ticks: TickQueue;
}

/**
 * Makes a platform for connections to share.
 *
 * @param abilities - functions that do not use `this`
 */
export function createPlatform(abilities: PlatformAbilities): Platform {
  return {
    ...abilities,
    maskingKeys: new MaskingKeyPool(abilities.randomFill),
    slabs: new SlabPool(abilities.allocate),
    ticks: new TickQueue(abilities.schedule),
  };
}

let portable: Platform | undefined;

/** The platform made of web standards: browsers, workers, Deno, Bun and Node. */
export function portablePlatform(): Platform {
  portable ??= createPortablePlatform();
  return portable;
}

function createPortablePlatform(): Platform {
  const encoder = new TextEncoder();
  return createPlatform({
    allocate: (size) => new Uint8Array(size),
    isUtf8: isValidUtf8,
    utf8Length,
    utf8Write: (text, target, offset) => encoder.encodeInto(text, target.subarray(offset)).written,
    randomFill: (target) => {
      crypto.getRandomValues(target as Uint8Array<ArrayBuffer>);
    },
    schedule: (task) => {
      queueMicrotask(task);
    },
    masking: portableMasking,
  });
}

function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if ((unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length += 4;
      i++;
    } else length += 3;
  }
  return length;
}
