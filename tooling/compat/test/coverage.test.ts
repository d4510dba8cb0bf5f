/** Every section of the contract has its folder; prints how much each of them states and tries. */
import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Section } from '../src/scenario.js';

const source = new URL('../src/', import.meta.url);
const firstSection = 0;
const lastSection = 22;

const folders = readdirSync(source)
  .filter((name) => /^section-\d\d$/.test(name))
  .filter((name) => existsSync(new URL(`${name}/index.ts`, source)))
  .sort();

async function load(folder: string): Promise<Section> {
  const exports = (await import(new URL(`${folder}/index.ts`, source).pathname)) as object;
  const section = (Object.values(exports) as Section[]).find(({ number }) => number !== undefined);
  if (section === undefined) throw new Error(`${folder} exports no section`);
  return section;
}

/** A line of the table. */
function describe({ number, title, statements, scenarios }: Section): Record<string, unknown> {
  const covered = new Set(scenarios.flatMap(({ covers }) => covers));
  const ids = Object.keys(statements);
  return {
    section: number,
    title,
    statements: ids.length,
    covered: ids.filter((id) => covered.has(id)).length,
    scenarios: scenarios.length,
    excused: scenarios.filter(({ because }) => because !== undefined).length,
  };
}

it('every section of the contract is there, with all its statements covered', async () => {
  const sections = await Promise.all(folders.map(load));
  const lines = sections.map(describe);
  console.table(lines);
  const expected = Array.from({ length: lastSection - firstSection + 1 }, (_, i) => i);
  expect(sections.map(({ number }) => number)).toEqual(expected);
  for (const { section, statements, covered } of lines) {
    expect([section, covered]).toEqual([section, statements]);
  }
});

it('every section has a test that runs it', () => {
  const tests = readdirSync(new URL('.', import.meta.url));
  expect(folders.filter((folder) => !tests.includes(`${folder}.test.ts`))).toEqual([]);
});
