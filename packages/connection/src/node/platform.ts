/** The platform that Node, Bun and Deno offer. */
import { randomFillSync } from 'node:crypto';
import { createPlatform } from '@hybi/connection';
import type { Platform } from '@hybi/connection';
import { findMasking, findUtf8Check } from './accelerators.js';

let platform: Platform | undefined;

/** The one platform of the process: memory is `Buffer`s, the end of the tick is `nextTick`. */
export function nodePlatform(): Platform {
  platform ??= createPlatform({
    allocate: (size) => Buffer.allocUnsafe(size),
    isUtf8: findUtf8Check(),
    utf8Length: (text) => Buffer.byteLength(text),
    utf8Write: (text, target, offset) => (target as Buffer).write(text, offset),
    randomFill: (target) => {
      randomFillSync(target);
    },
    schedule: (task) => {
      process.nextTick(task);
    },
    masking: findMasking(),
  });
  return platform;
}
