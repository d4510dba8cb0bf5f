import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../lib/chromium.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hybi-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const place = (name: string, mode = 0o755): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '', { mode });
  return file;
};

describe('findChromium', () => {
  it('takes what CHROMIUM_PATH names before anything else', () => {
    place('bin/chromium');
    const named = place('mine');
    const env = { CHROMIUM_PATH: named, PATH: path.join(folder, 'bin') };
    expect(findChromium(env, [])).toBe(named);
  });

  it('does not pass over a CHROMIUM_PATH that is wrong', () => {
    const notExecutable = place('mine', 0o644);
    expect(() => findChromium({ CHROMIUM_PATH: notExecutable }, [])).toThrow(
      `CHROMIUM_PATH is ${notExecutable}`,
    );
  });

  it('looks on the PATH, then in the usual places', () => {
    const usual = place('usual/chromium');
    const env = {
      PATH: ['', 'a', 'b'].map((name) => path.join(folder, name)).join(path.delimiter),
    };
    expect(findChromium(env, [usual])).toBe(usual);
    const onPath = place('b/google-chrome');
    expect(findChromium(env, [usual])).toBe(onPath);
  });

  it('finds nothing where nothing is', () => {
    expect(findChromium({}, [])).toBeUndefined();
  });
});
