// The index of the examples lists what is there.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../docs/src/markdown.js';

const folder = new URL('../../../docs/examples/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

const programs = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.[mc]js$/.test(file) && !file.startsWith('node_modules/'));
const index = parseMarkdown(read('README.md'));
const rows = index.tables.flatMap(({ rows }) => rows);

it('lists every program once', () => {
  const listed = index.links.filter((link) => /\.[mc]js$/.test(link));
  expect(listed.sort()).toEqual([...programs].sort());
});

it.each(rows)('%s is run as the index says', (program, _, command) => {
  const file = /\]\(([^)]+)\)/.exec(program!)?.[1];
  expect(command).toContain(`node docs/examples/${file}`);
});

describe.each(programs)('%s', (program) => {
  const [head] = read(program).split('\n\n') as [string];

  it('begins with what it shows and how to run it', () => {
    expect(head.split('\n').every((line) => line.startsWith('//'))).toBe(true);
    expect(head).toContain(`node docs/examples/${program}`);
  });

  it('loads hybi as its form does', () => {
    const loads = program.endsWith('.mjs') ? /from 'hybi'/ : /= require\('hybi'\)/;
    expect(read(program)).toMatch(loads);
  });
});

it.each(programs.filter((program) => program.endsWith('.cjs')))('%s has an .mjs beside', (file) => {
  expect(programs).toContain(file.replace(/cjs$/, 'mjs'));
});
