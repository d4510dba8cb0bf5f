import { beforeAll, describe, expect, it } from 'vitest';
import { loadCompiler } from '../src/compilers.js';
import { Workshop } from '../src/compile.js';
import type { Compilation } from '../src/compile.js';
import { declaredNames, Usage } from '../src/names.js';
import { programsFor } from '../src/programs.js';
import type { Program } from '../src/programs.js';
import { usualSettings } from '../src/settings.js';

const ts = loadCompiler('typescript-5.9');
const workshop = new Workshop(ts);
const programs = [
  ...programsFor(usualSettings, 'ws'),
  ...programsFor({ ...usualSettings, esModuleInterop: false }, 'ws'),
];
const files = ['index.d.ts', 'index.d.mts'];

let compilation: Compilation;
beforeAll(() => {
  compilation = workshop.compile(usualSettings, programs);
}, 60_000);

/** The names of a file of `@types/ws` that none of the programs uses. */
function unusedNames(file: string, used: readonly Program[]): string[] {
  const usage = new Usage(ts, compilation.program.getTypeChecker());
  for (const program of used) {
    const source = compilation.program.getSourceFile(program.file);
    if (source !== undefined) usage.add(source);
  }
  return [...namesOf(file)]
    .filter(([declaration]) => !usage.declarations.has(declaration))
    .map(([, name]) => name);
}

function namesOf(file: string): ReturnType<typeof declaredNames> {
  const source = compilation.program
    .getSourceFiles()
    .find(({ fileName }) => fileName.endsWith(`@types/ws/${file}`));
  if (source === undefined) throw new Error(`No program imports ${file} of @types/ws`);
  return declaredNames(ts, source);
}

describe.each(files)('%s of @types/ws', (file) => {
  it('declares nothing that no program uses', () => {
    expect(unusedNames(file, programs)).toEqual([]);
  });

  it('declares more than some of the programs use', () => {
    const some = programs.filter(({ name }) => !/listeners|names/.test(name));
    const unused = unusedNames(file, some);
    expect(unused).toContain('WebSocket.once("upgrade", 1 more)');
    expect(unused).not.toContain('WebSocket.isPaused');
  });

  it('declares members, options, events and types', () => {
    const names = [...namesOf(file).values()];
    expect(names).toEqual(
      expect.arrayContaining([
        'WebSocket.terminate()',
        'WebSocket.ClientOptions.finishRequest',
        'WebSocket.PerMessageDeflateOptions.zlibDeflateOptions.level',
        'WebSocket.on("unexpected-response", 1 more)',
        'WebSocket.RawData',
      ]),
    );
    expect(names.length).toBeGreaterThan(200);
  });
});
