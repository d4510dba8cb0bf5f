/**
 * The names that a declaration file declares, and those that programs use.
 *
 * Every declaration is a name of its own: each member and option, and each
 * signature of a method that has several, so that each event counts.
 */
import type typescript from 'typescript-5.9';
import type { Compiler } from './compilers.js';

/** Declarations, with what they are called: `WebSocket.on("close", 1 more)`. */
export type Names = Map<typescript.Node, string>;

/** Types that the declarations of `@types/ws` use among themselves. */
const internalNames = ['BufferLike', 'WebSocketAlias'];

/** The names that `@types/ws` declares in one of its files. */
export function declaredNames(ts: Compiler, source: typescript.SourceFile): Names {
  const names: Names = new Map();
  const visit = (node: typescript.Node, scope: string): void => {
    const name = nameOf(ts, node);
    if (name !== undefined && internalNames.includes(name)) return;
    const path = [scope, name].filter(Boolean).join('.');
    if (name !== undefined) names.set(node, path);
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(source, '');
  return names;
}

function nameOf(ts: Compiler, node: typescript.Node): string | undefined {
  if (ts.isExportAssignment(node)) return node.isExportEquals ? 'export =' : 'export default';
  if (ts.isExportSpecifier(node)) return `export ${node.name.text}`;
  if (ts.isConstructorDeclaration(node)) return `new${describeParameters(node)}`;
  if (isFunction(ts, node)) return `${node.name?.getText() ?? ''}${describeParameters(node)}`;
  const isNamed =
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isImportEqualsDeclaration(node);
  return isNamed ? node.name?.getText() : undefined;
}

type FunctionLike =
  typescript.FunctionDeclaration | typescript.MethodDeclaration | typescript.MethodSignature;

function isFunction(ts: Compiler, node: typescript.Node): node is FunctionLike {
  return (
    ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isMethodSignature(node)
  );
}

/** Signatures are told apart by the type of their first parameter, such as an event's name. */
function describeParameters({ parameters }: typescript.SignatureDeclarationBase): string {
  const [first, ...others] = parameters;
  if (first === undefined) return '()';
  const type = first.type?.getText() ?? '';
  return `(${type}${others.length > 0 ? `, ${others.length} more` : ''})`;
}

/** Finds the declarations, of whatever file, that programs use. */
export class Usage {
  readonly declarations = new Set<typescript.Node>();

  constructor(
    private readonly ts: Compiler,
    private readonly checker: typescript.TypeChecker,
  ) {}

  /** Looks at every node of a program. */
  add(node: typescript.Node): void {
    const { ts, checker } = this;
    if (ts.isIdentifier(node) || ts.isStringLiteral(node)) {
      this.addSymbol(checker.getSymbolAtLocation(node));
    }
    if (ts.isImportDeclaration(node)) this.addImports(node);
    if (ts.isImportEqualsDeclaration(node)) this.addImportEquals(node);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const signature = checker.getResolvedSignature(node)?.declaration;
      if (signature !== undefined) this.declarations.add(signature);
    }
    if (ts.isObjectLiteralExpression(node)) {
      const type = checker.getContextualType(node);
      const names = node.properties.map(({ name }) => name?.getText());
      this.addProperties(type, names);
    }
    if (ts.isObjectBindingPattern(node)) {
      const names = node.elements.map(({ propertyName, name }) => (propertyName ?? name).getText());
      const from = ts.isVariableDeclaration(node.parent) ? node.parent.initializer : node.parent;
      if (from !== undefined) this.addProperties(checker.getTypeAtLocation(from), names);
    }
    ts.forEachChild(node, (child) => this.add(child));
  }

  private addSymbol(symbol: typescript.Symbol | undefined): void {
    if (symbol === undefined) return;
    const { ts, checker } = this;
    const declarations = symbol.declarations ?? [];
    // The name of a function does not tell which of its signatures is meant; a call does.
    const isOverloaded = declarations.length > 1 && !(symbol.flags & ts.SymbolFlags.Type);
    for (const declaration of isOverloaded ? [] : declarations) this.declarations.add(declaration);
    if (symbol.flags & ts.SymbolFlags.Alias) this.addSymbol(checker.getAliasedSymbol(symbol));
  }

  private addProperties(
    type: typescript.Type | undefined,
    names: readonly (string | undefined)[],
  ): void {
    const types = type?.isUnion() ? type.types : type === undefined ? [] : [type];
    for (const name of names) {
      for (const each of types) if (name !== undefined) this.addSymbol(each.getProperty(name));
    }
  }

  /** What a module exports may be an alias itself, which the imported symbol does not tell. */
  private addImports({ moduleSpecifier, importClause }: typescript.ImportDeclaration): void {
    const bindings = importClause?.namedBindings;
    const named =
      bindings !== undefined && this.ts.isNamedImports(bindings)
        ? bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
        : [];
    const names = importClause?.name === undefined ? named : [...named, 'default'];
    for (const name of names) this.addExport(moduleSpecifier, name);
  }

  private addImportEquals({ moduleReference }: typescript.ImportEqualsDeclaration): void {
    if (!this.ts.isExternalModuleReference(moduleReference)) return;
    this.addExport(moduleReference.expression, this.ts.InternalSymbolName.ExportEquals);
  }

  private addExport(specifier: typescript.Expression, name: string): void {
    const module = this.checker.getSymbolAtLocation(specifier);
    this.addSymbol(module?.exports?.get(this.ts.escapeLeadingUnderscores(name)));
  }
}
