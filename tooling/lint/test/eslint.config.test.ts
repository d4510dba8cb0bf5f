import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import config from '../eslint.config.js';
import { root } from './workspace.js';

type Config = (typeof config)[number];

/** In CI the parser takes every file from the disk once, whatever text it is given. */
const readsText: Config = {
  files: ['**/*.ts'],
  languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } },
};

/** Snippets are in no program: without the rules that need types, which have a test of their own. */
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: config.map(withoutTypes),
});

function withoutTypes(part: Config): Config {
  const { rules = {}, languageOptions = {} } = part;
  return {
    ...part,
    rules: Object.fromEntries(Object.entries(rules).filter(([rule]) => !needsTypes(rule))),
    ...('parser' in languageOptions && { languageOptions: { parser: languageOptions.parser } }),
  };
}

interface TypedRule {
  meta?: { docs?: { requiresTypeChecking?: boolean } };
}

function needsTypes(ruleId: string): boolean {
  const [plugin, name] = ruleId.split('/');
  if (plugin !== '@typescript-eslint' || name === undefined) return false;
  const rule = (tseslint.plugin as ESLint.Plugin).rules?.[name] as TypedRule | undefined;
  return rule?.meta?.docs?.requiresTypeChecking === true;
}

async function rulesBroken(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  expect(result?.messages.filter(({ fatal }) => fatal)).toEqual([]);
  return result!.messages.map(({ ruleId }) => ruleId);
}

const importing = (specifier: string): string =>
  `import { thing } from '${specifier}';\nthing();\n`;
const importingType = (specifier: string): string =>
  `import type { Thing } from '${specifier}';\nexport type { Thing };\n`;

describe('hybi/imports', () => {
  it.each([
    ['packages/frame/src/decoder.ts', '@hybi/handshake'],
    ['packages/frame/src/decoder.ts', 'node:buffer'],
    ['packages/handshake/src/sha1.ts', 'node:crypto'],
    ['packages/handshake/src/sha1.node.ts', 'node:zlib'],
    ['packages/permessage-deflate/src/offer.ts', 'node:zlib'],
    ['packages/permessage-deflate/src/node/codec.ts', 'node:net'],
    ['packages/permessage-deflate/src/node/codec.ts', '@hybi/connection'],
    ['packages/connection/src/connection.ts', 'node:events'],
    ['packages/connection/src/node/websocket.ts', 'node:tls'],
    ['packages/connection/src/node/websocket.ts', '@hybi/permessage-deflate'],
    ['packages/stream/src/node.ts', '@hybi/connection/node'],
    ['packages/stream/src/web.ts', 'node:stream'],
    ['packages/client/src/dial.ts', '@hybi/server'],
    ['packages/client/src/dial.ts', '@hybi/frame'],
    ['packages/client/src/dial.ts', 'node:fs'],
    ['packages/server/src/server.ts', '@hybi/client'],
    ['packages/server/src/server.ts', 'node:tls'],
    ['packages/hybi/src/index.ts', 'node:events'],
    ['packages/hybi/src/compat/receiver.ts', 'node:net'],
    ['packages/client/src/dial.ts', 'ws'],
    ['packages/client/src/dial.ts', 'events'],
    ['packages/client/src/dial.ts', '../../connection/src/index.js'],
    ['packages/client/src/dial.ts', '../test/helper.js'],
    ['packages/connection/src/node/websocket.ts', '../connection.js'],
    ['packages/connection/src/connection.ts', './node/websocket.js'],
  ])('%s may not import %s', async (file, specifier) => {
    expect(await rulesBroken(file, importing(specifier))).toEqual(['hybi/imports']);
  });

  it.each([
    ['packages/frame/src/decoder.ts', './masking.js'],
    ['packages/handshake/src/accept.ts', '#sha1'],
    ['packages/handshake/src/sha1.node.ts', 'node:crypto'],
    ['packages/permessage-deflate/src/node/codec.ts', 'node:zlib'],
    ['packages/permessage-deflate/src/node/codec.ts', '@hybi/permessage-deflate'],
    ['packages/connection/src/connection.ts', '@hybi/frame'],
    ['packages/connection/src/node/websocket.ts', 'node:events'],
    ['packages/connection/src/node/websocket.ts', './socket-sink.js'],
    ['packages/stream/src/node.ts', 'node:stream'],
    ['packages/client/src/dial.ts', 'node:http2'],
    ['packages/client/src/dial.ts', '@hybi/connection/node'],
    ['packages/server/src/server.ts', 'node:http'],
    ['packages/hybi/src/index.ts', '@hybi/stream/node'],
    ['packages/hybi/src/compat/receiver.ts', 'node:stream'],
    ['packages/frame/test/decoder.test.ts', 'node:fs'],
  ])('%s may import %s', async (file, specifier) => {
    expect(await rulesBroken(file, importing(specifier))).toEqual([]);
  });

  it.each([
    ['packages/stream/src/node.ts', '@hybi/connection/node'],
    ['packages/stream/src/web.ts', '@hybi/connection'],
    ['packages/connection/src/node/websocket.ts', 'node:net'],
    ['packages/connection/src/node/websocket.ts', '../connection.js'],
    ['packages/client/src/dial.ts', 'node:stream'],
    ['packages/hybi/src/index.ts', 'node:http'],
  ])('%s may import types of %s', async (file, specifier) => {
    expect(await rulesBroken(file, importingType(specifier))).toEqual([]);
  });

  it.each([
    ['packages/frame/src/decoder.ts', 'node:net'],
    ['packages/connection/src/connection.ts', 'node:net'],
    ['packages/client/src/dial.ts', '@hybi/server'],
  ])('%s may not even import types of %s', async (file, specifier) => {
    expect(await rulesBroken(file, importingType(specifier))).toEqual(['hybi/imports']);
  });

  it.each([
    "export { thing } from 'node:fs';",
    "await import('node:fs');",
    'export const load = (name: string): Promise<unknown> => import(name);',
    "export type Thing = import('node:fs').Stats;",
    "declare const require: (name: string) => unknown;\nrequire('node:fs');",
    "process.getBuiltinModule('node:fs');",
    "import { type Thing } from '@hybi/server';\nexport type { Thing };",
  ])('sees %s', async (code) => {
    expect(await rulesBroken('packages/client/src/dial.ts', code)).toContain('hybi/imports');
  });

  it('lets the connection look for the accelerators, and nobody else', async () => {
    const code =
      "import { createRequire } from 'node:module';\n" +
      "const require = createRequire(import.meta.url);\nrequire('bufferutil');\n";
    expect(await rulesBroken('packages/connection/src/node/accelerators.ts', code)).toEqual([]);
    expect(await rulesBroken('packages/server/src/accelerators.ts', code)).toEqual([
      'hybi/imports',
      'hybi/imports',
    ]);
  });
});

describe('the rules of the house', () => {
  it.each([
    ['packages/frame/src/a.ts', 'export default 1;', 'no-restricted-syntax'],
    ['packages/frame/src/a.ts', 'const a = 1;\nexport { a as default };', 'no-restricted-syntax'],
    ['packages/frame/src/a.ts', "export * from './b.js';", 'no-restricted-syntax'],
    ['packages/hybi/src/index.ts', "export * from './b.js';", 'no-restricted-syntax'],
    ['packages/frame/src/a.ts', 'export enum A { B }', 'no-restricted-syntax'],
    ['packages/frame/src/a.ts', 'console.log(1);', 'no-console'],
    ['packages/frame/src/a.ts', 'let a: any;', '@typescript-eslint/no-explicit-any'],
    ['packages/frame/src/a.ts', 'export let a = 1;\nif (a == 2) a = 3;', 'eqeqeq'],
    ['packages/frame/src/a.ts', 'let a = 1;\nexport { a };', 'prefer-const'],
    ['packages/frame/src/a.ts', 'const a = 1;', '@typescript-eslint/no-unused-vars'],
    [
      'packages/frame/src/a.ts',
      "import { A } from './b.js';\nexport type B = A;",
      '@typescript-eslint/consistent-type-imports',
    ],
    // Samples for the rule that keeps such tests out: they are linted, and never run.
    ['packages/frame/test/a.test.ts', "it.skip('a', () => {});", 'no-restricted-syntax'],
    ['packages/frame/test/a.test.ts', "describe.only('a', () => {});", 'no-restricted-syntax'],
    ['tooling/scripts/a.mjs', 'const a = 1;', 'no-unused-vars'],
  ])('%s may not hold `%s`', async (file, code, rule) => {
    expect(await rulesBroken(file, `${code}\n`)).toContain(rule);
  });

  it.each([
    ['packages/hybi/src/index.ts', 'const a = 1;\nexport default a;'],
    ['packages/frame/test/a.test.ts', 'export const a: any = 1;\nconsole.log(a);'],
    ['tooling/scripts/a.mjs', 'console.log(process.pid);'],
  ])('%s may hold `%s`', async (file, code) => {
    expect(await rulesBroken(file, `${code}\n`)).toEqual([]);
  });

  it('finds a promise that nobody waits for', { timeout: 60_000 }, async () => {
    const typed = new ESLint({
      cwd: root,
      overrideConfigFile: true,
      overrideConfig: [...config, readsText],
    });
    const filePath = path.join(root, 'packages/frame/src/index.ts');
    const [result] = await typed.lintText(
      'async function send(): Promise<void> {}\nexport function start(): void {\n  send();\n}\n',
      { filePath },
    );
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(
      '@typescript-eslint/no-floating-promises',
    );
  });
});
