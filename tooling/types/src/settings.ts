/** The compiler options under which the programs are compiled. */
import { fileURLToPath } from 'node:url';
import type { CompilerOptions } from 'typescript-5.9';
import type { Compiler } from './compilers.js';

/**
 * How a program finds a module, and what kind of module it is itself. With `node10` all are CommonJS
 * modules; `preserve` is `bundler`, where `import` and `require` may stand side by side.
 */
export type Resolution = 'node10' | 'node16' | 'nodenext' | 'bundler' | 'preserve';

export interface Settings {
  resolution: Resolution;
  esModuleInterop: boolean;
  strict: boolean;
}

const resolutions: readonly Resolution[] = ['node10', 'node16', 'nodenext', 'bundler', 'preserve'];

/** Every way of finding modules with and without `esModuleInterop`; without `strict` fewer. */
export const allSettings: readonly Settings[] = [
  ...resolutions.flatMap((resolution) =>
    [true, false].map((esModuleInterop) => ({ resolution, esModuleInterop, strict: true })),
  ),
  { resolution: 'nodenext', esModuleInterop: true, strict: false },
  { resolution: 'bundler', esModuleInterop: true, strict: false },
];

/** Those under which the names are counted, and what needs to be looked at once only. */
export const usualSettings: Settings = {
  resolution: 'nodenext',
  esModuleInterop: true,
  strict: true,
};

/** For people. */
export function describeSettings({ resolution, esModuleInterop, strict }: Settings): string {
  const interop = esModuleInterop ? '' : ', without esModuleInterop';
  return `${resolution}${interop}${strict ? '' : ', not strict'}`;
}

/** What the settings are in the words of a compiler. */
export function compilerOptions(
  ts: Compiler,
  { resolution, esModuleInterop, strict }: Settings,
): CompilerOptions {
  return {
    ...moduleOptions(ts, resolution),
    esModuleInterop,
    strict,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    // None, as is the default of newer compilers: the declarations bring the types of Node along.
    types: [],
    // Users export what they make of our types, and compile libraries.
    declaration: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: strict,
    noUncheckedIndexedAccess: strict,
    noImplicitOverride: true,
    // What is on its way out is still in use.
    ...(Number.parseInt(ts.version) >= 6 && { ignoreDeprecations: '6.0' }),
  };
}

function moduleOptions(
  { ModuleKind, ModuleResolutionKind }: Compiler,
  resolution: Resolution,
): CompilerOptions {
  switch (resolution) {
    case 'node10':
      return {
        module: ModuleKind.CommonJS,
        moduleResolution: ModuleResolutionKind.Node10,
        paths: selfImports,
      };
    case 'node16':
      return { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 };
    case 'nodenext':
      return { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext };
    case 'bundler':
      return { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler };
    case 'preserve':
      return { module: ModuleKind.Preserve, moduleResolution: ModuleResolutionKind.Bundler };
  }
}

/**
 * Packages that import themselves by name. With `node10` they are found in `node_modules`, where users
 * have them and the workspace has not.
 */
const selfImports = Object.fromEntries(
  ['connection', 'permessage-deflate'].map((name) => [
    `@hybi/${name}`,
    [fileURLToPath(new URL(`../../../packages/${name}/dist/index.d.cts`, import.meta.url))],
  ]),
);
