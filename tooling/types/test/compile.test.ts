import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCompiler } from '../src/compilers.js';
import { isOurs, Workshop } from '../src/compile.js';
import type { Compilation } from '../src/compile.js';
import { faultsOf } from '../src/faults.js';
import { programsFor } from '../src/programs.js';
import type { Program } from '../src/programs.js';
import { allSettings, compilerOptions, usualSettings } from '../src/settings.js';

const patience = 60_000;
const ts = loadCompiler('typescript-5.9');
const workshop = new Workshop(ts);
const directory = fileURLToPath(new URL('../programs/common/', import.meta.url));

/** A program that is in no folder. */
function programOf(text: string, wrongLines: number[] = []): Program {
  return { name: 'made-up', file: `${directory}made-up.mts`, text, wrongLines };
}

function faults(text: string, wrongLines?: number[]): string[] {
  const program = programOf(text, wrongLines);
  return faultsOf(workshop.compile(usualSettings, [program]), program);
}

describe('a program', () => {
  it(
    'may be right',
    () => {
      expect(faults(`import { WebSocket } from 'hybi';\nnew WebSocket('ws://localhost');`)).toEqual(
        [],
      );
    },
    patience,
  );

  it('may not compile where it should', () => {
    const text = `import { WebSocket } from 'hybi';\nnew WebSocket(5);`;
    expect(faults(text)).toEqual([expect.stringMatching(/^made-up:2: No overload/)]);
    expect(faults(text, [2])).toEqual([]);
  });

  it('may compile where it should not', () => {
    expect(faults('export const one = 1;', [1])).toEqual([
      'made-up:1: compiles: export const one = 1;',
    ]);
  });

  it('may have a declaration that can not be written', () => {
    const text = `class Hidden { #a = 1; }\nexport const make = () => class extends Hidden { private b = 1; };`;
    expect(faults(text)).toEqual([expect.stringContaining('made-up:2: ')]);
  });

  it('may import what is not there', () => {
    expect(faults(`import { Agent } from 'hybi';\nexport type A = Agent;`)).toHaveLength(1);
    expect(faults(`import 'no-such-module';\nimport x from 'no-such-module';\nx();`)).not.toEqual(
      [],
    );
  });
});

describe('the programs', () => {
  let compilation: Compilation;
  beforeAll(() => {
    compilation = workshop.compile(usualSettings, programsFor(usualSettings));
  }, patience);

  it('are compiled against what is published, not against sources', () => {
    const ours = compilation.program.getSourceFiles().map(({ fileName }) => fileName);
    const declarations = ours.filter(isOurs);
    expect(declarations.filter((file) => !/\.d\.[cm]?ts$/.test(file))).toEqual([]);
    expect(declarations.join('\n')).toMatch(/hybi\/types\/index\.d\.mts/);
    expect(declarations.join('\n')).toMatch(/hybi\/types\/index\.d\.cts/);
    expect(declarations.join('\n')).toMatch(/hybi\/dist\/implementation\.d\.cts/);
  });

  it('are there for both modules, right and wrong', () => {
    const programs = programsFor(usualSettings);
    const about = (part: string): Program[] => programs.filter(({ name }) => name.includes(part));
    expect(about('.ws.').length).toBeGreaterThan(40);
    expect(about('.hybi.').length).toBeGreaterThan(about('.ws.').length);
    expect(about('wrong/').every(({ wrongLines }) => wrongLines.length > 30)).toBe(true);
    expect(about('common/').every(({ wrongLines }) => wrongLines.length === 0)).toBe(true);
    const stricter = about('stricter/').map(({ file, wrongLines }) => [file, wrongLines.length]);
    for (const [file, wrong] of stricter) expect(wrong === 0).toBe(/\.ws\./.test(String(file)));
    for (const { text } of about('.hybi.').filter(({ name }) => name.startsWith('common/'))) {
      expect(text).toMatch(/from 'hybi'/);
      expect(text).not.toMatch(/from 'ws'/);
    }
  });
});

it('has settings that differ', () => {
  const options = allSettings.map((settings) => JSON.stringify(compilerOptions(ts, settings)));
  expect(new Set(options).size).toBe(allSettings.length);
});
