/**
 * Runs the programs in the documents, as they stand there.
 *
 * A comment before a code block says that it is one, and what it is called:
 *
 * - `run: echo.mjs`: a program; the ending says what kind;
 * - `run: echo.cjs, over echo.mjs`: stands for the imports of another program;
 * - `prints: echo.mjs`: what that program prints.
 *
 * They run in a folder of their own, in which the packages are installed as
 * users have them, built, and `ws` is `hybi` under another name.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { parseMarkdown } from './markdown.js';
import { packagesBelow, read, readManifest, root } from './workspace.js';

export interface Example {
  /** The file name of the program, which is unique in its document. */
  name: string;
  code: string;
  /** What the document says that it prints; undefined where it says nothing. */
  prints: string | undefined;
}

const command = /^(run|prints): ([\w-]+\.\w+)(?:, over ([\w-]+\.\w+))?$/;
const importLines = /^import .*;\n/gm;

/**
 * The programs of a document.
 *
 * @throws {Error} when a comment is not understood or names what is not there
 */
export function examplesOf(text: string): Example[] {
  const examples: Example[] = [];
  const find = (name: string): Example => {
    const example = examples.find((other) => other.name === name);
    if (example === undefined) throw new Error(`There is no program ${name} above`);
    return example;
  };
  for (const { comment, code } of parseMarkdown(text).blocks) {
    if (comment === undefined || !/^(run|prints)\b/.test(comment)) continue;
    const [, verb, name, over] = command.exec(comment) ?? [];
    if (name === undefined) throw new Error(`Not understood: <!-- ${comment} -->`);
    if (verb === 'prints') find(name).prints = code;
    else if (over === undefined) examples.push({ name, code, prints: undefined });
    else {
      const { code: whole, prints } = find(over);
      examples.push({ name, code: code + whole.replaceAll(importLines, ''), prints });
    }
  }
  return examples;
}

/** A folder in which the packages are installed. */
export class Sandbox {
  readonly directory = mkdtempSync(path.join(tmpdir(), 'hybi-docs-'));

  /** @throws {Error} when the packages are not built */
  constructor() {
    for (const directory of packagesBelow('packages')) {
      if (!existsSync(path.join(root, directory, 'dist'))) {
        throw new Error(`${directory} is not built: npm run build`);
      }
      this.link(readManifest(directory).name, directory);
    }
    this.link('ws', 'packages/hybi');
    this.link('@types', 'node_modules/@types');
  }

  private link(name: string, target: string): void {
    const link = path.join(this.directory, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, target), link, 'junction');
  }

  /**
   * Runs a program to its end.
   *
   * @returns what it printed
   * @throws {Error} when it fails, runs on, or writes to standard error
   */
  async run({ name, code }: Example): Promise<string> {
    const file = path.join(this.directory, name);
    writeFileSync(file, code);
    if (!name.endsWith('.mts')) return this.node([file]);
    await this.check(file);
    const compiled = file.replace(/mts$/, 'mjs');
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    writeFileSync(compiled, ts.transpile(code, options));
    return this.node([compiled]);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async check(file: string): Promise<void> {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
    await this.node([tsc, ...options, '--types', 'node', file]);
  }

  private async node(args: string[]): Promise<string> {
    // A user's process: nothing of what the test runner sets.
    const env = { ...process.env, NODE_OPTIONS: '' };
    const options = { cwd: this.directory, env, timeout: 20_000 };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options).catch(
      (error: Error & { stdout?: string }) => {
        throw new Error(`${error.message}\n${error.stdout ?? ''}`, { cause: error });
      },
    );
    if (stderr !== '') throw new Error(`${args.join(' ')} wrote to standard error:\n${stderr}`);
    return stdout;
  }
}

/** The programs of a file that is a document. */
export function examplesIn(file: string): Example[] {
  return examplesOf(read(file));
}
