import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { chooseDependents, dependents } from '../lib/dependents.mjs';
import { compare } from '../lib/outcome.mjs';
import { hybiManifest } from '../lib/project.mjs';

const at = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

describe('the dependents', () => {
  it.each(dependents.map(({ name }) => name))('have all files: %s', (name) => {
    const files = [
      `programs/${name}.cjs`,
      `programs/${name}.mjs`,
      `scenarios/${name}.mjs`,
      `expected/${name}.txt`,
    ];
    expect(files.filter((file) => !existsSync(at(file)))).toEqual([]);
  });

  it('are chosen by name, all without one', () => {
    expect(chooseDependents(['mqtt']).map(({ name }) => name)).toEqual(['mqtt']);
    expect(chooseDependents([])).toEqual(dependents);
    expect(() => chooseDependents(['mqtt', 'nothing'])).toThrow('Not known: nothing');
  });
});

describe('hybiManifest', () => {
  it('puts hybi in the place of every ws', () => {
    const packed = [
      { name: 'hybi', entries: [], tarball: '/t/hybi.tgz' },
      { name: '@hybi/frame', entries: [], tarball: '/t/frame.tgz' },
    ];
    expect(hybiManifest([{ name: 'a', packages: { a: '1.0.0' } }], packed)).toEqual({
      private: true,
      dependencies: { a: '1.0.0', ws: 'file:/t/hybi.tgz' },
      overrides: { ws: 'file:/t/hybi.tgz', '@hybi/frame': 'file:/t/frame.tgz' },
    });
  });
});

describe('compare', () => {
  const outcome = (output: string, fault = '') => ({ output, fault, seconds: 0 });

  it('finds nothing in what is equal', () => {
    expect(compare(outcome('a\nb\n'), 'a\nb\n')).toBe('');
  });

  it.each([
    ['a\nc\n', 'line 2: expected "b", got "c"'],
    ['a\n', 'line 2: expected "b", got ""'],
    ['', 'line 1: expected "a", got ""'],
    ['a\nb\nc\n', 'line 3: expected "", got "c"'],
    ['a\nb', 'line 3: expected "", got the end'],
    ['a\nb\n\n', 'line 4: expected the end, got ""'],
  ])('names the first line that differs: %j', (output, fault) => {
    expect(compare(outcome(output), 'a\nb\n')).toBe(fault);
  });

  it('reports a program that failed, whatever it printed', () => {
    expect(compare(outcome('a\n', 'exit code 1'), 'a\n')).toBe('exit code 1');
  });
});
