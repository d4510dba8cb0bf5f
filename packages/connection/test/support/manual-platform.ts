/** A platform whose tick ends when the test says so. */
import { portableMasking, isValidUtf8 } from '@hybi/frame';
import { createPlatform } from '../../src/index.js';
import type { Platform } from '../../src/index.js';

export interface ManualPlatform {
  platform: Platform;
  /** Ends the tick: runs what was scheduled. */
  endTick(): void;
  /** Sizes asked for, in order. */
  allocations: number[];
}

export function manualPlatform(): ManualPlatform {
  let tasks: (() => void)[] = [];
  const allocations: number[] = [];
  const encoder = new TextEncoder();
  let key = 0;
  const platform = createPlatform({
    allocate: (size) => {
      allocations.push(size);
      // Not zeroed, as a real platform's memory: what is not overwritten shows.
      return new Uint8Array(size).fill(0xee);
    },
    isUtf8: isValidUtf8,
    utf8Length: (text) => encoder.encode(text).length,
    utf8Write: (text, target, offset) => encoder.encodeInto(text, target.subarray(offset)).written,
    randomFill: (target) => {
      for (let i = 0; i < target.length; i++) target[i] = key = (key * 31 + 7) & 0xff;
    },
    schedule: (task) => {
      tasks.push(task);
    },
    masking: portableMasking,
  });
  return {
    platform,
    allocations,
    endTick() {
      while (tasks.length > 0) {
        const run = tasks;
        tasks = [];
        for (const task of run) task();
      }
    },
  };
}
