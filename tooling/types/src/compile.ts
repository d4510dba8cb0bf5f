/** Compiles programs, many at a time and many times in one process. */
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type typescript from 'typescript-5.9';
import type { Compiler } from './compilers.js';
import { compilerOptions } from './settings.js';
import type { Settings } from './settings.js';
import type { Program } from './programs.js';

/** What a compiler says about a line. */
export interface Problem {
  /** From 1; 0 where it is about no line. */
  line: number;
  message: string;
}

export interface Compilation {
  program: typescript.Program;
  /** The problems of a program, its declarations included. */
  problemsOf(program: Program): Problem[];
  /** The problems of our own declarations, by file, and of the compiler options. */
  declarationProblems(): string[];
}

const here = fileURLToPath(new URL('..', import.meta.url));
const packages = realpathSync(fileURLToPath(new URL('../../../packages', import.meta.url)));

/** A compiler that reads each library once. */
export class Workshop {
  private readonly libraries = new Map<string, typescript.SourceFile | undefined>();

  constructor(readonly ts: Compiler) {}

  /** Compiles programs, which can import each other but need not. */
  compile(settings: Settings, programs: readonly Program[]): Compilation {
    const { ts } = this;
    const options = compilerOptions(ts, settings);
    const texts = new Map(programs.map(({ file, text }) => [file, text]));
    const program = ts.createProgram([...texts.keys()], options, this.host(options, texts));
    return {
      program,
      problemsOf: ({ file }) => {
        const source = program.getSourceFile(file);
        const problems = [
          ...program.getSyntacticDiagnostics(source),
          ...program.getSemanticDiagnostics(source),
        ];
        // Declarations of what is wrong would tell nothing.
        const all = problems.length > 0 ? problems : program.getDeclarationDiagnostics(source);
        return all.map((diagnostic) => this.describe(diagnostic));
      },
      declarationProblems: () => {
        const ours = program.getSourceFiles().filter(({ fileName }) => isOurs(fileName));
        return [
          ...program.getOptionsDiagnostics(),
          ...ours.flatMap((source) => program.getSemanticDiagnostics(source)),
        ].map((diagnostic) => {
          const { line, message } = this.describe(diagnostic);
          return `${diagnostic.file?.fileName ?? 'options'}:${line}: ${message}`;
        });
      },
    };
  }

  private describe({ file, start = 0, messageText }: typescript.Diagnostic): Problem {
    return {
      line: file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1,
      message: this.ts.flattenDiagnosticMessageText(messageText, '\n'),
    };
  }

  private host(
    options: typescript.CompilerOptions,
    texts: ReadonlyMap<string, string>,
  ): typescript.CompilerHost {
    const { ts, libraries } = this;
    const host = ts.createCompilerHost(options, true);
    const { fileExists, readFile, getSourceFile } = host;
    return Object.assign(host, {
      getCurrentDirectory: () => here,
      fileExists: (file: string) => texts.has(file) || fileExists(file),
      readFile: (file: string) => texts.get(file) ?? readFile(file),
      getSourceFile: (file: string, language: typescript.CreateSourceFileOptions) => {
        const text = texts.get(file);
        if (text !== undefined) return ts.createSourceFile(file, text, language);
        // A file is another one where it is another kind of module.
        const key = `${file}:${String(language.impliedNodeFormat)}`;
        if (!libraries.has(key)) libraries.set(key, getSourceFile(file, language));
        return libraries.get(key);
      },
    });
  }
}

/** Whether a file is a declaration of a package of this workspace. */
export function isOurs(file: string): boolean {
  return file.startsWith(packages);
}
