// @ts-check
/** The ESLint rule that holds every import of `packages/*\/src` against the table. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importFault, ownerOf } from './import-fault.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @type {import('eslint').Rule.RuleModule} */
export const importsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports follow tooling/lint/import-table.js' },
    schema: [],
  },
  create(context) {
    const owner = ownerOf(path.relative(root, context.filename).split(path.sep).join('/'));
    if (!owner) return {};

    /** @type {(node: any, source: any, typeOnly: boolean) => void} */
    const check = (node, source, typeOnly) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') {
        context.report({ node, message: 'Name the imported module with a string literal' });
        return;
      }
      const message = importFault(owner.name, {
        file: owner.file,
        specifier: source.value,
        typeOnly,
      });
      if (message !== undefined) context.report({ node, message });
    };

    /** @type {Record<string, (node: any) => void>} */
    const visitors = {
      // `import { type T } from 'x'` still loads x under verbatimModuleSyntax:
      // only `import type` is gone.
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportNamedDeclaration: (node) => {
        if (node.source) check(node, node.source, node.exportKind === 'type');
      },
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument?.literal, true),
      TSExternalModuleReference: (node) => check(node, node.expression, false),
      "CallExpression[callee.name='require']": (node) => check(node, node.arguments[0], false),
      "CallExpression[callee.property.name='getBuiltinModule']": (node) =>
        check(node, node.arguments[0], false),
    };
    return visitors;
  },
};
