/** Holds what a compiler says about a program against what is expected. */
import type { Compilation } from './compile.js';
import type { Program } from './programs.js';

/**
 * The differences, in words: right lines that do not compile, and wrong ones
 * that do.
 */
export function faultsOf(compilation: Compilation, program: Program): string[] {
  const problems = compilation.problemsOf(program);
  const refused = new Set(problems.map(({ line }) => line));
  const lines = program.text.split('\n');
  return [
    ...problems
      .filter(({ line }) => !program.wrongLines.includes(line))
      .map(({ line, message }) => `${program.name}:${line}: ${message}`),
    ...program.wrongLines
      .filter((line) => !refused.has(line))
      .map((line) => `${program.name}:${line}: compiles: ${lines[line - 1]?.trim()}`),
  ];
}
