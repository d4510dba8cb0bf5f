/** Reads the titles of the tests in a file, without running it. */
import ts from 'typescript';

const testFunctions = ['describe', 'it', 'test'];

/**
 * The titles of `describe`, `it` and `test`, also behind `.each`, and the names
 * of cases: the texts that arrays begin with.
 *
 * @param code TypeScript
 */
export function testTitles(code: string): Set<string> {
  const titles = new Set<string>();
  const visit = (node: ts.Node): void => {
    const title = titleIn(node);
    if (title !== undefined && ts.isStringLiteralLike(title)) titles.add(title.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.test.ts', code, ts.ScriptTarget.Latest));
  return titles;
}

function titleIn(node: ts.Node): ts.Node | undefined {
  if (ts.isArrayLiteralExpression(node)) return node.elements[0];
  return ts.isCallExpression(node) && isTest(node.expression) ? node.arguments[0] : undefined;
}

function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return testFunctions.includes(callee.text);
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) {
    return isTest(callee.expression);
  }
  return false;
}
