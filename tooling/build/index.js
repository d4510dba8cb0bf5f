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
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const directory = process.cwd();
const workspace = fileURLToPath(new URL('../..', import.meta.url));
const requireHere = createRequire(path.join(directory, 'package.json'));

/** @param {import('./index.d.ts').PackageBuild} build */
export function definePackage({ entries, commonjsDefault, tsconfig = 'tsconfig.json' }) {
  const manifest = requireHere('./package.json');
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

  const declared = Object.fromEntries(
    Object.entries(entries).filter(([name]) => name !== commonjsDefault),
  );

  return [
    {
      ...common,
      format: ['cjs'],
      platform: 'node',
      outExtension: () => ({ js: '.cjs', dts: '.d.cts' }),
      dts: Object.keys(declared).length > 0 && {
        entry: declared,
        // tsup sets a base URL of its own, and `paths` would count from there.
        compilerOptions: { baseUrl: workspace },
      },
      esbuildOptions(options) {
        options.conditions = ['node'];
        // Guarded at run time: the CommonJS build uses `__filename` instead.
        options.logOverride = { 'empty-import-meta': 'silent' };
      },
      ...(commonjsDefault
        ? { footer: ({ format }) => (format === 'cjs' ? { js: 'module.exports = module.exports.default;' } : {}) }
        : {}),
      async onSuccess() {
        for (const name of Object.keys(entries)) writeNodeModule(name, name === commonjsDefault);
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
 * @param {string} name
 * @param {boolean} isDefault whether the CommonJS form is the default export
 */
function writeNodeModule(name, isDefault) {
  const file = (extension) => path.join(directory, 'dist', name + extension);
  const names = exportNames(requireHere(file('.cjs')), isDefault);
  const lines = [
    `import implementation from './${name}.cjs';`,
    `export const { ${names.join(', ')} } = implementation;`,
  ];
  if (isDefault) lines.push('export default implementation;');
  writeFileSync(file('.mjs'), `${lines.join('\n')}\n`);

  if (isDefault) return;
  const declarations = `export * from './${name}.cjs';\n`;
  writeFileSync(file('.d.mts'), declarations);
  writeFileSync(file('.d.ts'), declarations);
}

function exportNames(exports, isDefault) {
  const list = isDefault ? exports.esmExportNames : Object.keys(exports);
  if (!list || list.length === 0) throw new Error('An entry without exports can not be built');
  return [...list].sort();
}
