/** The platform that Node, Bun and Deno offer. */
import { randomFillSync } from 'node:crypto';
import { createPlatform } from '@hybi/connection';
import type { Platform } from '@hybi/connection';
import { findMasking, findUtf8Check } from './accelerators.js';

let platform: Platform | undefined;

/** The one platform of the process: memory is `Buffer`s, the end of the tick is `nextTick`. */
export function nodePlatform(): Platform {
  platform ??= createNodePlatform();
  return platform;
}

function createNodePlatform(): Platform {
  return createPlatform({
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
}

let flushesAtExit = false;

/**
 * Sees to it that what is sent in the program's last tick leaves: the kernel can take bytes even
 * then. Called for the first socket, so that a program that only loads the package gets no listener.
 */
export function flushAtExit(): void {
  if (flushesAtExit) return;
  flushesAtExit = true;
  process.on('exit', () => {
    nodePlatform().ticks.flushAll();
  });
}
