import { describe, expect, it } from 'vitest';
import { exportedFiles } from '../lib/workspace-state.mjs';
import { packageDirectories, readManifest } from '../lib/workspace.mjs';

describe('exportedFiles', () => {
  it('names every file below every condition', () => {
    const exports = {
      '.': { node: { import: './dist/a.mjs', require: './dist/a.cjs' }, default: './dist/a.js' },
      './package.json': './package.json',
    };
    expect(exportedFiles(exports)).toEqual([
      './dist/a.mjs',
      './dist/a.cjs',
      './dist/a.js',
      './package.json',
    ]);
    expect(exportedFiles(undefined)).toEqual([]);
  });

  it.each(packageDirectories().map(readManifest))('finds the build of $name', ({ exports }) => {
    const files = exportedFiles(exports);
    expect(files.filter((file) => file.startsWith('./dist/')).length).toBeGreaterThanOrEqual(3);
  });
});
