/**
 * The programs of users that are compiled, and what is expected of them.
 *
 * Each imports `ws`. It is compiled as it stands, against `@types/ws`, and once
 * more with `hybi` in the place of `ws`. A line that ends in the comment
 * `// wrong` is one that must not compile; every other line must.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from './settings.js';

/** The modules that a program is compiled against. */
export type Target = 'ws' | 'hybi';

/** A program as a compiler is to see it; no such file is on the disk. */
export interface Program {
  /** For people: `common/heartbeat.ts as heartbeat.hybi.mts`. */
  name: string;
  /** An absolute path. */
  file: string;
  text: string;
  /** The numbers of the lines that must not compile, from 1. */
  wrongLines: readonly number[];
}

type Extension = '.mts' | '.cts';

/** What the programs of a folder are, and when they are compiled. */
interface Folder {
  name: string;
  /** The kinds of module that a program of this folder is under the settings. */
  extensions(settings: Settings): readonly Extension[];
  /** Default: both. */
  targets?: readonly Target[];
  /** With this module no line is wrong, whatever is marked. */
  rightWith?: Target;
  /** The programs import both modules: no name is put in the place of another. */
  together?: true;
}

const inNode = ({ resolution }: Settings): boolean => ['node16', 'nodenext'].includes(resolution);
const strictly =
  (extensions: Folder['extensions']): Folder['extensions'] =>
  (settings) =>
    settings.strict ? extensions(settings) : [];

const asModule = ({ resolution }: Settings): readonly Extension[] =>
  resolution === 'node10' ? [] : ['.mts'];

/** As CommonJS modules, besides, where the package is one as well. */
const asBoth = (settings: Settings): readonly Extension[] => {
  const module = asModule(settings);
  return inNode(settings) || settings.resolution === 'node10' ? [...module, '.cts'] : module;
};

/** The same for programs that import the default, which a CommonJS module must be allowed to. */
const withDefault = (settings: Settings): readonly Extension[] =>
  settings.esModuleInterop ? asBoth(settings) : asModule(settings);

const folders: readonly Folder[] = [
  { name: 'common', extensions: withDefault },
  { name: 'module', extensions: asModule },
  {
    name: 'commonjs',
    extensions: ({ resolution }) => (resolution === 'bundler' ? [] : ['.cts']),
  },
  {
    name: 'namespace',
    extensions: (settings) =>
      settings.esModuleInterop ? [] : asBoth(settings).filter((extension) => extension === '.cts'),
  },
  { name: 'wrong', extensions: strictly(withDefault) },
  { name: 'stricter', extensions: strictly(withDefault), rightWith: 'ws' },
  { name: 'additions', extensions: strictly(withDefault), targets: ['hybi'] },
  { name: 'together', extensions: asBoth, targets: ['hybi'], together: true },
  {
    name: 'kinds',
    extensions: (settings) => (inNode(settings) ? ['.mts', '.cts'] : []),
    targets: ['hybi'],
    together: true,
  },
  {
    name: 'classes',
    // With statics, the class of `@types/ws` is too particular about its servers.
    extensions: (settings) => (settings.resolution === 'preserve' ? [] : asModule(settings)),
    targets: ['hybi'],
    together: true,
  },
  {
    name: 'implementation',
    extensions: (settings) => (inNode(settings) ? ['.mts'] : []),
    targets: ['hybi'],
    together: true,
  },
];

const directory = fileURLToPath(new URL('../programs', import.meta.url));
const both: readonly Target[] = ['ws', 'hybi'];
const moduleName = /(?<=['"])ws(?=['"])/g;
const wrongLine = /\/\/ wrong$/;

/** The programs that are compiled under the settings, all in one go. */
export function programsFor(settings: Settings, target?: Target): Program[] {
  return folders.flatMap((folder) => programsOf(folder, folder.extensions(settings), target));
}

/** Programs that add to the declarations of the module: each is compiled on its own. */
export function augmentingPrograms(): Program[] {
  return [
    ...programsOf({ name: 'augmenting-module', extensions: asModule }, ['.mts']),
    ...programsOf({ name: 'augmenting-commonjs', extensions: asBoth }, ['.cts']),
  ];
}

function programsOf(folder: Folder, extensions: readonly Extension[], only?: Target): Program[] {
  const targets = (folder.targets ?? both).filter(
    (target) => only === undefined || target === only,
  );
  return readdirSync(path.join(directory, folder.name)).flatMap((file) =>
    targets.flatMap((target) =>
      extensions.map((extension) => readProgram(folder, file, target, extension)),
    ),
  );
}

function readProgram(
  { name, rightWith, together }: Folder,
  file: string,
  target: Target,
  extension: Extension,
): Program {
  const source = readFileSync(path.join(directory, name, file), 'utf8');
  const compiled = `${path.parse(file).name}.${target}${extension}`;
  const numbers = source.split('\n').map((line, index) => (wrongLine.test(line) ? index + 1 : 0));
  return {
    name: `${name}/${file} as ${compiled}`,
    file: path.join(directory, name, compiled),
    text: together ? source : source.replaceAll(moduleName, target),
    wrongLines: rightWith === target ? [] : numbers.filter((number) => number > 0),
  };
}
