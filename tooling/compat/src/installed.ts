/**
 * Both packages as a user has them, in a project of its own, and programs that
 * run there: for what belongs to a whole process.
 *
 * What is built already is copied. A package whose sources have changed since
 * is built here, in the copy, so that nothing outside changes.
 */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { run } from '../../scripts/lib/run.mjs';
import { staleDirectories } from '../../scripts/lib/workspace-state.mjs';
import { packageDirectories, readManifest, root } from '../../scripts/lib/workspace.mjs';
import type { World } from './world.js';

const requireHere = createRequire(import.meta.url);

/** What a shell may have set, and programs are not to see. */
const switches = ['NODE_OPTIONS', 'WS_NO_BUFFER_UTIL', 'WS_NO_UTF_8_VALIDATE'];

let project: Promise<string> | undefined;
let programs = 0;

afterAll(async () => {
  if (project !== undefined) rmSync(await project, { recursive: true, force: true });
});

/** Makes the project, once; how long that takes depends on what has to be built. */
export function installProject(): Promise<string> {
  project ??= install();
  return project;
}

async function install(): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'compat-'));
  mkdirSync(path.join(directory, 'packages'));
  cpSync(path.join(root, 'tsconfig.base.json'), path.join(directory, 'tsconfig.base.json'));
  const stale = staleDirectories();
  for (const source of packageDirectories()) await copyPackage(source, directory, stale);
  const theirs = path.dirname(requireHere.resolve('ws/package.json'));
  cpSync(theirs, path.join(directory, 'node_modules/ws'), { recursive: true });
  return directory;
}

async function copyPackage(source: string, directory: string, stale: string[]): Promise<void> {
  const { name } = readManifest(source);
  const target = path.join(directory, 'packages', path.basename(source));
  cpSync(source, target, {
    recursive: true,
    filter: (file) => path.basename(file) !== 'node_modules',
  });
  link(target, path.join(directory, 'node_modules', name));
  if (!stale.includes(source)) return;
  link(path.join(root, 'tooling/build'), path.join(target, 'node_modules/@hybi/build'));
  link(path.join(root, 'node_modules/tsup'), path.join(target, 'node_modules/tsup'));
  await run(process.execPath, ['node_modules/tsup/dist/cli-default.js', '--no-dts'], {
    cwd: target,
  });
}

function link(target: string, at: string): void {
  mkdirSync(path.dirname(at), { recursive: true });
  if (!existsSync(at)) symlinkSync(target, at, 'junction');
}

export interface ProgramOptions {
  /** Default: an ES module. */
  readonly commonjs?: boolean;
  /** For Node. */
  readonly flags?: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Modules that stand beside the program, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** What became of a program. */
export interface Outcome {
  readonly code: number | null;
  /** What it printed, line by line as JSON. */
  readonly printed: unknown[];
  readonly errors: string;
}

/**
 * Runs a program in the project, with the name of the implementation's package
 * wherever PACKAGE stands in it.
 */
export async function runProgram(
  world: World,
  source: string,
  { commonjs = false, flags = [], env = {}, files = {} }: ProgramOptions = {},
): Promise<Outcome> {
  const directory = path.join(await installProject(), `program-${programs++}`);
  const all = { ...files, [commonjs ? 'program.cjs' : 'program.mjs']: source };
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text.replaceAll('PACKAGE', world.lib.name));
  }
  const program = path.join(directory, commonjs ? 'program.cjs' : 'program.mjs');
  const inherited = Object.entries(process.env).filter(([name]) => !switches.includes(name));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...flags, program],
      { cwd: directory, env: { ...Object.fromEntries(inherited), ...env } },
      (error, stdout, stderr) => {
        const printed = stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as unknown);
        resolve({ code: error === null ? 0 : Number(error.code), printed, errors: stderr });
      },
    );
  });
}

/** Notes what became of a program: how it ended, what it printed, and what it complained of. */
export async function noteProgram(
  world: World,
  what: string,
  source: string,
  options?: ProgramOptions,
): Promise<void> {
  const { code, printed, errors } = await runProgram(world, source, options);
  world.note(what, code, ...printed, errors);
}
