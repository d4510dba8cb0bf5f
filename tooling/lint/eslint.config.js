// @ts-check
/**
 * The lint rules of the workspace; run from its root with `npm run lint`.
 *
 * Layout is Prettier's business and types are the compiler's: what stands here
 * are mistakes that neither of them sees, and the rules of the house.
 */
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { importsRule } from './imports-rule.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const sources = ['packages/*/src/**/*.ts'];
const tests = ['packages/*/test/**/*.ts', 'tooling/*/test/**/*.ts'];

/** @type {(selector: string, message: string) => { selector: string, message: string }} */
const never = (selector, message) => ({ selector, message });

const noDefaultExport = [
  never('ExportDefaultDeclaration', 'Export by name'),
  never("ExportSpecifier[exported.name='default']", 'Export by name'),
];

const sourceSyntax = [
  never('ExportAllDeclaration', 'Name what is exported: an entry lists its names'),
  never('TSEnumDeclaration', 'Use a const object and a union of its values'),
];

/** @type {import('eslint').Linter.Config[]} */
const config = [
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '**/.cache/',
      '**/coverage/',
      // Compiled against the installed packages, which are not there yet.
      'tooling/consumers/programs/*.?ts',
      // Some of them are wrong, and all are in the manner of users.
      'tooling/types/programs/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    ...js.configs.recommended,
    rules: {
      ...js.configs.recommended.rules,
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-self-compare': 'error',
      'no-constructor-return': 'error',
      'no-template-curly-in-string': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unreachable-loop': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    // What a demo's server hands to the browser.
    files: ['tooling/*/public/**/*.js'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: globals.node, sourceType: 'commonjs' },
  },
  {
    files: ['**/*.ts', '**/*.mts', '**/*.cts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tooling/tsconfig.json', tsconfigRootDir: root },
    },
    rules: {
      ...tseslint.configs.eslintRecommended.rules,
      ...Object.assign({}, ...tseslint.configs.recommended.map(({ rules }) => rules)),
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'off',
      // The compiler knows the globals of each package; the rule does not.
      'no-undef': 'off',
      'no-unused-vars': 'off',
    },
  },
  {
    files: sources,
    plugins: { hybi: { rules: { imports: importsRule } } },
    rules: {
      'hybi/imports': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...sourceSyntax, ...noDefaultExport],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // `require('hybi')` is the WebSocket class itself, the default export.
    files: ['packages/hybi/src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', ...sourceSyntax] },
  },
  {
    files: tests,
    rules: {
      'no-restricted-syntax': [
        'error',
        never(
          'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|skipIf|runIf|todo)$/]',
          'A test that does not run proves nothing: run it, or say why it can not',
        ),
      ],
    },
  },
];

export default config;
