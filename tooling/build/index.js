/**
 * The tsup preset that every published package uses.
 *
 * Per entry it makes:
 * - `x.cjs`, `x.d.cts`: the implementation on Node, and the only declarations;
 * - `x.mjs`, `x.d.mts`: the ES module for Node, static names over `x.cjs`, so
 *   that `import` and `require` in one process give the same objects;
 * - `x.js`, `x.d.ts`: the pure ES module for everything that is not Node.
 *
 * The two builds differ in the platform only: `imports` of a package.json
 * (such as `#sha1`) resolve under the `node` condition in the first.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const directory = process.cwd();
const workspace = fileURLToPath(new URL('../..', import.meta.url));

/** @param {import('./index.d.ts').PackageBuild} build */
export function definePackage({ entries, commonjsDefault, tsconfig = 'tsconfig.json' }) {
  if (commonjsDefault && Object.keys(entries).length > 1) {
    throw new RangeError('A package with a CommonJS default can have no other entry');
  }
  const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  rmSync(path.join(directory, 'dist'), { recursive: true, force: true });

  /** @type {import('tsup').Options} */
  const common = {
    entry: entries,
    tsconfig,
    target: 'es2022',
    // Nothing is shared between entries but through the package's own name,
    // which stays an import: one copy of each module.
    external: [manifest.name],
    splitting: false,
    sourcemap: true,
    clean: false,
    silent: true,
    removeNodeProtocol: false,
    treeshake: false,
  };

  const declared = commonjsDefault ? { implementation: entries[commonjsDefault] } : entries;

  return [
    {
      ...common,
      format: ['cjs'],
      platform: 'node',
      outExtension: () => ({ js: '.cjs', dts: '.d.cts' }),
      dts: {
        entry: declared,
        // tsup sets a base URL of its own, and `paths` would count from there.
        compilerOptions: { baseUrl: workspace },
      },
      esbuildOptions(options) {
        options.conditions = ['node'];
        // Guarded at run time: the CommonJS build uses `__filename` instead.
        options.logOverride = { 'empty-import-meta': 'silent' };
      },
      footer: commonjsDefault ? { js: 'module.exports = module.exports.default;' } : {},
      async onSuccess() {
        for (const [name, source] of Object.entries(entries)) {
          await writeNodeModule(name, source);
          if (name !== commonjsDefault) writeDeclarations(name);
        }
      },
    },
    {
      ...common,
      format: ['esm'],
      platform: 'neutral',
      outExtension: () => ({ js: '.js' }),
      external: [manifest.name, /^node:/],
      dts: false,
    },
  ];
}

/**
 * Writes the ES module that Node loads for an entry.
 *
 * @param {string} entry
 * @param {string} source
 */
async function writeNodeModule(entry, source) {
  const names = await exportNames(source);
  const named = names.filter((name) => name !== 'default');
  const lines = [
    `import implementation from './${entry}.cjs';`,
    `export const { ${named.join(', ')} } = implementation;`,
  ];
  if (names.includes('default')) lines.push('export default implementation;');
  writeFileSync(output(`${entry}.mjs`), `${lines.join('\n')}\n`);
}

/** @type {(entry: string) => void} */
function writeDeclarations(entry) {
  for (const extension of ['.d.mts', '.d.ts']) {
    writeFileSync(output(entry + extension), `export * from './${entry}.cjs';\n`);
  }
}

/** @type {(file: string) => string} */
function output(file) {
  return path.join(directory, 'dist', file);
}

/**
 * The values that an entry exports; its types are gone.
 *
 * @param {string} source
 */
async function exportNames(source) {
  const { metafile } = await bundle({
    absWorkingDir: directory,
    entryPoints: [source],
    outfile: 'names.js',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const { exports: names } = metafile.outputs['names.js'];
  if (names.length === 0) throw new Error(`${source} exports nothing`);
  return names.sort();
}
