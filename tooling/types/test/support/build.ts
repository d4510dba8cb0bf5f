/** The programs are compiled against the packages as they were built last. */
import path from 'node:path';
import { staleDirectories } from '../../../scripts/lib/workspace-state.mjs';

/** @throws {Error} when a package has changed since it was built */
export function expectBuild(): void {
  const stale = staleDirectories().map((directory) => path.basename(directory));
  if (stale.length > 0) {
    throw new Error(
      `Not built since they were changed: ${stale.join(', ')}; npm run build does it`,
    );
  }
}
