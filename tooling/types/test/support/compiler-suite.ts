/** What every compiler has to find in the programs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCompiler } from '../../src/compilers.js';
import type { CompilerName } from '../../src/compilers.js';
import { Workshop } from '../../src/compile.js';
import type { Compilation } from '../../src/compile.js';
import { faultsOf } from '../../src/faults.js';
import { augmentingPrograms, programsFor } from '../../src/programs.js';
import { allSettings, describeSettings, usualSettings } from '../../src/settings.js';
import { expectBuild } from './build.js';

// A compiler takes a second where there is nothing else to do, and many where there is.
const patience = 120_000;

export function describeCompiler(name: CompilerName): void {
  describe(name, () => {
    let workshop: Workshop;
    beforeAll(() => {
      expectBuild();
      workshop = new Workshop(loadCompiler(name));
    }, patience);

    describe.each(allSettings.map((settings) => [describeSettings(settings), settings] as const))(
      'with %s',
      (_, settings) => {
        const programs = programsFor(settings);
        let compilation: Compilation;
        beforeAll(() => {
          compilation = workshop.compile(settings, programs);
        }, patience);

        it(
          'compiles what is right and nothing else',
          () => {
            expect(programs.flatMap((program) => faultsOf(compilation, program))).toEqual([]);
          },
          patience,
        );

        it('finds nothing wrong with our declarations', () => {
          expect(compilation.declarationProblems()).toEqual([]);
        });
      },
    );

    // What a program adds to the module, it adds for all that are compiled with it.
    it.each(augmentingPrograms().map((program) => [program.name, program] as const))(
      'compiles %s',
      (_, program) => {
        const compilation = workshop.compile(usualSettings, [program]);
        expect(faultsOf(compilation, program)).toEqual([]);
        expect(compilation.declarationProblems()).toEqual([]);
      },
      patience,
    );
  });
}
