/** The compilers that users have, from the oldest that the declarations are made for. */
import { createRequire } from 'node:module';
import type typescript from 'typescript-5.9';

/** The interface of a compiler; that of the others is the same where it is used here. */
export type Compiler = typeof typescript;

export const compilerNames = ['typescript-5.4', 'typescript-5.9', 'typescript-6.0'] as const;
export type CompilerName = (typeof compilerNames)[number];

const require = createRequire(import.meta.url);

/** Loads a compiler, which takes a second and a hundred megabytes. */
export function loadCompiler(name: CompilerName): Compiler {
  return require(name) as Compiler;
}
