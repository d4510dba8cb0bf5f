/** The import table as the rows and edges that `docs/architecture.md` shows. */
import { importTable } from '../../lint/import-table.js';

const entries = Object.entries(importTable);
const none = 'none';

/** What each package may import, cell by cell. */
export function importRows(): string[][] {
  return entries.map(([name, { packages, packageTypes, node, peers }]) => [
    `\`${name}\``,
    list([...packages.map(short), ...packageTypes.map((target) => `types of ${short(target)}`)]),
    Object.entries(node).map(modulesOf).join('; ') || none,
    list(peers),
  ]);
}

/** Of what it may import types alone, cell by cell. */
export function typeRows(): string[][] {
  return entries.flatMap(([name, { nodeTypes }]) =>
    Object.entries(nodeTypes).map(([files, names]) => [`\`${name}\``, `\`${files}\``, list(names)]),
  );
}

/** Who imports whom: `client --> connection`, and with a dotted arrow where it is types alone. */
export function importEdges(): string[] {
  return entries.flatMap(([name, { packages, packageTypes }]) => [
    ...packages.map((target) => `${short(name)} --> ${short(target)}`),
    ...packageTypes.map((target) => `${short(name)} -.-> ${short(target)}`),
  ]);
}

function modulesOf([files, names]: [string, string[]]): string {
  return `${list(names)} in \`${files}\``;
}

function list(names: string[]): string {
  return names.join(', ') || none;
}

function short(name: string): string {
  return name.replace('@hybi/', '');
}
