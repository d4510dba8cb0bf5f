/**
 * All of the codec's tests once more, where zlib does not run on the calling thread: what comes out
 * is the same, and the windows are built anew through the documented `dictionary`.
 */
import type * as Zlib from 'node:zlib';
import { expect, test, vi } from 'vitest';
import type * as SyncZlib from '../../src/node/sync-zlib.js';
import { modes } from '../support/modes.js';

vi.mock('node:zlib', async (importOriginal) => {
  const { recordZlib } = await import('../support/recorded-zlib.js');
  return recordZlib(await importOriginal<typeof Zlib>());
});

vi.mock('../../src/node/sync-zlib.js', async (importOriginal) => {
  const original = await importOriginal<typeof SyncZlib>();
  const refuse = (): never => {
    throw new Error('zlib cannot run here');
  };
  return {
    ...original,
    canRunSync: () => false,
    runSync: refuse,
    freeBytes: refuse,
    unreadBytes: refuse,
  };
});

test('there is no other mode here', () => {
  expect(modes.map(({ name }) => name)).toEqual(['fallback']);
});

await import('./attacks.test.js');
await import('./codec.test.js');
await import('./codec.property.test.js');
await import('./contexts.test.js');
await import('./contexts.property.test.js');
await import('./dictionary.test.js');
await import('./examples.test.js');
await import('./final-blocks.test.js');
await import('./interop.test.js');
await import('./memory.test.js');
await import('./sync-border.test.js');
await import('./windows.test.js');
await import('./zlib-settings.test.js');
