/** Loads an implementation once more, for what it looks at only while it is loaded. */
import { createRequire } from 'node:module';
import { vi } from 'vitest';
import type { Implementation, WsModule } from './implementations.js';

const requireHere = createRequire(import.meta.url);

/** A second copy of the implementation's module. */
export async function loadAgain(lib: Implementation): Promise<WsModule> {
  if (lib.name === 'hybi') {
    vi.resetModules();
    return (await import('hybi')).default as unknown as WsModule;
  }
  const { cache } = requireHere;
  const former = { ...cache };
  const entry = requireHere.resolve('ws');
  const root = entry.slice(0, entry.lastIndexOf('/'));
  for (const path of Object.keys(cache)) if (path.startsWith(root)) delete cache[path];
  try {
    return requireHere('ws') as WsModule;
  } finally {
    Object.assign(cache, former);
  }
}
